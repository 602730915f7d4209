import postgres from 'postgres'
import { z } from 'zod'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import type { CrawlOrder } from '../../../src/queue/crawl-order.ts'
import { CrawlQueue } from '../../../src/queue/crawl-queue.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { COMMENTS_PER_PAGE, type SimulatedSite, type SimulatedSites } from './sites.ts'

/** What the server did since the counting began. */
export interface DatabaseLoad {
  readonly statements: number
  readonly walBytes: number
  /** Seconds that statements took. */
  readonly seconds: number
  readonly connections: number
}

export interface Held {
  readonly articles: number
  readonly comments: number
  /** Articles or comments that are there more than once. */
  readonly doubled: number
  readonly open: number
  readonly setAside: number
}

/** When a worker took an order and when it was done with it; Unix milliseconds. */
export interface PassTimes {
  readonly started: number
  readonly ended: number
}

export interface ScaleDatabase {
  readonly url: string
  readonly enqueue: (sites: readonly SimulatedSite[]) => Promise<void>
  readonly startCounting: () => Promise<void>
  readonly load: () => Promise<DatabaseLoad>
  readonly held: () => Promise<Held>
  /** Of the sites, not of those that were crawled to warm up. */
  readonly passes: () => Promise<PassTimes[]>
  /** Sites that each process holds, by its id. */
  readonly inHand: () => Promise<ReadonlyMap<number, readonly string[]>>
  readonly drop: () => Promise<void>
}

export async function makeScaleDatabase(serverUrl: string): Promise<ScaleDatabase> {
  const scratch = await makeDatabase(serverUrl, 'commentariat_bench_scale')
  const { url } = scratch
  const database = await openDatabase({ databaseUrl: url, dataFolder: '' })
  await migrateDatabase(database)
  await database.close()
  const queue = await CrawlQueue.open(url, () => undefined)
  const client = postgres(url, {
    max: 2,
    onnotice: () => undefined,
    connection: { application_name: 'bench' },
  })
  await client`create extension if not exists pg_stat_statements`
  let mostConnections = 0
  const watch = setInterval(() => {
    void client`select count(*)::int as count from pg_stat_activity where application_name like 'commentariat%'`.then(
      (rows) => {
        mostConnections = Math.max(mostConnections, countRow.parse([...rows])[0].count)
      },
    )
  }, 1000)
  return {
    url,
    enqueue: async (sites) => {
      for (const { id } of sites) await queue.add(orderFor(id), 0)
    },
    startCounting: async () => {
      mostConnections = 0
      await client`select pg_stat_statements_reset()`
    },
    load: async () => {
      const rows = await client`
        select coalesce(sum(calls), 0)::float8 as statements, coalesce(sum(wal_bytes), 0)::float8 as wal,
          coalesce(sum(total_exec_time), 0)::float8 / 1000 as seconds
        from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())`
      const { statements, wal, seconds } = loadRow.parse([...rows])[0]
      return { statements, walBytes: wal, seconds, connections: mostConnections }
    },
    held: async () => {
      const rows = await client`
        with a as (select id, url from articles where site_id like 'site-%'),
          c as (select * from comments where article_id in (select id from a))
        select (select count(*)::int from a) as articles, (select count(*)::int from c) as comments,
          (select count(*)::int from (select from a group by url having count(*) > 1) twice)
            + (select count(*)::int from (select from c group by article_id, body_text having count(*) > 1) twice)
            as doubled,
          (select count(*)::int from queue.job where name = 'crawl' and state < 'completed') as open,
          (select count(*)::int from queue.job where name = 'crawl-set-aside') as "setAside"`
      return heldRow.parse([...rows])[0]
    },
    passes: async () => {
      const rows = await client`
        select (extract(epoch from started_on) * 1000)::float8 as started,
          (extract(epoch from completed_on) * 1000)::float8 as ended
        from queue.job where name = 'crawl' and state = 'completed' and singleton_key like 'site-%'`
      return passRows.parse([...rows])
    },
    inHand: async () => {
      const rows = await client`
        select split_part(holder, ' process ', 2)::int as pid, array_agg(site_id) as sites
        from site_leases where holder is not null group by 1`
      return new Map(holderRows.parse([...rows]).map(({ pid, sites }) => [pid, sites]))
    },
    drop: async () => {
      clearInterval(watch)
      await queue.close()
      await client.end()
      await scratch.drop()
    },
  }
}

const countRow = z.tuple([z.object({ count: z.number() })])
const loadRow = z.tuple([z.object({ statements: z.number(), wal: z.number(), seconds: z.number() })])
const holderRows = z.array(z.object({ pid: z.number(), sites: z.array(z.string()) }))
const passRows = z.array(z.object({ started: z.number(), ended: z.number() }))
const heldRow = z.tuple([
  z.object({
    articles: z.number(),
    comments: z.number(),
    doubled: z.number(),
    open: z.number(),
    setAside: z.number(),
  }),
])

const orderFor = (id: string): CrawlOrder => ({
  siteId: id,
  name: id,
  job: 'crawl',
  pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: true, articles: [] },
  lostRun: null,
})

/** Pages and comments that all sites have together. */
export function wholeOf({ sites }: SimulatedSites): { readonly articles: number; readonly comments: number } {
  const articles = sites.reduce((sum, site) => sum + site.articles.length, 0)
  return { articles, comments: articles * COMMENTS_PER_PAGE }
}
