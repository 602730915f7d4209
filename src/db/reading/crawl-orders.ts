import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { milliseconds } from './moments.ts'

/** An order to crawl a site, as the workers' queue (pg-boss, in the schema `queue`) holds it. */
export interface CrawlOrder {
  readonly siteId: string
  /** `set aside`: it ended its worker, or failed, too often, and waits for a person. */
  readonly state: 'waiting' | 'running' | 'set aside'
  readonly since: Date
  /** Attempts before this one. */
  readonly attempts: number
}

const states = sql`case when name = 'crawl-set-aside' then 'set aside' when state::text = 'active' then 'running' else 'waiting' end`

/** What waits for a worker, is being done, or was set aside; null where no worker was ever started. */
export async function readCrawlOrders(db: Database, limit: number): Promise<CrawlOrder[] | null> {
  const [queue] = await db.execute<{ name: string | null }>(
    sql`select to_regclass('queue.job')::text as name`,
  )
  if (queue?.name == null) return null
  const rows = await db.execute<{
    site: string
    state: CrawlOrder['state']
    since: number
    attempts: number
  }>(sql`
    select coalesce(singleton_key, 'unknown') as site, ${states} as state,
      ${milliseconds(sql`coalesce(started_on, created_on)`)} as since, retry_count as attempts
    from queue.job
    where name in ('crawl', 'crawl-set-aside') and state::text in ('created', 'retry', 'active')
    order by ${states} = 'set aside' desc, ${states}, priority desc, created_on limit ${limit}`)
  return rows.map(({ site, state, since, attempts }) => ({
    siteId: site,
    state,
    since: new Date(since),
    attempts,
  }))
}
