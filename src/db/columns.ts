import { bigint, customType, text, timestamp } from 'drizzle-orm/pg-core'

/** Column types that every table shares. Times are UTC; ids are numbers (2^53 rows are enough). */
export const identity = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const reference = (name: string) => bigint(name, { mode: 'number' })

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** Who made a version differ from the one before it: the site, or our reading of the same bytes. */
export type RevisionCause = 'site' | 'extractor'

export const revisionCause = (name: string) => text(name).$type<RevisionCause>().notNull().default('site')
