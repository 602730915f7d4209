import { sql } from 'drizzle-orm'
import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import type { PrivacyKey } from '../privacy/privacy-key.ts'
import type { Database } from './client.ts'
import { moment } from './columns.ts'

/** Tells whether the key of the environment is the one that this database was begun with; holds no key. */
export const privacyKeys = pgTable('privacy_keys', {
  id: integer('id').primaryKey(),
  checkValue: text('check_value').notNull(),
  createdAt: moment('created_at').notNull(),
})

/** Whether a key is this database's: `new` when it had none yet. */
export async function matchKey(db: Database, key: PrivacyKey): Promise<'same' | 'new' | 'other'> {
  const [held] = await db.select().from(privacyKeys)
  if (held === undefined) return 'new'
  return held.checkValue === key.checkValue ? 'same' : 'other'
}

/** Remembers the first key. */
export async function rememberKey(db: Database, key: PrivacyKey, now: Date): Promise<void> {
  await db
    .insert(privacyKeys)
    .values({ id: 1, checkValue: key.checkValue, createdAt: now })
    .onConflictDoNothing()
}

export async function hasKey(db: Database): Promise<boolean> {
  const rows = await db
    .select({ id: privacyKeys.id })
    .from(privacyKeys)
    .where(sql`true`)
    .limit(1)
  return rows.length > 0
}
