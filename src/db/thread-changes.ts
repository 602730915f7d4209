import type { Comment } from '../extractors/comments/platform.ts'
import { buildTree, type TreePlace } from '../extractors/comments/tree.ts'
import type { Withdrawal } from './comment-states.ts'
import { commentHash, observationHash, REDACTED } from './comment-hashes.ts'
import { bestTime, commentRow } from './comment-row.ts'
import type { CommentRow, Placement } from './comments.ts'
import type { HeldComment } from './held-comments.ts'
import type { PartNeighbours } from './long-thread.ts'

/** What must be written so that the thread's rows say what was read. */
export interface ThreadChanges {
  readonly inserts: CommentRow[]
  /** Rows whose values are replaced, edited ones among them. */
  readonly updates: CommentRow[]
  /** Ids whose held version becomes a revision: their words changed. */
  readonly edited: number[]
  /** Held comments of which the platform itself now says that they are shown no longer; their words are kept. */
  readonly withdrawn: Withdrawal[]
  readonly unchanged: number
  /** Comments that only moved, because others came between. */
  readonly placements: Placement[]
}

export interface ThreadPlace {
  readonly threadId: number
  readonly articleId: number
}

type Held = ReadonlyMap<string, HeldComment>
type Change = 'new' | 'edited' | 'withdrawn' | 'observed' | 'same'

/**
 * Compares what was read of a thread with what is held of it.
 * @param read comments with distinct native ids, perhaps only a part of the thread.
 * @param newIds row ids for those that are not held, as many as there are.
 */
export function compareThread(
  place: ThreadPlace,
  held: Held,
  read: readonly Comment[],
  newIds: readonly number[],
  seenAt: Date,
): ThreadChanges {
  const ids = rowIds(held, read, newIds)
  const tree = placeAll(held, read)
  const changes = compareComments(place, held, read, seenAt, (nativeId) => rowPlace(nativeId, tree, ids))
  const written = new Set([...changes.inserts, ...changes.updates].map(({ nativeId }) => nativeId))
  const placements: Placement[] = []
  for (const row of held.values()) {
    const moved = rowPlace(row.nativeId, tree, ids)
    if (!written.has(row.nativeId) && !standsAt(row, moved)) placements.push(moved)
  }
  return { placements, ...changes }
}

/**
 * As `compareThread`, for a part of a long thread: what is held stays where it is, and new comments get a place that
 * is right for now.
 */
export function comparePart(
  place: ThreadPlace,
  { held, places }: PartNeighbours,
  read: readonly Comment[],
  newIds: readonly number[],
  seenAt: Date,
): ThreadChanges {
  const ids = rowIds(held, read, newIds)
  const placeOf = (nativeId: string): Placement => {
    const row = held.get(nativeId)
    if (row !== undefined) return row
    const id = ids.get(nativeId)
    const spot = places.get(nativeId)
    if (spot === undefined || id === undefined) throw new Error(`no place for ${nativeId}`)
    const { parentNativeId, rootNativeId, above, depth, position } = spot
    const isAbove = parentNativeId !== null && parentNativeId === above?.nativeId
    const parentId = parentNativeId === null ? null : isAbove ? above.id : (ids.get(parentNativeId) ?? null)
    return { id, parentId, rootId: above?.rootId ?? ids.get(rootNativeId) ?? id, depth, position }
  }
  return { ...compareComments(place, held, read, seenAt, placeOf), placements: [] }
}

function compareComments(
  place: ThreadPlace,
  held: Held,
  read: readonly Comment[],
  seenAt: Date,
  placeOf: (nativeId: string) => Placement,
): Omit<ThreadChanges, 'placements'> {
  const changes = {
    inserts: [] as CommentRow[],
    updates: [] as CommentRow[],
    edited: [] as number[],
    withdrawn: [] as Withdrawal[],
  }
  let unchanged = 0
  for (const comment of read) {
    const before = held.get(comment.nativeId)
    const change = changeOf(comment, before)
    if (change === 'same' || change === 'observed') unchanged++
    if (change === 'same') continue
    if (change === 'withdrawn' && before !== undefined && comment.state !== 'visible') {
      changes.withdrawn.push({ id: before.id, state: comment.state })
      continue
    }
    const row = commentRow(comment, before, change === 'edited', {
      seenAt,
      ...place,
      ...pickPlace(placeOf(comment.nativeId)),
    })
    if (before === undefined) changes.inserts.push(row)
    else changes.updates.push(row)
    if (change === 'edited') changes.edited.push(row.id)
  }
  return { unchanged, ...changes }
}

const pickPlace = ({ id, parentId, rootId, depth, position }: Placement): Placement => ({
  id,
  parentId,
  rootId,
  depth,
  position,
})

function changeOf(comment: Comment, before: HeldComment | undefined): Change {
  if (before === undefined) return 'new'
  if (isWithdrawn(comment)) {
    const isKnown = before.state === 'removed' || before.missingSince === null
    return comment.state === before.state && isKnown ? 'same' : 'withdrawn'
  }
  // What comes back after its words were let go is read anew, and no edit.
  if (before.contentHash === REDACTED) return 'observed'
  if (commentHash(comment) !== before.contentHash) return 'edited'
  return isSame(comment, before) ? 'same' : 'observed'
}

function isSame(comment: Comment, before: HeldComment): boolean {
  const time = bestTime(comment, before)
  return (
    comment.state === before.state &&
    before.missingSince === null &&
    observationHash(comment) === before.observed &&
    time.publishedPrecision === before.publishedPrecision &&
    time.publishedAt?.getTime() === before.publishedAt?.getTime()
  )
}

/** Without its words, whatever the page puts in their place. */
export const isWithdrawn = ({ state, bodyText, quotes }: Comment): boolean =>
  state === 'removed' || (state === 'withheld' && bodyText === '' && quotes.length === 0)

function rowIds(held: Held, read: readonly Comment[], newIds: readonly number[]): Map<string, number> {
  const ids = new Map([...held.values()].map((row) => [row.nativeId, row.id]))
  let next = 0
  for (const { nativeId } of read) {
    if (ids.has(nativeId)) continue
    const id = newIds[next++]
    if (id === undefined)
      throw new RangeError(`${newIds.length} row ids are too few for the thread's new comments`)
    ids.set(nativeId, id)
  }
  return ids
}

function placeAll(held: Held, read: readonly Comment[]): Map<string, TreePlace> {
  const nodes = new Map<string, Pick<HeldComment, 'nativeId' | 'parentNativeId' | 'publishedAt'>>(held)
  for (const comment of read) {
    const { publishedAt } = bestTime(comment, held.get(comment.nativeId))
    nodes.set(comment.nativeId, {
      nativeId: comment.nativeId,
      parentNativeId: comment.parentNativeId,
      publishedAt,
    })
  }
  return buildTree([...nodes.values()])
}

function rowPlace(nativeId: string, tree: Map<string, TreePlace>, ids: Map<string, number>): Placement {
  const spot = tree.get(nativeId)
  const id = ids.get(nativeId)
  const rootId = ids.get(spot?.rootNativeId ?? nativeId)
  if (spot === undefined || id === undefined || rootId === undefined)
    throw new Error(`no place for ${nativeId}`)
  const parentId = spot.parentNativeId === null ? null : (ids.get(spot.parentNativeId) ?? null)
  return { id, parentId, rootId, depth: spot.depth, position: spot.position }
}

function standsAt(row: HeldComment, place: Placement): boolean {
  return (
    row.parentId === place.parentId &&
    row.rootId === place.rootId &&
    row.depth === place.depth &&
    row.position === place.position
  )
}
