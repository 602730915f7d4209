import type { Comment, IncompleteReason, Thread } from '../extractors/comments/platform.ts'
import type { CommentCounts, ThreadReading } from '../store.ts'
import {
  type HeldComment,
  insertComments,
  keepRevisions,
  loadHeldComments,
  noteAbsence,
  placeComments,
  reserveCommentIds,
  updateComments,
} from './comments.ts'
import type { Database } from './client.ts'
import { compareThread } from './thread-changes.ts'
import { closeThreadPass, type NewThread, openThread } from './threads.ts'

export interface ThreadToSave {
  readonly articleId: number
  readonly thread: Thread
  readonly comments: readonly Comment[]
  /** Null while more of the thread follows. */
  readonly reading: ThreadReading | null
  readonly seenAt: Date
  readonly nextCheck: (changedAt: Date, now: Date) => Date
}

/**
 * Makes the thread's rows say what was read, and ends the pass over it when `reading` is given.
 * Runs inside the page's transaction.
 */
export async function saveThread(db: Database, save: ThreadToSave) {
  const { articleId, thread, comments, reading, seenAt } = save
  const row = await openThread(
    db,
    { articleId, platform: thread.platform, nativeId: thread.nativeId },
    seenAt,
  )
  const rows = row.isNew ? [] : await loadHeldComments(db, row.id)
  const held = new Map(rows.map((comment) => [comment.nativeId, comment]))
  const written = await writeComments(db, { threadId: row.id, articleId }, held, comments, seenAt)
  if (reading === null) return { counts: written, outcome: null }

  const { incompleteReason, complete } = judge(reading)
  const removed = provesAbsence(reading, row.reportedCount, held)
    ? await noteMissing(db, held, reading.seen, seenAt)
    : 0
  const counts = { ...written, removed: written.removed + removed }
  const changed = counts.new + counts.edited + counts.removed > 0
  // What was broken off, by a signal say, goes on at the next pass.
  const nextCheckAt =
    incompleteReason === 'interrupted' ? seenAt : save.nextCheck(changed ? seenAt : row.changedAt, seenAt)
  await closeThreadPass(db, row.id, {
    reportedCount: reading.reportedCount,
    complete,
    incompleteReason,
    closed: reading.closed,
    changed,
    checkedAt: seenAt,
    nextCheckAt,
  })
  return { counts, outcome: { complete, incompleteReason } }
}

/** A thread of which nothing is held yet: its row, and its comments with ordinals in place of ids. */
export function newThread({ thread, comments, reading, seenAt, nextCheck }: Omit<ThreadToSave, 'articleId'>) {
  const ordinals = comments.map((_, index) => index + 1)
  const { inserts } = compareThread({ threadId: 0, articleId: 0 }, new Map(), comments, ordinals, seenAt)
  const { incompleteReason, complete } = reading === null ? unread : judge(reading)
  const row: NewThread = {
    platform: thread.platform,
    nativeId: thread.nativeId,
    reportedCount: reading?.reportedCount ?? null,
    collectedCount: inserts.filter(({ state }) => state !== 'removed').length,
    complete,
    incompleteReason,
    closed: reading?.closed ?? false,
    changedAt: seenAt,
    checkedAt: reading === null ? null : seenAt,
    nextCheckAt: incompleteReason === 'interrupted' ? seenAt : nextCheck(seenAt, seenAt),
  }
  const counts: CommentCounts = { new: inserts.length, edited: 0, removed: 0, unchanged: 0 }
  return { row, inserts, counts, outcome: reading === null ? null : { complete, incompleteReason } }
}

const unread = { incompleteReason: 'interrupted', complete: false } as const

async function writeComments(
  db: Database,
  place: { readonly threadId: number; readonly articleId: number },
  held: ReadonlyMap<string, HeldComment>,
  comments: readonly Comment[],
  seenAt: Date,
): Promise<CommentCounts> {
  const ids = await reserveCommentIds(db, comments.filter(({ nativeId }) => !held.has(nativeId)).length)
  const changes = compareThread(place, held, comments, ids, seenAt)
  await keepRevisions(db, changes.edited)
  await insertComments(db, changes.inserts)
  await updateComments(db, changes.updates)
  await placeComments(db, changes.placements)
  await noteAbsence(db, { first: [], second: changes.removed }, seenAt)
  return {
    new: changes.inserts.length,
    edited: changes.edited.length,
    removed: changes.removed.length,
    unchanged: changes.unchanged,
  }
}

/** A thread is complete when all its pages were read and hold no fewer comments than the site reports. */
function judge({ incomplete, reportedCount, seen }: ThreadReading) {
  const incompleteReason: IncompleteReason | null =
    incomplete ?? (reportedCount !== null && seen.size < reportedCount ? 'shortfall' : null)
  return { incompleteReason, complete: incompleteReason === null }
}

/**
 * Whether a comment that was not seen is gone, rather than unread: every page was read, and no more is missing
 * from what the site reports than before. Some sites never show all that they count (DataLife Engine leaves out
 * replies below its depth cap), and theirs are deleted too.
 */
function provesAbsence(
  { incomplete, reportedCount, seen }: ThreadReading,
  formerlyReported: number | null,
  held: ReadonlyMap<string, HeldComment>,
): boolean {
  if (incomplete !== null) return false
  const shown = [...held.values()].filter(
    ({ state, missingSince }) => state !== 'removed' && missingSince === null,
  )
  const shortfall = (reportedCount ?? 0) - seen.size
  return shortfall <= Math.max(0, (formerlyReported ?? 0) - shown.length)
}

/** @returns how many comments were found to be removed: absent in this complete pass and in an earlier one. */
async function noteMissing(
  db: Database,
  held: ReadonlyMap<string, HeldComment>,
  seen: ReadonlySet<string>,
  at: Date,
): Promise<number> {
  const absent = [...held.values()].filter(
    ({ nativeId, state }) => !seen.has(nativeId) && state !== 'removed',
  )
  const first = absent.filter(({ missingSince }) => missingSince === null).map(({ id }) => id)
  const second = absent.filter(({ missingSince }) => missingSince !== null).map(({ id }) => id)
  await noteAbsence(db, { first, second }, at)
  return second.length
}
