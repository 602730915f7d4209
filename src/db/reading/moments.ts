import { type SQL, sql } from 'drizzle-orm'

/** A moment as a parameter. */
export const moment = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`

/** Unix milliseconds of a column, for rows that the driver hands over as they are. */
export const milliseconds = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`

export const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))
