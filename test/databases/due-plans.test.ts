import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { loadSlot } from '../../src/db/schedules.ts'
import { urlHash } from '../../src/normalise/url.ts'
import type { SiteStore } from '../../src/store.ts'
import { describeEachDatabase } from './each-database.ts'
import { later, storeOf } from './page-to-save.ts'
import { pretendToHold, watchQueries } from './query-plan.ts'

const SITES = 4
const PAGES_EACH = 5000
/** Of each site: by the article's own clock, and as many by that of a thread. */
const DUE = 10
/** Addresses that a feed names. */
const NAMED = 40

const address = (page: number): string => `https://gazette.example/news/${page}`
const named = Array.from({ length: NAMED }, (_, index) => urlHash(address(index * 100)))

/** Sites with a history: of all that is held of them next to nothing is due. */
async function fill({ db }: OpenDatabase, sites: readonly string[]): Promise<void> {
  const now = sql`${later(0).toISOString()}::timestamptz`
  for (const site of sites) {
    await db.execute(sql`
      insert into articles (site_id, url, url_hash, title, authors, tags, language, published_at, body_text, body_html,
        rules, content_hash, extractor_version, first_seen_at, changed_at, checked_at)
      select ${site}, 'https://gazette.example/news/' || n,
        encode(sha256(convert_to('https://gazette.example/news/' || n, 'UTF8')), 'hex'), 'Page', '{}', '{}', 'en',
        ${now} - n * interval '1 hour', 'ferry', '', '{}', n, '1', ${now} - n * interval '1 hour', ${now}, ${now}
      from generate_series(0, ${PAGES_EACH - 1}::int) as n`)
  }
  const isThreadless = sql`content_hash::int % 4 = 0 and content_hash::int < ${PAGES_EACH - DUE}`
  const dueOf = (what: 'articles' | 'threads') => {
    const isDue =
      what === 'articles' ? sql`content_hash::int < ${DUE}` : sql`content_hash::int >= ${PAGES_EACH - DUE}`
    return sql`${now} + case when ${isDue} then -1 else 1 + content_hash::int % 700 end * interval '1 hour'`
  }
  await db.execute(sql`
    insert into article_checks (article_id, site_id, checked_at, next_check_at)
    select id, site_id, checked_at, ${dueOf('articles')} from articles where ${isThreadless}`)
  await db.execute(sql`
    insert into threads (site_id, article_id, platform, native_id, complete, changed_at, checked_at, next_check_at,
      article_checked_at, article_next_check_at)
    select site_id, id, 'wordpress', content_hash, content_hash::int % 50 > 0, ${now}, ${now}, ${dueOf('threads')}, checked_at, ${dueOf('articles')}
    from articles where not (${isThreadless})`)
  await db.execute(sql`
    insert into comments (id, thread_id, article_id, native_id, root_id, depth, position, body_text, body_html, quotes,
      state, is_ping, parent_confidence, content_hash, observed, first_seen_at, changed_at)
    overriding system value
    select id, id, article_id, '1', id, 0, 1, 'ferry', '', '[]', 'visible', false, 'high', 'h', 'o', ${now}, ${now}
    from threads`)
  await db.execute(sql`
    insert into runs (site_id, job, started_at, finished_at, outcome, counters)
    select id, 'crawl', ${now} - interval '1 hour', ${now}, 'done', '{"feeds": {"read": 1}}' from sites`)
  await db.execute(sql`
    insert into capture_bodies (site_id, body_key, body)
    select site_id, content_hash, '' from articles`)
  await db.execute(sql`
    insert into capture_records (site_id, url, url_hash, kind, fetched_at, status, headers, body_hash, body_key, expires_at)
    select site_id, url, url_hash, 'article', ${now}, 200, '{}', content_hash, content_hash, ${now} + interval '30 days'
    from articles`)
  await db.execute(sql`analyze`)
}

describeEachDatabase('what a pass asks of a site with a history', (open) => {
  let store: SiteStore
  const sites = Array.from({ length: SITES }, (_, index) => `history-${index}`)

  beforeAll(async () => {
    const stores: SiteStore[] = []
    for (const id of sites) stores.push((await storeOf(open(), { id })).store)
    store = stores[0]!
    await fill(open(), sites)
    await pretendToHold(open(), 50)
  })

  const questions: [string, () => Promise<unknown>][] = [
    ['which slot is next', () => loadSlot(open().db, sites[0]!)],
    ['what is due', () => store.duePages(later(0), 100)],
    ['which addresses of a feed are known and due', () => store.knownPages(named, later(0))],
    [
      'which threads a feed counts otherwise',
      () =>
        store.reviveThreads(
          named.map((hash) => ({ urlHash: hash, count: 0 })),
          later(0),
        ),
    ],
    ['what is held of an answer', () => store.captureHeads([urlHash(address(7))])],
    ['which articles a feed should name', () => store.recentArticles()],
    [
      'what is known of a thread',
      () => store.threadMemory({ urlHash: urlHash(address(7)), platform: 'wordpress', nativeId: '7' }),
    ],
  ]

  it.each(questions)('goes by index, and reads little else: %s', async (_, ask) => {
    const queries = await watchQueries(open(), ask)
    expect(queries).not.toEqual([])
    for (const { query, readWhole, rowsRead } of queries) {
      const large = readWhole.filter((table) => !small.has(table))
      expect(large, query).toEqual([])
      expect(rowsRead, query).toBeLessThan(MOST_ROWS)
    }
  })

  it('finds what is due by either clock', async () => {
    const due = await store.duePages(later(0), 100)
    const numbers = due.map((url) => Number(url.split('/').at(-1))).toSorted((one, other) => one - other)
    const last = PAGES_EACH - DUE
    expect(numbers).toEqual([...Array(DUE).keys(), ...[...Array(DUE).keys()].map((page) => last + page)])
  })

  it.each([
    ['thread_coverage', `select * from thread_coverage where site_id = 'history-1' and not complete`],
    ['site_health', `select * from site_health where site_id = 'history-1'`],
  ])('reads nothing of other sites for %s of one', async (_, question) => {
    const [asked] = await watchQueries(open(), () => open().db.execute(sql.raw(question)))
    // Its articles and its threads, the latter twice in site_health.
    expect(asked?.rowsRead).toBeLessThan(2.75 * PAGES_EACH)
  })

  it('would be seen to read all of it', async () => {
    const [all] = await watchQueries(open(), () =>
      open().db.execute(sql`select count(*) from articles where content_hash like '%77%'`),
    )
    expect(all?.readWhole).toEqual(['articles'])
    expect(all?.rowsRead).toBe(SITES * PAGES_EACH)
  })
})

/** They hold a row or a few for each site. */
const small = new Set(['sites', 'site_leases', 'schedules', 'runs', 'failures', 'sources', 'article_urls'])

/** Far fewer than there are of one site, and several for each that is due or named. */
const MOST_ROWS = 1000
