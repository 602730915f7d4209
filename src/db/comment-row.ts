import type { Comment, TimePrecision } from '../extractors/comments/platform.ts'
import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import { commentHash, observationHash } from './comment-hashes.ts'
import type { CommentRow, HeldQuote, Placement } from './comments.ts'
import type { HeldComment } from './held-comments.ts'
import type { ThreadPlace } from './thread-changes.ts'

const rank: Record<TimePrecision, number> = { relative: 0, day: 1, minute: 2, second: 3 }

type KnownTime = Pick<HeldComment, 'publishedAt' | 'publishedPrecision'>

/** A time once known is only replaced by a better one: "2 hours ago" gives another answer each time. */
export function bestTime(comment: Comment, before: KnownTime | undefined): KnownTime {
  const read = { publishedAt: comment.publishedAt, publishedPrecision: comment.publishedPrecision }
  if (before === undefined || before.publishedPrecision === null) return read
  const known = { publishedAt: before.publishedAt, publishedPrecision: before.publishedPrecision }
  if (read.publishedPrecision === null || read.publishedPrecision === 'relative') return known
  return rank[read.publishedPrecision] >= rank[before.publishedPrecision] ? read : known
}

export const heldQuotes = ({ quotes }: Comment): HeldQuote[] =>
  quotes.map(({ author, text, nativeId }) => ({ author, text, native_id: nativeId }))

export type RowPlace = ThreadPlace & Placement & { readonly seenAt: Date }

/** Key by key, for copying objects into one another took as long as all else that is done with a comment. */
export function commentRow(
  comment: Comment,
  before: HeldComment | undefined,
  isEdit: boolean,
  { threadId, articleId, id, parentId, rootId, depth, position, seenAt }: RowPlace,
): CommentRow {
  const { publishedAt, publishedPrecision } = bestTime(comment, before)
  return {
    id,
    threadId,
    articleId,
    nativeId: comment.nativeId,
    parentId,
    parentNativeId: comment.parentNativeId,
    rootId,
    depth,
    position,
    authorName: comment.authorName,
    authorDisplay: comment.authorDisplay,
    authorKey: comment.authorKey,
    publishedAt,
    publishedPrecision,
    publishedRaw: comment.publishedRaw,
    bodyText: comment.bodyText,
    bodyHtml: comment.bodyHtml,
    quotes: heldQuotes(comment),
    likes: comment.likes,
    dislikes: comment.dislikes,
    score: comment.score,
    state: comment.state,
    isCut: comment.wholeHash !== undefined,
    isEdited: comment.isEdited,
    editedAt: comment.editedAt,
    isPinned: comment.isPinned,
    isPicked: comment.isPicked,
    authorBadges: [...comment.authorBadges],
    isPing: comment.isPing,
    parentConfidence: comment.parentConfidence,
    contentHash: commentHash(comment),
    revision: (before?.revision ?? 1) + (isEdit ? 1 : 0),
    revisionCause: 'site',
    permalink: comment.permalink,
    observed: observationHash(comment),
    firstSeenAt: seenAt,
    changedAt: before === undefined || isEdit ? seenAt : before.changedAt,
    missingSince: null,
    removedAt: comment.state === 'removed' ? seenAt : null,
    redactedAt: null,
    extractorVersion: EXTRACTOR_VERSION,
  }
}
