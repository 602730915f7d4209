import { madeUpPage } from '../../privacy/made-up-page.ts'
import { decodeBytes } from '../../normalise/charset.ts'
import type { Article } from '../../extractors/article/article.ts'
import type { Comment, Thread } from '../../extractors/comments/platform.ts'
import type { Site } from '../../sites/site.ts'
import { type ArticleExtraction, extract, type RawAnswer } from './extraction.ts'

/** What is expected of a stored page of a site. */
export interface FixtureResult {
  readonly article: Article
  readonly thread: Thread | null
  /** Null where the comments are not on the page. */
  readonly comments: readonly Comment[] | null
}

export interface PageFixture {
  /** In its first line the address, the moment and the zone that the site's feeds told. */
  readonly html: string
  readonly result: FixtureResult
  /** What the made-up page no longer gives as the real one did. */
  readonly losses: readonly string[]
}

const firstLine = /^<!-- url: (\S+) fetched: (\S+) zone: (\S+) -->/

/** Address of the page of a fixture. @throws Error when its first line does not tell it. */
export function fixtureUrl(html: string): string {
  const url = firstLine.exec(html)?.[1]
  if (url === undefined) throw new Error('the first line must be <!-- url: … fetched: … zone: … -->')
  return url
}

/** What a site's declaration makes of the page of a fixture, without network. */
export async function readFixture(html: string, site: Site): Promise<FixtureResult> {
  const [, , fetched = '', zone = '-'] = firstLine.exec(html) ?? []
  const answer = {
    url: fixtureUrl(html),
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(html),
    fetchedAt: new Date(fetched),
  }
  return resultOf(await readPage(answer, site, zone === '-' ? null : zone))
}

/** A fixture of a page in which nobody is named: a made-up page, and what is read from it. */
export async function makeFixture(answer: RawAnswer, site: Site, zone: string | null): Promise<PageFixture> {
  const before = resultOf(await readPage(answer, site, zone))
  const text = decodeBytes(answer.body, answer.headers['content-type'] ?? null, { kind: 'html' }).text
  const without = await tryPage(false)
  return without.losses.length === 0 ? without : bestOf(without, await tryPage(true))

  async function tryPage(withScripts: boolean): Promise<PageFixture> {
    const made = madeUpPage(text, { names: namesIn(before), url: answer.url, withScripts })
    const head = `<!-- url: ${answer.url} fetched: ${answer.fetchedAt.toISOString()} zone: ${zone ?? '-'} -->`
    const html = `${head}\n${made}`
    const result = await readFixture(html, site)
    return { html, result, losses: lossesOf(before, result) }
  }
}

const bestOf = (one: PageFixture, other: PageFixture): PageFixture =>
  other.losses.length < one.losses.length ? other : one

async function readPage(answer: RawAnswer, site: Site, zoneHint: string | null): Promise<ArticleExtraction> {
  const extracted = await extract({ kind: 'article', answer, site, zoneHint })
  if (extracted === null || !('article' in extracted)) throw new TypeError('an article page gives an article')
  return extracted
}

function resultOf({ article, thread }: ArticleExtraction): FixtureResult {
  return { article, thread: thread?.thread ?? null, comments: thread?.batch?.comments ?? null }
}

function namesIn({ article, comments }: FixtureResult): string[] {
  const ofComments = (comments ?? []).flatMap(({ authorName, authorDisplay, quotes }) => [
    authorName,
    authorDisplay,
    ...quotes.map(({ author }) => author),
  ])
  return [...article.authors, ...ofComments].filter((name) => name !== null)
}

/** Names differ, as they must; all else is to be the same. */
function lossesOf(before: FixtureResult, after: FixtureResult): string[] {
  const facts = ({ article, thread, comments }: FixtureResult): Record<string, unknown> => ({
    address: article.canonicalUrl,
    authors: article.authors.length,
    'time of publication': article.publishedAt?.getTime(),
    'paragraphs of the text': article.bodyText.split('\n\n').length,
    'comment platform': thread?.platform,
    'id of the thread': thread?.nativeId,
    'reported comments': thread?.reportedCount,
    comments: comments
      ?.map(({ nativeId, parentNativeId, publishedAt, authorName }) =>
        [nativeId, parentNativeId, publishedAt?.getTime(), authorName === null].join(),
      )
      .join('\n'),
  })
  const [was, is] = [facts(before), facts(after)]
  return Object.keys(was).filter((fact) => was[fact] !== is[fact])
}
