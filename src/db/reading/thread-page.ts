import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { commentStates } from '../comment-states.ts'
import { commentRevisions, comments } from '../comments.ts'
import { groupBy } from './group-by.ts'

const shown = {
  id: comments.id,
  nativeId: comments.nativeId,
  parentId: comments.parentId,
  depth: comments.depth,
  position: comments.position,
  authorName: comments.authorName,
  authorDisplay: comments.authorDisplay,
  authorBadges: comments.authorBadges,
  publishedAt: comments.publishedAt,
  publishedPrecision: comments.publishedPrecision,
  bodyText: comments.bodyText,
  quotes: comments.quotes,
  likes: comments.likes,
  dislikes: comments.dislikes,
  score: comments.score,
  state: comments.state,
  isEdited: comments.isEdited,
  isPinned: comments.isPinned,
  isPicked: comments.isPicked,
  isPing: comments.isPing,
  revision: comments.revision,
  permalink: comments.permalink,
  firstSeenAt: comments.firstSeenAt,
  changedAt: comments.changedAt,
  missingSince: comments.missingSince,
  removedAt: comments.removedAt,
  redactedAt: comments.redactedAt,
}

type CommentColumns = Awaited<ReturnType<typeof readColumns>>[number]

/** A comment with all that is known of its life. */
export interface HeldComment extends CommentColumns {
  /** Former versions, newest first. */
  readonly versions: readonly Version[]
  /** Removals and returns, newest first. */
  readonly changes: readonly StateChange[]
}

export interface Version {
  readonly revision: number
  readonly bodyText: string
  readonly seenAt: Date
  readonly cause: 'site' | 'extractor'
}

export interface StateChange {
  readonly at: Date
  readonly state: string
  readonly evidence: string
}

/** A stretch of a thread in reading order, from behind a position on, with former versions and removals. */
export async function readThreadComments(
  db: Database,
  threadId: number,
  afterPosition: number,
  limit: number,
): Promise<HeldComment[]> {
  const rows = await readColumns(db, threadId, afterPosition, limit)
  const ids = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::json))`
  const [versions, changes] = await Promise.all([
    db
      .select({
        id: commentRevisions.commentId,
        revision: commentRevisions.revision,
        bodyText: commentRevisions.bodyText,
        seenAt: commentRevisions.seenAt,
        cause: commentRevisions.cause,
      })
      .from(commentRevisions)
      .where(sql`${commentRevisions.commentId} in ${ids}`)
      .orderBy(sql`${commentRevisions.revision} desc`),
    db
      .select({
        id: commentStates.commentId,
        at: commentStates.at,
        state: commentStates.state,
        evidence: commentStates.evidence,
      })
      .from(commentStates)
      .where(sql`${commentStates.commentId} in ${ids}`)
      .orderBy(sql`${commentStates.at} desc`),
  ])
  const [versionsOf, changesOf] = [groupBy(versions, ({ id }) => id), groupBy(changes, ({ id }) => id)]
  return rows.map((row) => ({
    ...row,
    versions: versionsOf.get(row.id) ?? [],
    changes: changesOf.get(row.id) ?? [],
  }))
}

async function readColumns(db: Database, threadId: number, afterPosition: number, limit: number) {
  // Whole rows of a long thread take longer to sort than to find again. An index on the position would have all
  // indexes written anew for every comment behind one that is inserted.
  const stretch = sql`(
    select id from comments where thread_id = ${threadId} and position > ${afterPosition}::bigint
    order by position, id limit ${limit})`
  return db
    .select(shown)
    .from(comments)
    .where(sql`${comments.id} in ${stretch}`)
    .orderBy(sql`${comments.position}, ${comments.id}`)
}
