import { sql } from 'drizzle-orm'
import { pgTable, text } from 'drizzle-orm/pg-core'
import type { Database } from './client.ts'
import { moment } from './columns.ts'
import type { Attempt } from './patience.ts'
import { failpoint } from '../failpoint.ts'

export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  nextAllowedAt: moment('next_allowed_at'),
  retryAfterUntil: moment('retry_after_until'),
  /** When each of the turns that were given is over by itself: nobody may live to end it. */
  inFlight: moment('in_flight').array().notNull().default([]),
})

/** A process that dies within a request keeps its host shut for so long at the most. */
const TURN_SECONDS = 30

/**
 * The turns of all hosts, for all processes on the database and by its clock. Each is given by one statement that locks
 * the host's row, so that two never go where one may.
 * @param attempt does each.
 */
export function hostBook(db: Database, attempt: Attempt = (work) => work()) {
  return {
    turnSeconds: TURN_SECONDS,
    holdBackMs: async (host: string) => (await attempt(() => readWait(db, host))).holdBackMs,
    take: (wanted: WantedTurn) => attempt(() => takeTurn(db, wanted)),
    keep: async (host: string, ticket: string) => {
      const [row] = await attempt(() =>
        db.execute<{ ticket: string }>(sql`
          update hosts set in_flight = array_replace(in_flight, ${ticket}::timestamptz, ${end})
          where host = ${host} returning ${end}::text as ticket`),
      )
      return row?.ticket ?? ticket
    },
    end: async (host: string, ticket: string, gapMs: number) => {
      await attempt(() =>
        db.execute(sql`
          update hosts set in_flight = array_remove(in_flight, ${ticket}::timestamptz),
            next_allowed_at = greatest(next_allowed_at, ${fromNow(gapMs)})
          where host = ${host}`),
      )
    },
    holdBack: async (host: string, waitMs: number) => {
      await attempt(() =>
        db.execute(sql`
          insert into hosts as held (host, retry_after_until) values (${host}, ${fromNow(waitMs)})
          on conflict (host) do update
          set retry_after_until = greatest(held.retry_after_until, excluded.retry_after_until)`),
      )
    },
  }
}

interface WantedTurn {
  readonly host: string
  readonly gapMs: number
  readonly atOnce: number
}

type Turn =
  | { readonly isGiven: true; readonly ticket: string }
  | { readonly isGiven: false; readonly waitMs: number; readonly holdBackMs: number }

const fromNow = (milliseconds: number) => sql`(now() + ${milliseconds}::float8 * interval '1 millisecond')`
const end = fromNow(TURN_SECONDS * 1000)
const live = sql`array(select over from unnest(held.in_flight) as over where over > now())`

async function takeTurn(db: Database, { host, gapMs, atOnce }: WantedTurn): Promise<Turn> {
  const [given] = await db.execute<{ ticket: string }>(sql`
    insert into hosts as held (host, next_allowed_at, in_flight) values (${host}, ${fromNow(gapMs)}, array[${end}])
    on conflict (host) do update
    set next_allowed_at = excluded.next_allowed_at, in_flight = ${live} || excluded.in_flight
    where coalesce(held.next_allowed_at <= now(), true) and coalesce(held.retry_after_until <= now(), true)
      and cardinality(${live}) < ${atOnce}::int and not excluded.in_flight && held.in_flight
    returning ${end}::text as ticket`)
  failpoint('host-saved')
  if (given !== undefined) return { isGiven: true, ticket: given.ticket }
  const { waitMs, holdBackMs, inFlight } = await readWait(db, host)
  // A turn that is under way ends with the same distance to the next one.
  return { isGiven: false, waitMs: Math.max(waitMs, inFlight < atOnce ? 1 : gapMs), holdBackMs }
}

async function readWait(db: Database, host: string) {
  const [row] = await db.execute<{ wait: number; hold_back: number; in_flight: number }>(sql`
    select ${untilMs(sql`next_allowed_at`)} as wait, ${untilMs(sql`retry_after_until`)} as hold_back,
      cardinality(${live}) as in_flight
    from hosts as held where host = ${host}`)
  return { waitMs: row?.wait ?? 0, holdBackMs: row?.hold_back ?? 0, inFlight: row?.in_flight ?? 0 }
}

const untilMs = (moment: ReturnType<typeof sql>) =>
  sql`coalesce(greatest(ceil(extract(epoch from ${moment} - now()) * 1000), 0), 0)::float8`
