import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getJson, getText, inOrder, longThread, openForTest, siteOf } from './reading.ts'

const comment = z.object({
  id: z.number(),
  mode: z.number(),
  text: z.string(),
  author: z.string().nullable(),
})

const folded = z.object({ total_replies: z.number(), hidden_replies: z.number() })

const list = folded.extend({
  replies: z.array(comment.extend({ ...folded.partial().shape, replies: z.array(comment).default([]) })),
})

async function openSite() {
  const newsroom = await openForTest({ sites: ['isso'], commentsPerThread: 14 })
  const site = siteOf(newsroom, 'isso')
  const article = longThread(site)
  const ask = async (query: string): Promise<z.infer<typeof list>> =>
    list.parse(await getJson(`${site.url}isso/?uri=${encodeURIComponent(article.nativeId)}&${query}`))
  return { newsroom, site, article, ask }
}

describe('the site with an Isso service', () => {
  it('folds roots and replies, and gives each comment once when all is unfolded', async () => {
    const { article, ask } = await openSite()
    const ids: number[] = []
    for (let offset = 0, hidden = 1; hidden > 0; offset += 4) {
      const answer = await ask(`limit=4&nested_limit=1&offset=${offset}`)
      expect(answer.total_replies).toBe(article.comments.length)
      hidden = answer.hidden_replies
      for (const root of answer.replies) {
        const rest =
          root.hidden_replies === 0 ? [] : (await ask(`parent=${root.id}&limit=100&offset=1`)).replies
        expect(root.total_replies).toBe(root.replies.length + rest.length)
        ids.push(root.id, ...[...root.replies, ...rest].map(({ id }) => id))
      }
    }
    expect(inOrder(ids.map(String))).toEqual(inOrder(article.comments.map(({ id }) => id)))
  })

  it('keeps the place of a deleted comment that has replies, without words and name', async () => {
    const { article, ask } = await openSite()
    const { replies } = await ask('sort=oldest')
    const deleted = replies.filter(({ mode }) => mode === 4)
    expect(deleted.map(({ id }) => String(id))).toEqual(
      article.comments.filter(({ removedAt }) => removedAt !== null).map(({ id }) => id),
    )
    expect(deleted.map(({ text, author, total_replies }) => [text, author, total_replies !== 0])).toEqual([
      ['', null, true],
    ])
  })

  it('counts visible comments and refuses bad questions', async () => {
    const { site, article } = await openSite()
    const visible = article.comments.filter(({ removedAt }) => removedAt === null).length
    const body = JSON.stringify([article.nativeId, '/none/'])
    const counted = await fetch(`${site.url}isso/count`, { method: 'POST', body })
    expect(await counted.json()).toEqual([visible, 0])
    expect((await fetch(`${site.url}isso/`)).status).toBe(400)
    expect((await fetch(`${site.url}isso/?uri=/&limit=x`)).status).toBe(400)
  })

  it('tells the article in JSON-LD and in both feeds', async () => {
    const { site, article } = await openSite()
    const $ = load(await getText(article.url))
    const data: unknown = JSON.parse($('script[type="application/ld+json"]').text())
    expect(data).toMatchObject({
      '@type': 'NewsArticle',
      headline: article.title,
      datePublished: article.publishedAt.toISOString(),
    })
    const titles = site.articles.map(({ title }) => title)
    const atom = load(await getText(`${site.url}atom.xml`), { xml: true })
    expect(
      atom('entry > title')
        .toArray()
        .map((title) => atom(title).text()),
    ).toEqual(titles)
    const feed = await getJson(`${site.url}feed.json`)
    expect(feed).toMatchObject({ items: titles.map((title) => ({ title })) })
  })
})
