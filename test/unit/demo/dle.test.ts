import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getJson, getText, idsIn, inOrder, longThread, openForTest, shownIds, siteOf } from './reading.ts'

async function russianPage(url: string): Promise<string> {
  const response = await fetch(url)
  return new TextDecoder('windows-1251', { fatal: true }).decode(await response.arrayBuffer())
}

const pageUrl = (url: string, page: number): string => url.replace(/\/(\d+-)/, `/page,1,${page},$1`)

describe('the site in the shape of DataLife Engine', () => {
  it('sends windows-1251 and names it only inside the page', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const article = longThread(siteOf(newsroom, 'dle'))
    const response = await fetch(article.url)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(response.headers.get('etag')).toBeNull()
    expect(bytes.includes(Buffer.from('charset=windows-1251'))).toBe(true)
    expect(
      bytes.includes(Buffer.from([0xca, 0xee, 0xec, 0xec, 0xe5, 0xed, 0xf2, 0xe0, 0xf0, 0xe8, 0xe8])),
    ).toBe(true)
    expect(new TextDecoder('windows-1251').decode(bytes)).toContain(
      `<h1>${article.title.replace('&', '&amp;')}</h1>`,
    )
  })

  it('shows each comment once over its comment pages, nested as in the ledger', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const article = longThread(siteOf(newsroom, 'dle'))
    const first = load(await russianPage(article.url))
    const links = first('.dle-comments-navigation a').toArray()
    const last = Math.max(...links.map((link) => Number(first(link).text())))
    const pages = await Promise.all(
      Array.from({ length: last }, (_, index) => russianPage(pageUrl(article.url, index + 1))),
    )
    expect(last).toBeGreaterThan(1)
    expect(inOrder(pages.flatMap((page) => idsIn(page, 'comm-id-')))).toEqual(inOrder(shownIds(article)))
    const parents = pages.flatMap((page) => {
      const $ = load(page)
      return $('li.comments-tree-item')
        .toArray()
        .map((item) => [item.attribs['id'], $(item).parent().closest('li').attr('id')])
    })
    const byId = new Map(article.comments.map(({ id, parentId }) => [id, parentId]))
    for (const [id, parent] of parents) {
      expect(parent?.replace('comments-tree-item-', '') ?? null).toBe(byId.get(id?.split('-').at(-1) ?? ''))
    }
    expect(pages[0]?.match(/<\/li><\/ol>/g)?.length).toBe(
      pages[0]?.match(/<ol class="comments-tree-list">/g)?.length,
    )
  })

  it('counts views of the article alone, and who is online changes', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const { url } = longThread(siteOf(newsroom, 'dle'))
    const views = (html: string): number => Number(/Просмотров: (\d+)/.exec(html)?.[1])
    const [first, second] = [await russianPage(url), await russianPage(url)]
    await russianPage(pageUrl(url, 2))
    expect(views(second) - views(first)).toBe(1)
    expect(views(await russianPage(url)) - views(second)).toBe(1)
    expect(load(first)('.status').text()).not.toBe(load(second)('.status').text())
  })

  it('says today and yesterday by its own clock', async () => {
    const now = new Date('2026-03-02T20:30:00Z')
    const options = { sites: ['dle'], now, clock: () => now, articlesPerSite: 12 }
    const newsroom = await openForTest(options)
    const site = siteOf(newsroom, 'dle')
    const texts = await Promise.all(
      site.articles.map(async ({ url }) => load(await russianPage(url))('time').text()),
    )
    const expected = site.articles.map(({ publishedAt }) => {
      const local = new Date(publishedAt.getTime() + 3 * 3_600_000).toISOString()
      const time = local.slice(11, 16)
      if (local.startsWith('2026-03-02')) return `Сегодня, ${time}`
      if (local.startsWith('2026-03-01')) return `Вчера, ${time}`
      return `${Number(local.slice(8, 10))} февраля 2026, ${time}`
    })
    expect(texts).toEqual(expected)
    expect(texts[0]).toMatch(/^Сегодня, /)
  })

  it('sends wrong addresses and pages past the end to the article', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const { url } = longThread(siteOf(newsroom, 'dle'))
    for (const wrong of [pageUrl(url, 99), url.replace('.html', '-x.html')]) {
      const response = await fetch(wrong, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([301, url])
    }
    expect((await fetch(new URL('/1-none.html', url))).status).toBe(404)
  })

  it('encodes the feed as it declares', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const site = siteOf(newsroom, 'dle')
    const $ = load(await russianPage(`${site.url}rss.xml`), { xml: true })
    expect(
      $('item > title')
        .toArray()
        .map((title) => $(title).text()),
    ).toEqual(site.articles.map(({ title }) => title))
    expect(new Date($('item > pubDate').first().text())).toEqual(site.articles[0]?.publishedAt)
  })
})

describe('the flat site of the same engine', () => {
  it('loads further comment pages as JSON, each comment once', async () => {
    const newsroom = await openForTest({ sites: ['dle-flat'] })
    const site = siteOf(newsroom, 'dle-flat')
    const article = longThread(site)
    const html = await getText(article.url)
    const total = Number(/total_comments_pages = '(\d+)'/.exec(html)?.[1])
    const ids = idsIn(html, 'comm-id-')
    for (let page = 2; page <= total; page += 1) {
      const url = `${site.url}index.php?controller=ajax&mod=comments&cstart=${page}&news_id=${article.nativeId}&skin=Steppe`
      const { comments } = z.object({ comments: z.string() }).parse(await getJson(url))
      ids.push(...idsIn(comments, 'comm-id-'))
    }
    expect(total).toBe(5)
    expect(ids).toEqual(inOrder(shownIds(article)))
  })

  it('names the quoted comment', async () => {
    const newsroom = await openForTest({ sites: ['dle-flat'] })
    const article = longThread(siteOf(newsroom, 'dle-flat'))
    const $ = load(await getText(article.url))
    const quoting = article.comments.find(({ quotes }) => quotes.length > 0)
    const title = $(`#comm-id-${quoting?.id} .title_quote`).first()
    expect(title.attr('data-commentid')).toBe(quoting?.parentId)
    expect(title.attr('data-commentuser')).toBe(quoting?.quotes[0]?.author)
  })
})
