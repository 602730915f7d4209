import type { Comment, Thread } from '../extractors/comments/platform.ts'
import type { CommentCounts, RevisitPolicy, ThreadReading } from '../store.ts'
import { type ArticleVisit, noteVisit } from './article-checks.ts'
import {
  insertComments,
  keepRevisions,
  noteAbsence,
  placeComments,
  reserveCommentIds,
  updateComments,
} from './comments.ts'
import type { Database } from './client.ts'
import { noteStates, withdrawComments } from './comment-states.ts'
import { type HeldComment, loadHeldComments } from './held-comments.ts'
import { withTodaysHashes } from './held-words.ts'
import { reusedAmong, setAside } from './reused-ids.ts'
import { comparePart, compareThread, type ThreadChanges, type ThreadPlace } from './thread-changes.ts'
import { loadNeighbours, provesAbsence, settleThread } from './long-thread.ts'
import { makeThreadDue } from './revive-threads.ts'
import { extentOf, hasMoved, judge, stillSo } from './thread-extent.ts'
import { closeThreadPass, type OpenedThread, openThread, savePart } from './threads.ts'
import { readingOfHeld } from './unfound-thread.ts'
import { failpoint } from '../failpoint.ts'

export interface ThreadToSave {
  readonly siteId: string
  readonly articleId: number
  readonly thread: Thread
  readonly comments: readonly Comment[]
  /** Null while more of the thread follows. */
  readonly reading: ThreadReading | null
  readonly seenAt: Date
  /** When the article appeared. */
  readonly bornAt: Date
  readonly revisit: RevisitPolicy
  /** The one in which the page was read. */
  readonly visit: ArticleVisit
}

/**
 * Makes the thread's rows say what was read, and ends the pass over it when `reading` is given; takes down the visit to
 * its article. Runs inside the page's transaction.
 */
export async function saveThread(db: Database, save: ThreadToSave) {
  const { siteId, articleId, thread, seenAt, visit } = save
  const { platform, nativeId } = thread
  const row = await openThread(db, { siteId, articleId, platform, nativeId }, seenAt)
  const reading = save.reading === null ? null : await readingOfHeld(db, row, save.reading)
  // That nobody asked for its comments says nothing about a thread that is held.
  const isSkipped = reading?.incomplete === 'skipped' && !row.isNew
  if (isSkipped || row.articleNextCheckAt === null) await noteVisit(db, articleId, visit)
  if (isSkipped) {
    if (hasMoved(row, reading)) await makeThreadDue(db, row.id, seenAt)
    return { counts: nothing, outcome: null }
  }
  const { counts, fresh, lastPosition } = await writeComments(db, save, row, reading)
  const life = { ...lifeOf(save), pace: row.pace, fresh }
  const { nextCheckAt, pace } = save.revisit.thread(life, seenAt)
  if (reading === null) {
    await savePart(db, row.id, { pace, lastPosition }, visit)
    return { counts, outcome: null }
  }
  const { incompleteReason, complete } = reading.isPartial ? stillSo(row, reading) : judge(reading)
  const changed = counts.new + counts.edited + counts.removed > 0
  const ended = {
    reportedCount: reading.reportedCount,
    complete,
    incompleteReason,
    closed: reading.closed,
    changed,
    checkedAt: seenAt,
    // What was broken off, by a signal say, goes on at the next pass.
    nextCheckAt: incompleteReason === 'interrupted' ? seenAt : nextCheckAt,
    pace,
    ...extentOf(reading, row, seenAt),
  }
  await closeThreadPass(db, row.id, ended, visit)
  return { counts, outcome: { complete, incompleteReason, isPartial: reading.isPartial } }
}

/** What a thread's next check is worked out from, besides its comments. */
export const lifeOf = ({ bornAt, reading, thread }: Pick<ThreadToSave, 'bornAt' | 'reading' | 'thread'>) => ({
  bornAt,
  closed: reading?.closed ?? false,
  timezone: thread.timezone,
})

const nothing: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }

/** Of a longer thread not all comments are loaded at once. */
const LONG = 5000

interface Written {
  readonly comments: readonly Comment[]
  readonly seenAt: Date
}

function writeComments(
  db: Database,
  { articleId, comments, seenAt }: ThreadToSave,
  row: OpenedThread,
  reading: ThreadReading | null,
): Promise<Outcome> {
  const place = { threadId: row.id, articleId }
  const { reportedCount: formerlyReported, isNew } = row
  return reading !== null && comments.length === reading.seen.size && row.collectedCount <= LONG
    ? writeWhole(db, place, { comments, reading, formerlyReported, isNew, seenAt })
    : writePart(db, place, { comments, reading, row, seenAt })
}

/** A thread that is in hand from its first comment to its last. */
async function writeWhole(
  db: Database,
  place: ThreadPlace,
  save: Written & {
    readonly reading: ThreadReading
    readonly formerlyReported: number | null
    readonly isNew: boolean
  },
): Promise<Outcome> {
  const { comments, reading, formerlyReported, isNew, seenAt } = save
  const rows = isNew ? [] : await loadHeldComments(db, place.threadId)
  const reused = reusedAmong(rows, comments)
  await setAside(db, reused, seenAt)
  const held = new Map(rows.map((comment) => [comment.nativeId, comment]))
  for (const { nativeId } of reused) held.delete(nativeId)
  const ids = await reserveCommentIds(db, countNew(comments, held))
  const changes = compareThread(place, await withTodaysHashes(db, held, comments), comments, ids, seenAt)
  const counts = await writeChanges(db, changes, reused, seenAt)
  const fresh = publishedIn(changes.inserts, seenAt)
  const shown = rows.filter((comment) => comment.state !== 'removed' && !wasMissing(comment, seenAt)).length
  const outcome = { counts, fresh, lastPosition: null }
  if (!provesAbsence(reading, formerlyReported, shown)) return outcome
  const removed = counts.removed + (await noteMissing(db, held, reading.seen, seenAt))
  return { ...outcome, counts: { ...counts, removed } }
}

/** A part of a long thread; with its last part the whole of it is put in place. */
async function writePart(
  db: Database,
  place: ThreadPlace,
  save: Written & { readonly reading: ThreadReading | null; readonly row: OpenedThread },
): Promise<Outcome> {
  const { comments, reading, row, seenAt } = save
  const standing = await loadNeighbours(db, row, comments)
  const reused = reusedAmong(standing.held.values(), comments)
  await setAside(db, reused, seenAt)
  const neighbours = reused.length === 0 ? standing : await loadNeighbours(db, row, comments)
  const ids = await reserveCommentIds(db, countNew(comments, neighbours.held))
  const known = { ...neighbours, held: await withTodaysHashes(db, neighbours.held, comments) }
  const changes = comparePart(place, known, comments, ids, seenAt)
  const counts = await writeChanges(db, changes, reused, seenAt)
  const outcome = { counts, fresh: publishedIn(changes.inserts, seenAt), lastPosition: known.lastPosition }
  if (reading === null) return outcome
  const pass = { reading, formerlyReported: row.reportedCount, seenAt }
  const removed = await settleThread(db, row.id, pass)
  return { ...outcome, counts: { ...counts, removed: counts.removed + removed } }
}

interface Outcome {
  readonly counts: CommentCounts
  /** When the comments were published that were not held before. */
  readonly fresh: readonly Date[]
  /** Of a thread that was written in part; null where that plays no part. */
  readonly lastPosition: number | null
}

/** A comment without a time is as old as our knowledge of it. */
export const publishedIn = (
  inserts: readonly { readonly publishedAt?: Date | null | undefined }[],
  seenAt: Date,
): Date[] => inserts.map(({ publishedAt }) => publishedAt ?? seenAt)

const countNew = (comments: readonly Comment[], held: ReadonlyMap<string, HeldComment>): number =>
  comments.filter(({ nativeId }) => !held.has(nativeId)).length

async function writeChanges(
  db: Database,
  changes: ThreadChanges,
  reused: readonly HeldComment[],
  seenAt: Date,
): Promise<CommentCounts> {
  await keepRevisions(db, changes.edited)
  failpoint('revisions-written')
  await insertComments(db, changes.inserts)
  failpoint('comments-inserted')
  await noteStates(db, changes.updates, 'shown', seenAt)
  await updateComments(db, changes.updates)
  await placeComments(db, changes.placements)
  await withdrawComments(db, changes.withdrawn, 'platform', seenAt)
  return {
    new: changes.inserts.length,
    edited: changes.edited.length,
    removed: changes.withdrawn.length + reused.length,
    unchanged: changes.unchanged,
  }
}

/** Missed by a pass before the one at this moment, which may be saved again when its answer was lost. */
const wasMissing = ({ missingSince }: HeldComment, at: Date): boolean =>
  missingSince !== null && missingSince < at

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
  const first = absent.filter((comment) => !wasMissing(comment, at)).map(({ id }) => id)
  const second = absent.filter((comment) => wasMissing(comment, at))
  await noteAbsence(db, first, at)
  await withdrawComments(
    db,
    second.map(({ id }) => ({ id, state: 'removed' })),
    'absence',
    at,
  )
  return second.length
}
