import { sql } from 'drizzle-orm'
import type { Comment } from '../extractors/comments/platform.ts'
import { buildTree, shapeTree } from '../extractors/comments/tree.ts'
import type { ThreadReading } from '../store.ts'
import type { Database } from './client.ts'
import { withdrawComments } from './comment-states.ts'
import { noteAbsence, placeComments, type Placement } from './comments.ts'
import { type HeldComment, loadHeldComments } from './held-comments.ts'
import { loadStanding, type StandingComments } from './standing-comments.ts'
import type { OpenedThread } from './threads.ts'

/*
 * A long thread comes in parts. Each part is written by itself, with a place that is right for what is held so far, so
 * that neither memory nor work grows with the thread. At the end of the reading all places are worked out once.
 */

/** What one part of a long thread is compared with: its own comments, and those that they answer. */
export interface PartNeighbours {
  /** By native id: the part's comments as they are held. */
  readonly held: ReadonlyMap<string, HeldComment>
  /** By native id: where new comments of the part stand for now. */
  readonly places: ReadonlyMap<string, ProvisionalPlace>
  /** The last position of the thread once the part is stored. */
  readonly lastPosition: number
}

/** A place among what is held already, or among the part itself. */
export interface ProvisionalPlace {
  readonly parentNativeId: string | null
  /** The held comment at or above which the branch goes on; null where its root is in the part. */
  readonly above: HeldComment | null
  readonly rootNativeId: string
  readonly depth: number
  readonly position: number
}

/** @param lastPosition of the thread so far; null where it is to be looked up, which reads all its comments. */
export async function loadNeighbours(
  db: Database,
  { id: threadId, lastPosition }: Pick<OpenedThread, 'id' | 'lastPosition'>,
  part: readonly Comment[],
): Promise<PartNeighbours> {
  const own = part.map(({ nativeId }) => nativeId)
  const answered = part.map(({ parentNativeId }) => parentNativeId).filter((id) => id !== null)
  const rows = await loadHeldComments(db, threadId, [...new Set([...own, ...answered])])
  const known = new Map(rows.map((row) => [row.nativeId, row]))
  const last = lastPosition ?? (await findLastPosition(db, threadId))
  // What is held stands where it stands: only the part's own comments are placed, below it.
  const roots = rows.map((row) => ({ ...row, parentNativeId: null }))
  const fresh = part.filter(({ nativeId }) => !known.has(nativeId))
  const places = new Map<string, ProvisionalPlace>()
  for (const [nativeId, place] of buildTree([...roots, ...fresh])) {
    if (known.has(nativeId)) continue
    const above = known.get(place.rootNativeId) ?? null
    const depth = place.depth + (above?.depth ?? 0)
    places.set(nativeId, { ...place, above, depth, position: last + places.size + 1 })
  }
  const owned = new Set(own)
  const held = new Map(rows.filter(({ nativeId }) => owned.has(nativeId)).map((row) => [row.nativeId, row]))
  return { held, places, lastPosition: last + places.size }
}

async function findLastPosition(db: Database, threadId: number): Promise<number> {
  const [row] = await db.execute<{ last: number }>(
    sql`select coalesce(max(position), 0) as last from comments where thread_id = ${threadId}`,
  )
  return row?.last ?? 0
}

/**
 * Puts all comments of a thread in their places once its reading has ended, and notes those that are absent.
 * @returns how many comments were found to be removed.
 */
export async function settleThread(
  db: Database,
  threadId: number,
  pass: { readonly reading: ThreadReading; readonly formerlyReported: number | null; readonly seenAt: Date },
): Promise<number> {
  const standing = await loadStanding(db, threadId, pass.seenAt)
  await placeComments(db, movedComments(standing))
  if (!provesAbsence(pass.reading, pass.formerlyReported, shownIn(standing))) return 0
  const absent = (presence: readonly string[]) =>
    standing.ids.filter((_, index) => {
      const isSeen = pass.reading.seen.has(standing.nativeIds[index] ?? '')
      return !isSeen && presence.includes(standing.presences[index] ?? '')
    })
  const second = absent(['missing'])
  await noteAbsence(db, absent(['shown', 'fresh']), pass.seenAt)
  await withdrawComments(
    db,
    second.map((id) => ({ id, state: 'removed' })),
    'absence',
    pass.seenAt,
  )
  return second.length
}

const shownIn = ({ presences }: StandingComments): number =>
  presences.reduce((count, presence) => count + Number(presence === 'shown'), 0)

/** Comments whose place is another than the one they stand at. */
function* movedComments(standing: StandingComments): Generator<Placement> {
  const { order, parents, roots, depths } = shapeTree(standing)
  for (const [before, index] of order.entries()) {
    const idAt = (place: number | undefined): number => standing.ids[place ?? -1] ?? 0
    const place = [idAt(parents[index]), idAt(roots[index]), depths[index] ?? 0, before + 1] as const
    const { parentIds, rootIds, depths: depthsHeld, positions } = standing
    const held = [parentIds, rootIds, depthsHeld, positions].map((column) => column[index])
    if (place.every((value, column) => value === held[column])) continue
    const [parentId, rootId, depth, position] = place
    yield { id: idAt(index), parentId: parentId === 0 ? null : parentId, rootId, depth, position }
  }
}

const MOST_GONE_AT_ONCE = 2

/**
 * Whether a comment that was not seen is gone, rather than unread: every page was read, and no more is missing
 * from what the site reports than before. Some sites never show all that they count (DataLife Engine leaves out
 * replies below its depth cap), and theirs are deleted too.
 * @param shown comments that were held before this pass, neither removed nor missed.
 */
export function provesAbsence(
  { incomplete, isPartial, reportedCount, seen }: ThreadReading,
  formerlyReported: number | null,
  shown: number,
): boolean {
  if (incomplete !== null || isPartial) return false
  // A whole thread that is gone at once, while nobody says that it is empty, is more likely one that we can't read.
  if (seen.size === 0 && reportedCount !== 0 && shown > MOST_GONE_AT_ONCE) return false
  const shortfall = (reportedCount ?? 0) - seen.size
  return shortfall <= Math.max(0, (formerlyReported ?? 0) - shown)
}
