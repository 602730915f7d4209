import type { Comment } from '../extractors/comments/platform.ts'
import { contentHash } from '../normalise/fingerprint.ts'

/** Stands for the hash of words that were let go. */
export const REDACTED = 'redacted'

/** Words, those too that were cut off, and quotes: what makes an edit. Scores, names and places are observations. */
export function commentHash(comment: Comment): string {
  return contentHash([
    comment.wholeHash ?? comment.bodyText,
    ...comment.quotes.flatMap((quote) => [quote.author, quote.text]),
  ])
}

/** What may change without an edit. */
export function observationHash(comment: Comment): string {
  const { bodyHtml, parentNativeId, parentConfidence, authorName, authorDisplay, authorKey, permalink } =
    comment
  const { likes, dislikes, score, isPing, isEdited, editedAt, isPinned, isPicked, authorBadges } = comment
  const counts = [likes, dislikes, score, isPing, isEdited, isPinned, isPicked].map(String)
  return contentHash([
    bodyHtml,
    parentNativeId,
    parentConfidence,
    authorName,
    authorDisplay,
    authorKey,
    permalink,
    ...counts,
    editedAt?.toISOString() ?? null,
    ...authorBadges,
  ]).slice(0, 16)
}
