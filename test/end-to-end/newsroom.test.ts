import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoSite } from '../../jobs/wiring/demo-site.ts'
import { runSites, type SiteResult } from '../../jobs/wiring/run-sites.ts'
import { findChromium } from '../../src/crawlers/browser/find-chromium.ts'
import { readArticlesWithComments } from '../../src/db/held-articles.ts'
import { queryReadOnly } from '../../src/db/read-only.ts'
import { compareWithLedger } from '../../src/demo/compare.ts'
import { type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'
import { readSettings } from '../../src/settings.ts'
import { describeEachDatabase } from '../databases/each-database.ts'
import { changedColumns, dumpTables } from '../databases/table-dump.ts'

const now = new Date()
const hasBrowser = (await findChromium(null)) !== null
const sites = ['dle', 'dle-flat', 'wordpress', 'isso', ...(hasBrowser ? ['browser'] : [])]

describeEachDatabase('the demo newsroom, crawled', (open) => {
  vi.setConfig({ testTimeout: 180_000 })
  let newsroom: Newsroom
  let removed = 0

  beforeAll(async () => {
    newsroom = await openNewsroom({ seed: 20_261_122, now, sites, articlesPerSite: 8 })
  })
  afterAll(() => newsroom.close())

  const crawl = (): Promise<SiteResult[]> =>
    runSites({
      settings: readSettings({}),
      sites: newsroom.sites.map(demoSite),
      job: 'test',
      pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
      allowPrivateNetwork: true,
      concurrency: 3,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      database: open(),
    })

  const differences = async (): Promise<readonly string[]> => {
    const held = await readArticlesWithComments(
      open().db,
      newsroom.sites.map(({ id }) => demoSite.idOf(id)),
    )
    return compareWithLedger(newsroom.ledger(), held).differences
  }

  it('holds every article and comment to the word', async () => {
    const results = await crawl()
    expect(results.map(({ site, outcome, error }) => [site, outcome, error])).toEqual(
      sites.map((id) => [demoSite.idOf(id), 'done', null]),
    )
    expect(results.map(({ tally }) => tally.failures)).toEqual(sites.map(() => ({})))
    expect(results.flatMap(({ tally }) => Object.keys(tally.threads.reasons))).toEqual([])
    expect(await differences()).toEqual([])
  })

  it('writes nothing the second time but its own record and what must move', async () => {
    const before = await dumpTables(open())
    const results = await crawl()
    for (const { tally } of results) {
      expect(tally.articles).toMatchObject({ new: 0, changed: 0, gone: 0 })
      expect(tally.comments).toMatchObject({ new: 0, edited: 0, removed: 0 })
    }
    const parts = newsroom.requests().filter(({ path }) => /^\/\d{4}\/\d\d\/\d\d\/[\w-]+\/\d\/$/.test(path))
    expect(new Set(parts.map(({ site, status }) => `${site} ${status}`))).toEqual(
      new Set(['wordpress 200', 'wordpress 304']),
    )
    const changed = changedColumns(before, await dumpTables(open()))
    expect(changed.filter((what) => !mayMove.some((pattern) => pattern.test(what)))).toEqual([])
  })

  it('takes over what changed, with one revision for each edit', async () => {
    const { total } = newsroom.change(new Date())
    removed = total.removedComments
    const results = await crawl()
    const sum = (count: (result: SiteResult) => number) =>
      results.reduce((all, result) => all + count(result), 0)
    expect(sum(({ tally }) => tally.articles.new)).toBe(total.newArticles)
    expect(sum(({ tally }) => tally.articles.changed)).toBe(total.editedArticles)
    expect(sum(({ tally }) => tally.comments.new)).toBe(total.newComments)
    expect(sum(({ tally }) => tally.comments.edited)).toBe(total.editedComments)
    expect(await count('article_revisions')).toBe(total.editedArticles)
    expect(await count('comment_revisions')).toBe(total.editedComments)
    expect(await differences()).toEqual([])
  })

  it('calls a comment removed only when a second complete pass does not find it either', async () => {
    await crawl()
    expect(
      await count("comments where state = 'removed' and removed_at is not null and body_text <> ''"),
    ).toBe(removed)
    expect(await differences()).toEqual([])
  })

  it('asks politely: robots.txt first, by name, and never for what it disallows', () => {
    const requests = newsroom.requests()
    expect(requests.filter(({ path }) => path.startsWith('/private/'))).toEqual([])
    expect(requests.every(({ userAgent }) => userAgent.startsWith('Commentariat/'))).toBe(true)
    const first = new Map<string, string>()
    for (const { site, path } of requests) if (!first.has(site)) first.set(site, path)
    expect([...first.values()]).toEqual(sites.map(() => '/robots.txt'))
  })

  const count = async (from: string): Promise<unknown> => {
    const { rows } = await queryReadOnly(open(), `select count(*) as n from ${from}`)
    return rows[0]?.[0]
  }
})

/** What every pass writes: its own record, and when things were and will be looked at. */
const mayMove = [
  /^(runs|site_checks)\b/,
  // Pages that count their views have other bytes at each visit.
  /^articles\.reading_key$/,
  /\.((article_|full_)?(checked_at|next_check_at)|partial_checks)$/,
  /^(article_checks|articles|threads|sources)\.written by$/,
]
