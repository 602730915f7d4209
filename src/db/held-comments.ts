import { sql } from 'drizzle-orm'
import type { CommentState, TimePrecision } from '../extractors/comments/platform.ts'
import type { Database } from './client.ts'
import { comments } from './comments.ts'

/** What a pass must know of a comment that is held, to tell what changed. No texts: threads may be long. */
export interface HeldComment {
  readonly id: number
  readonly nativeId: string
  readonly parentNativeId: string | null
  readonly parentId: number | null
  readonly rootId: number
  readonly depth: number
  readonly position: number
  readonly authorKey: string | null
  readonly publishedAt: Date | null
  readonly publishedPrecision: TimePrecision | null
  readonly contentHash: string
  readonly observed: string
  readonly revision: number
  readonly state: CommentState
  readonly changedAt: Date
  readonly missingSince: Date | null
}

const heldColumns = {
  id: comments.id,
  nativeId: comments.nativeId,
  parentNativeId: comments.parentNativeId,
  parentId: comments.parentId,
  rootId: comments.rootId,
  depth: comments.depth,
  position: comments.position,
  authorKey: comments.authorKey,
  publishedAt: comments.publishedAt,
  publishedPrecision: comments.publishedPrecision,
  contentHash: comments.contentHash,
  observed: comments.observed,
  revision: comments.revision,
  state: comments.state,
  changedAt: comments.changedAt,
  missingSince: comments.missingSince,
}

/** @param nativeIds null: all of the thread's. */
export async function loadHeldComments(
  db: Database,
  threadId: number,
  nativeIds: readonly string[] | null = null,
): Promise<HeldComment[]> {
  const named =
    nativeIds === null
      ? sql``
      : sql` and ${comments.nativeId} in (select json_array_elements_text(${JSON.stringify(nativeIds)}::json))`
  return db
    .select(heldColumns)
    .from(comments)
    .where(sql`${comments.threadId} = ${threadId}${named}`)
}
