import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import type { CommentCounts } from '../store.ts'
import { lifeOf, publishedIn, type ThreadToSave } from './save-thread.ts'
import { compareThread } from './thread-changes.ts'
import { extentOf, judge, unordered } from './thread-extent.ts'
import type { NewThread } from './threads.ts'

/** A thread of which nothing is held yet: its row, and its comments with ordinals in place of ids. */
export function newThread(save: Omit<ThreadToSave, 'siteId' | 'articleId' | 'visit'>) {
  const { thread, comments, reading, seenAt } = save
  const ordinals = comments.map((_, index) => index + 1)
  const { inserts } = compareThread({ threadId: 0, articleId: 0 }, new Map(), comments, ordinals, seenAt)
  const { incompleteReason, complete } = reading === null ? unread : judge(reading)
  const life = { pace: null, fresh: publishedIn(inserts, seenAt), ...lifeOf(save) }
  const { nextCheckAt, pace } = save.revisit.thread(life, seenAt)
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
    nextCheckAt: incompleteReason === 'interrupted' ? seenAt : nextCheckAt,
    pace,
    ...(reading === null ? unordered : extentOf(reading, unordered, seenAt)),
    announcedCount: null,
    lastPosition: reading === null ? inserts.length : null,
    extractorVersion: EXTRACTOR_VERSION,
  }
  const counts: CommentCounts = { new: inserts.length, edited: 0, removed: 0, unchanged: 0 }
  const outcome = reading === null ? null : { complete, incompleteReason, isPartial: false }
  return { row, inserts, counts, outcome }
}

const unread = { incompleteReason: 'interrupted', complete: false } as const
