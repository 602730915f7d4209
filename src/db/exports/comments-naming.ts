import { sql } from 'drizzle-orm'
import { namesWith, replaceNames } from '../../privacy/names-in-text.ts'
import { apostropheForms, nameKey } from '../../privacy/privacy-key.ts'
import type { Database } from '../client.ts'
import { holds } from '../erasure/erase-words.ts'

/** Texts in hand at once. */
const BATCH = 2000

/**
 * The comments whose words name somebody, by the rule that erasing goes by: whole words, as no database tells them apart.
 * Somebody called Max is not named by "the maximum".
 */
export async function commentsNaming(db: Database, names: readonly string[]): Promise<number[]> {
  const tellable = names.filter((name) => nameKey(name) !== '')
  const wanted = namesWith(new Map(tellable.flatMap(apostropheForms).map((name) => [name, ''])))
  const found: number[] = []
  for (let after = 0; ;) {
    const rows = await db.execute<{ id: number; text: string }>(sql`
      select c.id::float8 as id, c.body_text as text from comments c
      where c.id > ${after} and ${holds(sql`c.body_text`, tellable)} order by c.id limit ${BATCH}`)
    for (const { id, text } of rows) if (replaceNames(text, wanted) !== text) found.push(id)
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return found
    after = last.id
  }
}
