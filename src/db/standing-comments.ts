import { sql } from 'drizzle-orm'
import type { Database } from './client.ts'

/**
 * How all comments of a thread stand in the database, in columns: an entry of each for one comment. Takes 100 bytes a
 * comment, where rows with their texts and hashes would take a thousand.
 */
export interface StandingComments {
  readonly ids: number[]
  readonly nativeIds: string[]
  readonly parentNativeIds: (string | null)[]
  /** Milliseconds since 1970; infinity where no time is known. */
  readonly times: number[]
  /** Row id of the parent; 0 for a root. */
  readonly parentIds: number[]
  readonly rootIds: number[]
  readonly depths: number[]
  readonly positions: number[]
  readonly presences: Presence[]
}

/** Whether a comment was held before this pass, and had been missed in a former one. */
type Presence = 'fresh' | 'shown' | 'missing' | 'removed'

interface Row {
  readonly [column: string]: unknown
  readonly id: string
  readonly native_id: string
  readonly parent_native_id: string | null
  readonly time: number | null
  readonly parent_id: string | null
  readonly root_id: string
  readonly depth: number
  readonly position: number
  readonly presence: Presence
}

const ROWS_AT_ONCE = 5000

/** @param seenAt moment of this pass: what was first seen then is fresh. */
export async function loadStanding(db: Database, threadId: number, seenAt: Date): Promise<StandingComments> {
  const standing: StandingComments = {
    ids: [],
    nativeIds: [],
    parentNativeIds: [],
    times: [],
    parentIds: [],
    rootIds: [],
    depths: [],
    positions: [],
    presences: [],
  }
  for (;;) {
    const last = standing.ids.at(-1) ?? 0
    const rows = await db.execute<Row & Record<string, unknown>>(sql`
      select id::text, native_id, parent_native_id, (extract(epoch from published_at) * 1000)::float8 as time,
        parent_id::text, root_id::text, depth, position,
        case when state = 'removed' then 'removed' when missing_since < ${seenAt.toISOString()}::timestamptz then 'missing'
          when first_seen_at >= ${seenAt.toISOString()}::timestamptz then 'fresh' else 'shown' end as presence
      from comments where thread_id = ${threadId} and id > ${last} order by comments.id limit ${sql.raw(String(ROWS_AT_ONCE))}`)
    for (const row of rows) append(standing, row)
    if (rows.length < ROWS_AT_ONCE) return standing
  }
}

function append(standing: StandingComments, row: Row): void {
  standing.ids.push(Number(row.id))
  standing.nativeIds.push(row.native_id)
  standing.parentNativeIds.push(row.parent_native_id)
  standing.times.push(row.time ?? Number.POSITIVE_INFINITY)
  standing.parentIds.push(Number(row.parent_id ?? 0))
  standing.rootIds.push(Number(row.root_id))
  standing.depths.push(row.depth)
  standing.positions.push(row.position)
  standing.presences.push(row.presence)
}
