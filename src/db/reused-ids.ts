import { sql } from 'drizzle-orm'
import type { Comment } from '../extractors/comments/platform.ts'
import type { Database } from './client.ts'
import { commentHash, REDACTED } from './comment-hashes.ts'
import { withdrawComments } from './comment-states.ts'
import type { HeldComment } from './held-comments.ts'
import { jsonBatches } from './json-rows.ts'
import { isWithdrawn } from './thread-changes.ts'

/** No clock that was taken for another zone's is as far off. */
const OTHER_TIME_HOURS = 36

/**
 * The held comments whose ids a site has given to others: another writer, another time and other words. One that
 * is renamed, edited or read by a wrong clock keeps one of them.
 */
export function reusedAmong(held: Iterable<HeldComment>, read: readonly Comment[]): HeldComment[] {
  const now = new Map(read.map((comment) => [comment.nativeId, comment]))
  return [...held].filter((before) => {
    const comment = now.get(before.nativeId)
    return comment !== undefined && isAnother(comment, before)
  })
}

function isAnother(comment: Comment, before: HeldComment): boolean {
  if (isWithdrawn(comment) || before.contentHash === REDACTED) return false
  if (comment.authorKey === null || before.authorKey === null || comment.authorKey === before.authorKey)
    return false
  if (comment.publishedAt === null || before.publishedAt === null) return false
  const apart = Math.abs(comment.publishedAt.getTime() - before.publishedAt.getTime())
  return apart > OTHER_TIME_HOURS * 3_600_000 && commentHash(comment) !== before.contentHash
}

/** Ends what was held under ids that stand for other comments now: it is removed, and makes way for a row of theirs. */
export async function setAside(db: Database, held: readonly HeldComment[], at: Date): Promise<void> {
  if (held.length === 0) return
  await withdrawComments(
    db,
    held.map(({ id }) => ({ id, state: 'removed' })),
    'reused',
    at,
  )
  for (const json of jsonBatches(held.map(({ id }) => id))) {
    await db.execute(sql`
      update comments set native_id = ${formerId} where id in (select value::bigint from json_array_elements_text(${json}::json))`)
  }
}

/** What a comment is known by whose id stands for another one. */
const formerId = sql`native_id || '~' || id`

/** That a comment `c` was set aside, for a query that looks for such. */
export const isSetAside = sql`right(c.native_id, length(c.id::text) + 1) = '~' || c.id`
