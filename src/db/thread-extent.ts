import type { IncompleteReason } from '../extractors/comments/platform.ts'
import type { ThreadReading } from '../store.ts'
import type { OpenedThread } from './threads.ts'

/** The page, which was read for the article's sake, counts other comments than when the thread was last read. */
export const hasMoved = (
  { reportedCount: before }: OpenedThread,
  { reportedCount }: ThreadReading,
): boolean => before !== null && reportedCount !== null && reportedCount !== before

/** A thread is complete when all its pages were read and hold no fewer comments than the site reports. */
export function judge({ incomplete, reportedCount, seen }: ThreadReading) {
  const incompleteReason: IncompleteReason | null =
    incomplete ?? (reportedCount !== null && seen.size < reportedCount ? 'shortfall' : null)
  return { incompleteReason, complete: incompleteReason === null }
}

/** A reading in part has no say on what it did not reach; as far as it went, the counts added up. */
export function stillSo({ incompleteReason: before }: OpenedThread, { incomplete }: ThreadReading) {
  const incompleteReason = incomplete ?? before
  return { incompleteReason, complete: incompleteReason === null }
}

type Extent = Pick<OpenedThread, 'pageOrder' | 'fullCheckedAt' | 'partialChecks'>

/** When the thread was read in full, where that tells when it must be again. */
export function extentOf(reading: ThreadReading, before: Extent, seenAt: Date): Extent {
  const { pageOrder, fullCheckedAt, partialChecks } = before
  if (reading.isPartial) return { pageOrder, fullCheckedAt, partialChecks: partialChecks + 1 }
  // What was broken off proves nothing, and the next reading must be a full one.
  if (reading.incomplete !== null || reading.pageOrder === null) return unordered
  return { pageOrder: reading.pageOrder, fullCheckedAt: seenAt, partialChecks: 0 }
}

export const unordered: Extent = { pageOrder: null, fullCheckedAt: null, partialChecks: 0 }
