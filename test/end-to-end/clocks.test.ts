import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { openRuns, type SiteResult, type SiteRuns } from '../../jobs/wiring/run-sites.ts'
import { readSettings } from '../../src/settings.ts'
import { defineSite, feed, type Site } from '../../src/sites/site.ts'
import { describeEachDatabase } from '../databases/each-database.ts'
import { rowsOf } from '../databases/table-dump.ts'
import { articlePage, openSmallPaper, type SmallPaper } from '../jobs/small-paper.ts'

const start = Date.parse('2026-03-02T10:00:00Z')
const bridge = '/2026/03/bridge/'

/** A paper with a feed that tells how many comments its one article has. */
async function bridgePaper(comments: readonly string[]) {
  const paper = await openSmallPaper()
  onTestFinished(() => paper.stop())
  const site = defineSite({
    id: paper.siteId,
    name: 'The Small Paper',
    url: `${paper.origin}/`,
    sources: [feed('/feed/')],
    delaySeconds: 0,
  })
  return { paper, site, ...publisher(paper, comments) }
}

function publisher(paper: SmallPaper, comments: readonly string[]) {
  const told = { count: comments.length, guid: 0 }
  const publish = (words: readonly string[]) => {
    const article = { title: 'Bridge reopens', post: 7, published: '2026-03-01T07:30:00Z', comments: words }
    paper.answers.set(bridge, { body: articlePage({ url: paper.origin + bridge, ...article }) })
  }
  publish(comments)
  paper.answers.set('/feed/', () => ({
    headers: { 'content-type': 'application/rss+xml' },
    body: `<?xml version="1.0"?><rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
      <title>The Small Paper</title><link>${paper.origin}</link><description>News</description>
      <item><title>Bridge reopens</title><link>${paper.origin}${bridge}</link><guid>urn:${told.guid++}</guid>
      <slash:comments>${told.count}</slash:comments></item></channel></rss>`,
  }))
  return { told, publish }
}

const flags = { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] }

describeEachDatabase('a site, as time goes by', (open) => {
  vi.setConfig({ testTimeout: 180_000 })
  let looks: SiteRuns
  let fullLooks: SiteRuns

  beforeAll(async () => {
    const openWith = (refresh: boolean) =>
      openRuns({
        settings: readSettings({}),
        job: 'test',
        pass: { ...flags, refresh },
        allowPrivateNetwork: true,
        concurrency: 1,
        signal: new AbortController().signal,
        onEvent: () => undefined,
        database: open(),
      })
    looks = await openWith(false)
    fullLooks = await openWith(true)
  })
  afterEach(() => vi.useRealTimers())
  afterAll(() => Promise.all([looks.close(), fullLooks.close()]))

  const crawlAt = async (site: Site, hours: number, refresh = false): Promise<SiteResult['tally']> => {
    vi.useFakeTimers({ toFake: ['Date'], now: start + hours * 3_600_000 })
    const result = await (refresh ? fullLooks : looks).run(site)
    expect(result).toMatchObject({ outcome: 'done', error: null })
    return result.tally
  }
  const asked = (paper: SmallPaper) =>
    paper.asked.splice(0).filter((path) => !['/robots.txt', '/.well-known/tdmrep.json'].includes(path))

  it('is asked for news the more seldom the longer there was none, whatever its guids', async () => {
    const { paper, site } = await bridgePaper(['first'])
    const isAsked: boolean[] = []
    // Two hours without news make it due every half hour.
    for (const hours of [0, 0.05, 2, 2.25, 2.5]) {
      const { sourcesNotDue } = await crawlAt(site, hours)
      isAsked.push(asked(paper).includes('/feed/'))
      expect(sourcesNotDue).toBe(isAsked.at(-1) === true ? 0 : 1)
    }
    expect(isAsked).toEqual([true, true, true, false, true])
    expect((await crawlAt(site, 2.6)).sourcesNotDue).toBe(1)
    await crawlAt(site, 2.6, true)
    expect(asked(paper)).toContain('/feed/')
  })

  it('is read again at once when its feed counts other comments, however quiet the thread is', async () => {
    const { paper, site, told, publish } = await bridgePaper(['first'])
    await crawlAt(site, 0)
    await open().db.execute(sql`update threads set closed = true`)
    await crawlAt(site, 24 * 20, true)
    asked(paper)
    publish(['first', 'second'])
    told.count = 2
    expect((await crawlAt(site, 24 * 21)).comments).toMatchObject({ new: 1 })
    expect(asked(paper)).toEqual(['/feed/', bridge])
    expect((await crawlAt(site, 24 * 21 + 0.1)).notDue).toBe(0)
    asked(paper)
  })

  it('is asked for whole pages now and then, so that an untrue ETag is found out', async () => {
    const { paper, site, publish } = await bridgePaper(['first'])
    const etag = '"always"'
    const page = () => {
      const answer = paper.answers.get(bridge)
      return typeof answer === 'function' ? '' : (answer?.body ?? '')
    }
    const stubborn = (body: string) => {
      paper.answers.set(bridge, () => ({ headers: { etag }, body }))
    }
    stubborn(page())
    await crawlAt(site, 0)
    publish(['first', 'second'])
    const changed = page()
    const conditions: (string | undefined)[] = []
    paper.onRequest = ({ url, headers }) => {
      if (url === bridge) conditions.push(headers['if-none-match'])
    }
    paper.answers.set(bridge, () =>
      conditions.at(-1) === etag ? { status: 304, headers: { etag } } : { headers: { etag }, body: changed },
    )
    const tallies: SiteResult['tally'][] = []
    for (const hours of [1, 9, 10, 11]) tallies.push(await crawlAt(site, hours, true))
    expect(conditions).toEqual([etag, etag, undefined, undefined])
    expect(tallies.map(({ comments }) => comments.new)).toEqual([0, 0, 1, 0])
    expect(tallies.map(({ untrueValidators }) => untrueValidators)).toEqual([0, 0, 1, 0])
    const kept = await rowsOf(
      open(),
      sql`select headers ->> 'validators:untrue-since' as since from captures
        where site_id = ${site.id} and kind = 'article' order by id`,
    )
    expect(kept).toEqual([{ since: null }, { since: '2026-03-02T20:00:00.000Z' }])
  })

  it('has a long thread read from its end in between, and in full when a comment is missed', async () => {
    const { paper, site } = await bridgePaper([])
    const all = Array.from({ length: 118 }, (_, index) => `words ${index + 1}`)
    publishPages(paper, all)
    expect(await crawlAt(site, 0)).toMatchObject({
      comments: { new: 118 },
      threads: { complete: 1, partial: 0 },
    })
    expect(asked(paper)).toEqual(['/feed/', bridge, ...[2, 3, 4, 5, 6].map(commentPage)])

    publishPages(paper, [...all, 'late'])
    const second = await crawlAt(site, 0.1)
    expect(second).toMatchObject({ comments: { new: 1, removed: 0 }, threads: { complete: 1, partial: 1 } })
    expect(asked(paper)).toEqual(['/feed/', bridge, commentPage(6)])

    // Somebody's comment is gone and the counter says so: all pages are read, and again to be sure.
    const without = [...all.slice(0, 10), null, ...all.slice(11), 'late']
    publishPages(paper, without)
    expect((await crawlAt(site, 0.2)).comments.removed).toBe(0)
    expect((await crawlAt(site, 0.3)).comments.removed).toBe(1)
    expect(asked(paper).filter((path) => path === commentPage(2))).toHaveLength(2)
    const held = sql`select reported_count, collected_count, complete from threads t
      join articles a on a.id = t.article_id where a.site_id = ${site.id}`
    expect(await rowsOf(open(), held)).toEqual([
      { reported_count: 118, collected_count: 118, complete: true },
    ])
  })
})

const commentPage = (page: number): string => `${bridge}comment-page-${page}/`

/** The bridge's comments, twenty on a page and the oldest first; null stands for one that was taken away. */
function publishPages(paper: SmallPaper, comments: readonly (string | null)[]): void {
  const url = paper.origin + bridge
  const total = comments.filter((words) => words !== null).length
  const last = Math.ceil(comments.length / 20)
  const links = Array.from({ length: last }, (_, index) => index + 1).map(
    (page) => `<a class="page-numbers" href="${url}comment-page-${page}/#comments">${page}</a>`,
  )
  for (let page = 1; page <= last; page++) {
    const shown = comments.slice((page - 1) * 20, page * 20)
    const current = `<span class="page-numbers current">${page}</span>`
    const below = `<nav class="comments-pagination">${links.with(page - 1, current).join('')}</nav>`
    const article = { title: 'Bridge reopens', post: 7, published: '2026-03-01T07:30:00Z', below, total }
    const body = articlePage({ url, ...article, comments: shown, earlier: (page - 1) * 20 })
    paper.answers.set(page === 1 ? bridge : commentPage(page), { body })
  }
}
