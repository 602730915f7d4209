import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getJson, getText, idsIn, inOrder, longThread, openForTest, shownIds, siteOf } from './reading.ts'

const loaded = z.object({ list: z.string(), pages: z.number(), total: z.number() })

describe('the site that needs a browser', () => {
  it('has the article but no comment in its page', async () => {
    const newsroom = await openForTest({ sites: ['browser'] })
    const article = longThread(siteOf(newsroom, 'browser'))
    const $ = load(await getText(article.url))
    expect(
      $('.entry-content p')
        .toArray()
        .map((paragraph) => $(paragraph).text()),
    ).toEqual([...article.paragraphs])
    expect($('#comments').attr('data-comments-for')).toBe(article.nativeId)
    expect($('#comments h2').text()).toBe(`${shownIds(article).length} comments`)
    expect($('#comments li')).toHaveLength(0)
  })

  it('gives each comment once over the pages that the button loads', async () => {
    const newsroom = await openForTest({ sites: ['browser'] })
    const site = siteOf(newsroom, 'browser')
    const article = longThread(site)
    const ids: string[] = []
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await getJson(`${site.url}api/comments?article=${article.nativeId}&page=${page}`)
      const { list, pages: all, total } = loaded.parse(answer)
      expect(total).toBe(shownIds(article).length)
      pages = all
      ids.push(...idsIn(list, 'comment-'))
    }
    expect(inOrder(ids)).toEqual(inOrder(shownIds(article)))
  })

  it('refuses unknown articles', async () => {
    const newsroom = await openForTest({ sites: ['browser'], articlesPerSite: 1 })
    expect((await fetch(`${siteOf(newsroom, 'browser').url}api/comments?article=7&page=1`)).status).toBe(404)
  })
})
