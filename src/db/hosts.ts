import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { HostBook, Turn, WantedTurn } from '../host-book.ts'
import type { Database, OpenDatabase } from './client.ts'
import { moment } from './columns.ts'
import type { Attempt } from './patience.ts'
import { hasEnded, thisSession } from './sessions.ts'
import { failpoint } from '../failpoint.ts'

export const hosts = pgTable('hosts', {
  host: text('host').primaryKey(),
  nextAllowedAt: moment('next_allowed_at'),
  retryAfterUntil: moment('retry_after_until'),
  /** The turns that were given, by ticket: when each is over by itself, and the session of who has it. */
  inFlight: jsonb('in_flight').notNull().default({}),
})

/** A process that stands still within a request keeps its host shut for so long at the most. */
const TURN_SECONDS = 30

/**
 * The turns of all hosts, for all processes on the database and by its clock. Each is given by one statement that locks
 * the host's row, so that two never go where one may; the turn of a process that died is over once its session is.
 * @param attempt does each.
 */
export function hostBook(
  { session }: Pick<OpenDatabase, 'session'>,
  attempt: Attempt = (work) => work(),
): HostBook {
  return {
    turnSeconds: TURN_SECONDS,
    holdBackMs: async (host) => (await attempt(() => readWait(session, host))).holdBackMs,
    take: (wanted) => {
      const ticket = randomUUID()
      return attempt(() => takeTurn(session, wanted, ticket))
    },
    keep: async (host, ticket) => {
      await attempt(() =>
        session.execute(sql`
          update hosts set in_flight = in_flight || ${turnOf(ticket)}
          where host = ${host} and in_flight ? ${ticket}::text`),
      )
    },
    end: async (host, ticket, gapMs) => {
      await attempt(() =>
        session.execute(sql`
          update hosts set in_flight = in_flight - ${ticket}::text,
            next_allowed_at = greatest(next_allowed_at, ${fromNow(gapMs)})
          where host = ${host}`),
      )
    },
    holdBack: async (host, waitMs) => {
      await attempt(() =>
        session.execute(sql`
          insert into hosts as held (host, retry_after_until) values (${host}, ${fromNow(waitMs)})
          on conflict (host) do update
          set retry_after_until = greatest(held.retry_after_until, excluded.retry_after_until)`),
      )
    },
  }
}

const fromNow = (milliseconds: number) => sql`(now() + ${milliseconds}::float8 * interval '1 millisecond')`

const turnOf = (ticket: string) => sql`jsonb_build_object(${ticket}::text, jsonb_build_object(
  'over', ${fromNow(TURN_SECONDS * 1000)},
  'session_pid', ${thisSession.pid}, 'session_started_at', ${thisSession.startedAt}))`

const sessionOfTurn = [
  sql`(turn->>'session_pid')::int`,
  sql`(turn->>'session_started_at')::timestamptz`,
] as const

const live = sql`(select coalesce(jsonb_object_agg(ticket, turn), '{}')
  from jsonb_each(held.in_flight) as given (ticket, turn)
  where (turn->>'over')::timestamptz > now() and not ${hasEnded(...sessionOfTurn)})`

const countLive = sql`(select count(*)::int from jsonb_object_keys(${live}))`

/** @param ticket asked for again, after the answer was lost say, it is given again. */
async function takeTurn(db: Database, { host, gapMs, atOnce }: WantedTurn, ticket: string): Promise<Turn> {
  const given = await db.execute(sql`
    insert into hosts as held (host, next_allowed_at, in_flight)
    values (${host}, ${fromNow(gapMs)}, ${turnOf(ticket)})
    on conflict (host) do update
    set next_allowed_at = excluded.next_allowed_at, in_flight = ${live} || excluded.in_flight
    where held.in_flight ? ${ticket}::text or (coalesce(held.next_allowed_at <= now(), true)
      and coalesce(held.retry_after_until <= now(), true) and ${countLive} < ${atOnce}::int)
    returning host`)
  failpoint('host-saved')
  if (given.length > 0) return { isGiven: true, ticket }
  const { waitMs, holdBackMs, inFlight } = await readWait(db, host)
  // A turn that is under way ends with the same distance to the next one.
  return { isGiven: false, waitMs: Math.max(waitMs, inFlight < atOnce ? 1 : gapMs), holdBackMs }
}

async function readWait(db: Database, host: string) {
  const [row] = await db.execute<{ wait: number; hold_back: number; in_flight: number }>(sql`
    select ${untilMs(sql`next_allowed_at`)} as wait, ${untilMs(sql`retry_after_until`)} as hold_back,
      ${countLive} as in_flight
    from hosts as held where host = ${host}`)
  return { waitMs: row?.wait ?? 0, holdBackMs: row?.hold_back ?? 0, inFlight: row?.in_flight ?? 0 }
}

const untilMs = (moment: ReturnType<typeof sql>) =>
  sql`coalesce(greatest(ceil(extract(epoch from ${moment} - now()) * 1000), 0), 0)::float8`
