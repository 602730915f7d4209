import { load } from 'cheerio'
import { afterEach } from 'vitest'
import {
  type LedgerArticle,
  type LedgerSite,
  type Newsroom,
  type NewsroomOptions,
  openNewsroom,
} from '../../../src/demo/newsroom.ts'

const open: Newsroom[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((newsroom) => newsroom.close()))
})

/** A newsroom that is closed after the test. */
export async function openForTest(options: NewsroomOptions = {}): Promise<Newsroom> {
  const newsroom = await openNewsroom({ commentsPerThread: 12, articlesPerSite: 7, ...options })
  open.push(newsroom)
  return newsroom
}

export function siteOf(newsroom: Newsroom, id: string): LedgerSite {
  const site = newsroom.ledger().sites.find((candidate) => candidate.id === id)
  if (!site) throw new Error(`no site ${id}`)
  return site
}

/** The second article has the longest thread. */
export function longThread(site: LedgerSite): LedgerArticle {
  const article = site.articles[1]
  if (!article) throw new Error(`${site.id} has no second article`)
  return article
}

export function shownIds(article: LedgerArticle): string[] {
  return article.comments.filter(({ removedAt }) => removedAt === null).map(({ id }) => id)
}

/** Ids of comments in a page, from elements such as `<li id="comment-12">`, in the page's order. */
export function idsIn(html: string, prefix: string): string[] {
  const $ = load(html)
  return $(`[id^="${prefix}"]`)
    .toArray()
    .map(({ attribs }) => attribs['id'] ?? '')
    .filter((id) => /^\d+$/.test(id.slice(prefix.length)))
    .map((id) => id.slice(prefix.length))
}

export async function getText(url: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, { headers })
  return response.text()
}

export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url)
  return response.json()
}

export const inOrder = (ids: readonly string[]): string[] =>
  [...ids].toSorted((one, other) => Number(one) - Number(other))
