import { request } from 'undici'
import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getText, idsIn, inOrder, longThread, openForTest, shownIds, siteOf } from './reading.ts'

async function openSite(options = {}) {
  const newsroom = await openForTest({ sites: ['wordpress'], ...options })
  return { newsroom, site: siteOf(newsroom, 'wordpress') }
}

/** All comment pages of an article, oldest first; the article itself is the last. */
async function commentPages(articleUrl: string): Promise<string[]> {
  const pages: string[] = []
  for (let url: string | undefined = articleUrl; url !== undefined;) {
    const html = await getText(url)
    pages.unshift(html)
    url = load(html)('.comment-navigation .nav-previous a').attr('href')
  }
  return pages
}

const restComments = z.array(
  z.object({
    id: z.number(),
    parent: z.number(),
    author_name: z.string(),
    date_gmt: z.string(),
    content: z.object({ rendered: z.string() }),
  }),
)

describe('the site in the shape of WordPress', () => {
  it('shows each comment once over its comment pages, the newest at the article itself', async () => {
    const { site } = await openSite()
    const article = longThread(site)
    const pages = await commentPages(article.url)
    expect(pages.length).toBeGreaterThan(1)
    expect(inOrder(pages.flatMap((page) => idsIn(page, 'comment-')))).toEqual(inOrder(shownIds(article)))
    const oldest = await fetch(`${article.url}comment-page-1/`)
    expect(idsIn(await oldest.text(), 'comment-')).toEqual(idsIn(pages[0] ?? '', 'comment-'))
    expect((await fetch(`${article.url}comment-page-${pages.length + 1}/`)).status).toBe(404)
  })

  it('splits the text of one article over several pages, with the thread under each', async () => {
    const { site } = await openSite()
    const article = longThread(site)
    const pages: string[] = []
    for (let url: string | undefined = article.url; url !== undefined;) {
      const html = await getText(url)
      pages.push(html)
      url = load(html)('.page-links .current').next('a').attr('href')
    }
    expect(pages.length).toBeGreaterThan(1)
    const $ = load(pages.join('\n'))
    const paragraphs = $('.entry-content p').toArray()
    expect(paragraphs.map((paragraph) => $(paragraph).text())).toEqual(article.paragraphs)
    const [first = '', ...others] = pages
    for (const page of others) expect(idsIn(page, 'comment-')).toEqual(idsIn(first, 'comment-'))
    const past = await request(`${article.url}${pages.length + 1}/`)
    expect([past.statusCode, past.headers['location']]).toEqual([301, article.url])
  })

  it('prints replies below the fifth level at the fifth', async () => {
    const { site } = await openSite({ articlesPerSite: 3, commentsPerThread: 20 })
    const pages = await Promise.all(site.articles.map(({ url }) => commentPages(url)))
    const $ = load(pages.flat().join('\n'))
    const levels = $('li.comment, li.pingback')
      .toArray()
      .map((item) => $(item).parents('ol.children').length + 1)
    expect(Math.max(...levels)).toBe(5)
    const parents = new Map(
      site.articles.flatMap(({ comments }) => comments.map(({ id, parentId }) => [id, parentId])),
    )
    const levelOf = (id: string | null): number => (id === null ? 0 : 1 + levelOf(parents.get(id) ?? null))
    const deepest = [...parents.keys()].filter((id) => levelOf(id) > 5)
    expect(deepest.length).toBeGreaterThan(0)
    for (const id of deepest) expect($(`#comment-${id}`).hasClass('depth-5')).toBe(true)
    expect($('li.depth-5 .comment-reply-link')).toHaveLength(0)
  })

  it('answers REST with totals, true parents and stored names', async () => {
    const { site } = await openSite()
    const article = longThread(site)
    const own = article.comments.filter(({ isPing }) => !isPing)
    const found: z.infer<typeof restComments> = []
    for (let page = 1; page <= Math.ceil(own.length / 10); page += 1) {
      const url = `${site.url}wp-json/wp/v2/comments?post=${article.nativeId}&per_page=10&page=${page}&order=asc`
      const response = await fetch(url)
      expect(response.headers.get('x-wp-total')).toBe(String(own.length))
      expect(response.headers.get('x-wp-totalpages')).toBe(String(Math.ceil(own.length / 10)))
      found.push(...restComments.parse(await response.json()))
    }
    expect(found.map(({ id, parent, author_name }) => [String(id), String(parent), author_name])).toEqual(
      own.map(({ id, parentId, author }) => [id, parentId ?? '0', author.replace('&', '&amp;')]),
    )
    expect(found.map(({ date_gmt }) => new Date(`${date_gmt}Z`))).toEqual(
      own.map(({ publishedAt }) => publishedAt),
    )
    const texts = found.map(({ content }) => {
      const $ = load(content.rendered.replaceAll('<br />\n', '\n'))
      $('blockquote').remove()
      return $('p')
        .toArray()
        .map((paragraph) => $(paragraph).text())
        .join('\n\n')
    })
    expect(texts).toEqual(own.map(({ text }) => text))
  })

  it('refuses what visitors may not ask of REST', async () => {
    const { site } = await openSite({ articlesPerSite: 1 })
    const statuses = await Promise.all(
      ['comments?author_email=a@example.org', 'comments?per_page=101', 'comments/1', 'users/1'].map(
        async (path) => (await fetch(`${site.url}wp-json/wp/v2/${path}`)).status,
      ),
    )
    expect(statuses).toEqual([401, 400, 404, 404])
  })

  it('answers 304 to its own validators, and 200 after a change', async () => {
    const { newsroom, site } = await openSite({ articlesPerSite: 1 })
    const { url } = site.articles[0] ?? { url: '' }
    const first = await fetch(url)
    const etag = first.headers.get('etag') ?? ''
    const date = first.headers.get('last-modified') ?? ''
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await request(url, { headers })).statusCode
    expect(await status({ 'if-none-match': etag })).toBe(304)
    expect(await status({ 'if-none-match': `"x", ${etag}` })).toBe(304)
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': date })).toBe(200)
    expect(await status({ 'if-modified-since': date })).toBe(304)
    expect(await status({ 'if-modified-since': new Date(Date.parse(date) - 1_000).toUTCString() })).toBe(200)
    newsroom.change()
    expect(await status({ 'if-none-match': etag })).toBe(200)
    expect(await status({ 'if-modified-since': date })).toBe(200)
  })

  it('compresses for those who accept it only', async () => {
    const { site } = await openSite({ articlesPerSite: 1 })
    const encoding = async (accepted: string) =>
      (await request(site.url, { headers: { 'accept-encoding': accepted } })).headers['content-encoding']
    expect(await encoding('br, gzip;q=0.8')).toBe('gzip')
    expect(await encoding('gzip;q=0')).toBeUndefined()
    expect(await encoding('identity')).toBeUndefined()
  })

  it('lists every article in the sitemaps and counts comments in the feed', async () => {
    const { site } = await openSite()
    const index = load(await getText(`${site.url}wp-sitemap.xml`), { xml: true })
    const maps = index('loc')
      .toArray()
      .map((loc) => index(loc).text())
    expect(maps).toHaveLength(5)
    const posts = load(await getText(maps[0] ?? ''), { xml: true })
    expect(
      posts('loc')
        .toArray()
        .map((loc) => posts(loc).text()),
    ).toEqual(site.articles.map(({ url }) => url))
    const feed = load(await getText(`${site.url}feed/`), { xml: true })
    const counts = feed(String.raw`slash\:comments`)
      .toArray()
      .map((count) => Number(feed(count).text()))
    expect(counts).toEqual(site.articles.map((article) => shownIds(article).length))
  })

  it('has summer time in the offsets of London', async () => {
    const { site } = await openSite({ articlesPerSite: 1, now: new Date('2026-07-01T12:00:00Z') })
    const $ = load(await getText(site.articles[0]?.url ?? ''))
    const time = $('time.entry-date').attr('datetime') ?? ''
    expect(time).toMatch(/\+01:00$/)
    expect(new Date(time)).toEqual(site.articles[0]?.publishedAt)
  })

  it('has archives of categories, tags and authors', async () => {
    const { site } = await openSite()
    const [article] = site.articles
    const $ = load(await getText(article?.url ?? ''))
    const links = $('.cat-links a, .tags-links a, .byline a')
      .toArray()
      .map(({ attribs }) => attribs['href'] ?? '')
    expect(links.length).toBeGreaterThanOrEqual(4)
    for (const link of links) expect(await getText(link)).toContain(article?.url)
  })
})
