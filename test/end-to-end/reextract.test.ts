import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoSite } from '../../jobs/wiring/demo-site.ts'
import { reextract } from '../../jobs/wiring/reextract-sites.ts'
import { runSites, type SiteResult } from '../../jobs/wiring/run-sites.ts'
import { readArticlesWithComments } from '../../src/db/held-articles.ts'
import { compareWithLedger } from '../../src/demo/compare.ts'
import { type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'
import { readSettings } from '../../src/settings.ts'
import { describeEachDatabase } from '../databases/each-database.ts'
import { changedColumns, dumpTables, rowsOf } from '../databases/table-dump.ts'

const sites = ['dle', 'dle-flat', 'wordpress', 'isso']
const signal = new AbortController().signal
const onEvent = () => undefined

describeEachDatabase('stored pages of the demo newsroom', (open) => {
  vi.setConfig({ testTimeout: 180_000 })
  let newsroom: Newsroom

  beforeAll(async () => {
    newsroom = await openNewsroom({ seed: 20_261_122, now: new Date(), sites, articlesPerSite: 4 })
  })
  afterAll(() => newsroom.close())

  const crawl = (): Promise<SiteResult[]> =>
    runSites({
      settings: readSettings({}),
      sites: newsroom.sites.map(demoSite),
      job: 'test',
      pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
      allowPrivateNetwork: true,
      concurrency: 4,
      signal,
      onEvent,
      database: open(),
    })
  const replay = (): Promise<SiteResult[]> =>
    reextract({
      settings: { privacy: 'names', pseudonymKey: null },
      database: open(),
      sites: newsroom.sites.map(demoSite),
      since: null,
      signal,
      onEvent,
    })
  const differences = async (): Promise<readonly string[]> => {
    const ids = newsroom.sites.map(({ id }) => demoSite.idOf(id))
    return compareWithLedger(newsroom.ledger(), await readArticlesWithComments(open().db, ids)).differences
  }
  const news = ({ tally: { articles, comments } }: SiteResult) => {
    const { new: newArticles, changed } = articles
    return [newArticles, changed, comments.new, comments.edited, comments.removed]
  }

  it('say the same to the extractor that read them, and nothing is written', async () => {
    await crawl()
    newsroom.change(new Date())
    await crawl()
    await crawl()
    expect(await differences()).toEqual([])
    const before = await dumpTables(open())
    const asked = newsroom.requests().length
    const results = await replay()
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual(sites.map(() => ['done', null]))
    expect(results.map(news)).toEqual(sites.map(() => [0, 0, 0, 0, 0]))
    const changed = changedColumns(before, await dumpTables(open()))
    expect(changed.filter((what) => !what.startsWith('runs'))).toEqual([])
    expect(newsroom.requests()).toHaveLength(asked)
  })

  it('give back what a worse extractor made of them, once, as revisions of ours', async () => {
    const { db } = open()
    await db.execute(sql`
      update articles set body_text = 'Subscribe to our newsletter.', content_hash = 'poor', authors = '{}',
        published_at = null, rules = jsonb_set(rules, '{body}', '"heuristic"'), extractor_version = '0'`)
    await db.execute(sql`
      update comments set body_text = body_text || ' Reply Share', content_hash = md5(body_text), author_name = null,
        extractor_version = '0' where state = 'visible' and id % 3 = 0`)
    await db.execute(sql`
      delete from comments c where id % 5 = 0 and state = 'visible'
        and not exists (select 1 from comments r where r.parent_id = c.id)`)
    await db.execute(sql`update threads set next_check_at = '2000-01-01Z'`)
    const before = await dumpTables(open())
    const results = await replay()
    expect(results.map(({ outcome }) => outcome)).toEqual(sites.map(() => 'done'))
    expect(await differences()).toEqual([])
    const changed = changedColumns(before, await dumpTables(open()))
    expect(
      changed.filter((what) => /\.(checked_at|next_check_at)$|^captures|^hosts|^failures/.test(what)),
    ).toEqual([])
    const causes = await rowsOf(
      open(),
      sql`select distinct cause from article_history h where exists (
        select 1 from article_revisions r where r.article_id = h.article_id and r.content_hash = 'poor') and is_current`,
    )
    expect(causes).toEqual([{ cause: 'extractor' }])

    const after = await dumpTables(open())
    expect((await replay()).map(news)).toEqual(sites.map(() => [0, 0, 0, 0, 0]))
    const again = changedColumns(after, await dumpTables(open()))
    expect(again.filter((what) => !what.startsWith('runs'))).toEqual([])
  })

  it('leave nothing for the next crawl to write', async () => {
    const results = await crawl()
    expect(results.map(news)).toEqual(sites.map(() => [0, 0, 0, 0, 0]))
    expect(await differences()).toEqual([])
  })
})
