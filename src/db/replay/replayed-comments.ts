import type { Comment } from '../../extractors/comments/platform.ts'
import { placeholderState } from '../../extractors/comments/placeholder.ts'
import { EXTRACTOR_VERSION } from '../../extractors/version.ts'
import type { Withdrawal } from '../comment-states.ts'
import { commentHash } from '../comment-hashes.ts'
import type { CommentRow } from '../comments.ts'
import { hashOfHeldWords } from '../held-words.ts'
import { bestTime, heldQuotes } from '../comment-row.ts'
import { isWithdrawn } from '../thread-changes.ts'
import { hasValues } from './same-values.ts'

/** What a replay makes of comments that are held. */
export interface ReplayedComments {
  /** Rows with the values that are read now. */
  readonly rows: CommentRow[]
  /** Ids of those rows whose words are read otherwise: the held version becomes a revision. */
  readonly revised: number[]
  /** Comments that turn out to be shown no longer. */
  readonly withdrawn: Withdrawal[]
  /** Ids of those of them whose held words are a notice, which was taken for the writer's. */
  readonly misread: number[]
  /** Ids of those that are read as before. */
  readonly same: number[]
}

/**
 * Compares what a stored page says of held comments with their rows. What is no longer shown, or was seen to change
 * after the page was stored, stays as it is; so do votes, which the page shows as they were then.
 */
export function compareReplayed(
  rows: ReadonlyMap<string, CommentRow>,
  read: readonly Comment[],
  seenAt: Date,
): ReplayedComments {
  const result: ReplayedComments = { rows: [], revised: [], withdrawn: [], misread: [], same: [] }
  for (const comment of read) {
    const row = rows.get(comment.nativeId)
    if (row === undefined || row.state !== 'visible' || row.changedAt > seenAt) continue
    if (isWithdrawn(comment) && comment.state !== 'visible') {
      result.withdrawn.push({ id: row.id, state: comment.state })
      if (placeholderState(row.bodyText) !== null) result.misread.push(row.id)
      continue
    }
    const values = { ...factsOf(comment, row), ...wordsOf(comment, row) }
    if (hasValues(row, values)) {
      result.same.push(row.id)
      continue
    }
    result.rows.push({ ...row, ...values, extractorVersion: EXTRACTOR_VERSION })
    if ('revision' in values) result.revised.push(row.id)
  }
  return result
}

/** Other words, unless there are none: a page that can't be read says nothing. */
function wordsOf(comment: Comment, row: CommentRow): Partial<CommentRow> {
  const contentHash = commentHash(comment)
  const isEmpty = comment.bodyText === '' && comment.quotes.length === 0
  if (contentHash === row.contentHash || (isEmpty && row.bodyText !== '')) return {}
  if (contentHash === hashOfHeldWords(row)) return {}
  const { bodyText, bodyHtml } = comment
  const revision = (row.revision ?? 1) + 1
  return {
    bodyText,
    bodyHtml,
    isCut: comment.wholeHash !== undefined,
    quotes: heldQuotes(comment),
    contentHash,
    revision,
    revisionCause: 'extractor',
  }
}

/** Who wrote it, when, and what it answers, as far as the page tells. */
function factsOf(comment: Comment, row: CommentRow): Partial<CommentRow> {
  const { authorName, authorDisplay, authorKey, permalink, publishedRaw, parentNativeId } = comment
  const { publishedAt, publishedPrecision } = row
  const time = bestTime(comment, { publishedAt, publishedPrecision })
  return {
    ...time,
    publishedRaw: time.publishedAt?.getTime() === publishedAt?.getTime() ? row.publishedRaw : publishedRaw,
    authorName: authorName ?? row.authorName,
    authorDisplay: authorDisplay ?? row.authorDisplay,
    authorKey: authorKey ?? row.authorKey,
    permalink: permalink ?? row.permalink,
    parentNativeId: parentNativeId ?? row.parentNativeId,
    parentConfidence: parentNativeId === null ? row.parentConfidence : comment.parentConfidence,
  }
}
