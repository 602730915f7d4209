import type postgres from 'postgres'
import { revisitPolicy } from '../../../src/crawlers/revisit.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { startRun } from '../../../src/db/runs.ts'
import { holdSite } from '../../../src/db/site-leases.ts'
import { openSiteStore } from '../../../src/db/site-store.ts'
import { saveSite } from '../../../src/db/sites.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { commentWith, pageOf } from '../../databases/page-to-save.ts'
import { COMMENTS_PER_ARTICLE } from './generate.ts'

/** What analysts ask of a site, an article or a thread, by name; the second site is as old as the first. */
export const views: Readonly<Record<string, string>> = {
  'comment_tree of an article': `select * from comment_tree where article_id = 150 order by path`,
  'comment_tree, answers of a day': `select count(*) from comment_tree
    where published_at >= '2024-03-01Z' and published_at < '2024-03-02Z' and site_id = 'site-1' and depth > 0`,
  'thread_coverage of a site': `select * from thread_coverage where site_id = 'site-1' and not complete`,
  'comment_activity of a site': `select * from comment_activity where site_id = 'site-1' order by hour`,
  'site_health of a site': `select * from site_health where site_id = 'site-1'`,
  'comment_history of an article': `select * from comment_history where article_id = 150 order by comment_id, revision`,
  'article_history of an article': `select * from article_history where article_id = 150 order by revision`,
  'a thread as it was': `select * from thread_as_of(150, now())`,
}

const REPEATS = 15

/** The fastest of several runs after a first one, in seconds: the others tell of what else the machine does. */
export async function readSeconds(client: postgres.Sql, query: string): Promise<number> {
  await client.unsafe(query)
  const seconds: number[] = []
  for (let run = 0; run < REPEATS; run += 1) {
    const started = performance.now()
    await client.unsafe(query)
    seconds.push((performance.now() - started) / 1000)
  }
  return Math.min(...seconds)
}

const PAGES = 300

/** Comments that a crawl stores in a second, page by page, each with a thread of its own. */
export async function insertsPerSecond(databaseUrl: string): Promise<number> {
  const database = await openDatabase({ databaseUrl, dataFolder: '' })
  try {
    const { db } = database
    const site = defineSite({ id: `new-${Date.now()}`, name: 'New', url: 'https://new.example/' })
    await saveSite(db, site)
    const runId = await startRun(db, site.id, 'bench', new Date())
    const seconds = await holdSite(database, site.id, async (lease) => {
      const store = openSiteStore(db, {
        siteId: site.id,
        runId,
        isFamilyMember: false,
        revisit: revisitPolicy,
        lease,
      })
      const pages = Array.from({ length: PAGES }, (_, page) => pageWith(page))
      const started = performance.now()
      for (const page of pages) await store.savePage(page)
      return (performance.now() - started) / 1000
    })
    if (seconds === null) throw new Error('a new site is free')
    return (PAGES * COMMENTS_PER_ARTICLE) / seconds
  } finally {
    await database.close()
  }
}

function pageWith(page: number) {
  const url = `https://new.example/news/${page}`
  const words = 'Words that a reader wrote about what happened in the council on Monday. '
  return pageOf({
    article: { canonicalUrl: url, nativeId: String(page), bodyText: words.repeat(25) },
    capture: { url },
    thread: { nativeId: String(page) },
    comments: Array.from({ length: COMMENTS_PER_ARTICLE }, (_, index) =>
      commentWith({
        nativeId: `${page}-${index}`,
        authorKey: `user:${(page * 31 + index * 7) % 5000}`,
        bodyText: `${index} ${words.repeat(3)}`,
      }),
    ),
  })
}
