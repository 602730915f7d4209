import { sql } from 'drizzle-orm'
import { EXTRACTOR_VERSION } from '../../extractors/version.ts'
import type { CommentCounts, PageToSave } from '../../store.ts'
import { noteStates, withdrawComments } from '../comment-states.ts'
import {
  type CommentRow,
  comments,
  insertComments,
  keepRevisions,
  placeComments,
  reserveCommentIds,
  updateComments,
} from '../comments.ts'
import type { Database } from '../client.ts'
import { type HeldComment, loadHeldComments } from '../held-comments.ts'
import { judge } from '../thread-extent.ts'
import { compareThread } from '../thread-changes.ts'
import { openThread, threads } from '../threads.ts'
import { compareReplayed, type ReplayedComments } from './replayed-comments.ts'
import { restoreFormerWords } from './restore-words.ts'

type ReplayedThread = NonNullable<PageToSave['thread']> & {
  readonly siteId: string
  readonly articleId: number
  /** When the newest of the answers was stored. */
  readonly seenAt: Date
}

/** Takes over what is read otherwise of a thread's stored answers: comments that were not read, and other words. */
export async function replayThread(db: Database, replay: ReplayedThread): Promise<CommentCounts> {
  const { siteId, articleId, thread, comments: read, seenAt } = replay
  const { platform, nativeId } = thread
  const { id: threadId, isNew } = await openThread(db, { siteId, articleId, platform, nativeId }, seenAt)
  const light = isNew ? [] : await loadHeldComments(db, threadId)
  const held = new Map(light.map((row) => [row.nativeId, row]))
  const rows = await loadRows(db, threadId, held.size === 0 ? [] : read.map((comment) => comment.nativeId))
  const replayed = compareReplayed(rows, read, seenAt)
  const fresh = read.filter((comment) => !held.has(comment.nativeId))
  const ids = await reserveCommentIds(db, fresh.length)
  const { inserts, placements } = compareThread(
    { threadId, articleId },
    withParents(held, replayed.rows),
    fresh,
    ids,
    seenAt,
  )
  await keepRevisions(db, replayed.revised)
  await insertComments(db, inserts)
  await noteStates(db, replayed.rows, 'platform', seenAt)
  await updateComments(db, replayed.rows)
  await placeComments(db, placements)
  await withdrawComments(db, replayed.withdrawn, 'platform', seenAt)
  await restoreFormerWords(db, replayed.misread)
  await confirmVersion(db, replayed.same)
  await settle(db, threadId, replay)
  return {
    new: inserts.length,
    edited: replayed.rows.length,
    removed: replayed.withdrawn.length,
    unchanged: read.length - inserts.length - replayed.rows.length - replayed.withdrawn.length,
  }
}

async function loadRows(
  db: Database,
  threadId: number,
  nativeIds: readonly string[],
): Promise<ReadonlyMap<string, CommentRow>> {
  if (nativeIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(comments)
    .where(
      sql`${comments.threadId} = ${threadId}
        and ${comments.nativeId} in (select json_array_elements_text(${JSON.stringify(nativeIds)}::json))`,
    )
  return new Map(rows.map((row) => [row.nativeId, row]))
}

/** What is held, with the parents that are read now. */
function withParents(
  held: ReadonlyMap<string, HeldComment>,
  rows: ReplayedComments['rows'],
): ReadonlyMap<string, HeldComment> {
  const all = new Map(held)
  for (const { nativeId, parentNativeId, publishedAt } of rows) {
    const before = all.get(nativeId)
    if (before !== undefined) all.set(nativeId, { ...before, parentNativeId, publishedAt })
  }
  return all
}

/** What is read as before was read by today's extractor. */
async function confirmVersion(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db.execute(sql`
    update comments set extractor_version = ${EXTRACTOR_VERSION}
    where id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))
      and extractor_version <> ${EXTRACTOR_VERSION}`)
}

/** A thread that could not be read in full, and now is, counts as complete; its checks stay where they were. */
async function settle(db: Database, threadId: number, { reading }: ReplayedThread): Promise<void> {
  const collected = sql`(select count(*)::int from comments c where c.thread_id = ${threadId} and c.state <> 'removed')`
  await db
    .update(threads)
    .set({ collectedCount: collected, extractorVersion: EXTRACTOR_VERSION })
    .where(
      sql`${threads.id} = ${threadId}
        and (${threads.collectedCount} <> ${collected} or ${threads.extractorVersion} <> ${EXTRACTOR_VERSION})`,
    )
  // What is not stored is not found.
  if (reading === null || reading.incomplete !== null || reading.isNotFound) return
  const { reportedCount, closed } = reading
  await db
    .update(threads)
    .set({ reportedCount, closed, ...judge(reading) })
    .where(
      sql`${threads.id} = ${threadId} and not ${threads.complete}
        and ${threads.incompleteReason} in ('not_found', 'interrupted', 'page_failed', 'unsupported', 'skipped')`,
    )
}
