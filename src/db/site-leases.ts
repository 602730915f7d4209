import { hostname } from 'node:os'
import { sql, type SQL } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { Database, OpenDatabase } from './client.ts'
import { moment, reference } from './columns.ts'
import { passingFault } from './passing-fault.ts'
import type { Attempt } from './patience.ts'
import { hasEnded, thisSession } from './sessions.ts'
import { StoreClosed } from '../store.ts'

export const siteLeases = pgTable('site_leases', {
  siteId: text('site_id').primaryKey(),
  /** Counts the holders: what is written under an earlier number is refused. */
  epoch: reference('epoch').notNull(),
  holder: text('holder'),
  sessionPid: integer('session_pid'),
  sessionStartedAt: moment('session_started_at'),
  renewedAt: moment('renewed_at').notNull(),
})

/** The right to crawl a site, which one process has at a time. */
export interface SiteLease {
  readonly siteId: string
  readonly epoch: number
  /** Aborted when another process was seen to have taken the site. */
  readonly signal: AbortSignal
  readonly lose: () => void
}

/** Another process took the site, since nothing was heard of this one; nothing was written. */
export class LeaseLost extends StoreClosed {
  override readonly name = 'LeaseLost'

  constructor(siteId: string) {
    super(`${siteId} was taken over by another process, which goes on from what is stored`)
  }
}

const RENEWAL_SECONDS = 5
/** A holder of whom nothing is heard for so long is taken for lost. */
const LAPSE_SECONDS = 20
/** A holder that stands still within a transaction holds the row, until its session is ended. */
const LOCK_TIMEOUT = '2s'
const LOCK_NOT_AVAILABLE = '55P03'

const self = `${hostname()} process ${process.pid}`

/** Takes a site until the work ends; null when another process works on it. */
export type TakeSite = (siteId: string) => Promise<SiteLease | null>

/**
 * Works on a site unless another process does; null when one does.
 * @param attempt does the taking.
 */
export async function holdSite<Result>(
  open: OpenDatabase,
  siteId: string,
  work: (lease: SiteLease) => Promise<Result>,
  attempt: Attempt = (take) => take(),
): Promise<Result | null> {
  return holdSites(open, async (take) => {
    const lease = await attempt(() => take(siteId))
    return lease === null ? null : work(lease)
  })
}

/**
 * Works on sites that are taken one after another. A site goes back however the work ends; that of a process that died
 * is free as soon as the database has ended its session, that of one that stands still after `LAPSE_SECONDS`. Time is
 * the database's.
 */
export async function holdSites<Result>(
  open: OpenDatabase,
  work: (take: TakeSite) => Promise<Result>,
): Promise<Result> {
  const held: SiteLease[] = []
  const take: TakeSite = async (siteId) => {
    const epoch = await takeSite(open, siteId)
    if (epoch === null) return null
    const lost = new AbortController()
    const lease = { siteId, epoch, signal: lost.signal, lose: () => lost.abort(new LeaseLost(siteId)) }
    held.push(lease)
    return lease
  }
  const renewal = setInterval(() => {
    for (const lease of held) void renew(open, lease)
  }, RENEWAL_SECONDS * 1000)
  try {
    return await work(take)
  } finally {
    clearInterval(renewal)
    for (const lease of held) await giveBack(open, lease)
  }
}

async function takeSite(open: OpenDatabase, siteId: string): Promise<number | null> {
  try {
    return await open.session.transaction(async (session) => {
      await session.execute(sql`set local lock_timeout = '${sql.raw(LOCK_TIMEOUT)}'`)
      await session.execute(sql`
        insert into site_leases (site_id, epoch, renewed_at) values (${siteId}, 0, clock_timestamp())
        on conflict do nothing`)
      const [held] = await session.execute<{ is_free: boolean }>(sql`
        select holder is null or ${isLost} as is_free from site_leases where site_id = ${siteId} for update`)
      if (held?.is_free !== true) return null
      const [taken] = await session.execute<{ epoch: string }>(sql`
        update site_leases set epoch = epoch + 1, holder = ${self}, renewed_at = clock_timestamp(), ${ofThisSession}
        where site_id = ${siteId} returning epoch::text`)
      return taken === undefined ? null : Number(taken.epoch)
    })
  } catch (error) {
    if (hasCode(error, LOCK_NOT_AVAILABLE)) return null
    throw error
  }
}

const isLost = sql`renewed_at < clock_timestamp() - ${LAPSE_SECONDS}::float8 * interval '1 second'
  or ${hasEnded(sql`session_pid`, sql`session_started_at`)}`

const ofThisSession = sql`session_pid = ${thisSession.pid}, session_started_at = ${thisSession.startedAt}`

async function renew(open: OpenDatabase, lease: SiteLease): Promise<void> {
  try {
    const rows = await open.session.execute(sql`
      update site_leases set renewed_at = clock_timestamp(), ${ofThisSession}
      where ${isMine(lease)} returning site_id`)
    if (rows.length === 0) lease.lose()
  } catch {
    // The database is away: the next renewal, or the next write, finds out whether the site was taken meanwhile.
  }
}

async function giveBack(open: OpenDatabase, lease: SiteLease): Promise<void> {
  try {
    await open.session.execute(sql`update site_leases set holder = null where ${isMine(lease)}`)
  } catch (error) {
    // The database is away, or full: the site is free all the same once the session has ended.
    if (passingFault(error) === null) throw error
  }
}

const isMine = ({ siteId, epoch }: SiteLease): SQL => sql`site_id = ${siteId} and epoch = ${epoch}::bigint`

/** The row of a lease that still holds, locked against whoever would take it before the transaction ends. */
export const leaseRow = (lease: SiteLease): SQL =>
  sql`select site_id from site_leases where ${isMine(lease)} for key share`

/** Writes under a lease, in one transaction. @throws LeaseLost nothing was written. */
export async function fenced<Result>(
  db: Database,
  lease: SiteLease,
  write: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (transaction) => {
    const rows = await transaction.execute(leaseRow(lease))
    if (rows.length === 0) {
      lease.lose()
      throw new LeaseLost(lease.siteId)
    }
    return write(transaction)
  })
}

function hasCode(error: unknown, code: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === code) return true
  return false
}
