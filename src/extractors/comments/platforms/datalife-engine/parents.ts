import { authorKey } from '../../../../normalise/author.ts'
import type { ListedComment } from './list.ts'
import type { Comment } from '../../platform.ts'

export interface ReadComment {
  readonly place: ListedComment
  readonly comment: Comment
  /** The comment's true depth, which its reply button tells to those who may reply. */
  readonly indent: number | null
}

/** Sites set the depth at which the engine stops nesting (usually 5 lists); above this level none does. */
const shallowestCap = 3

/**
 * Gives every comment its parent. In the deepest lists replies to replies may be printed as siblings, so
 * the markup's parent is a guess there: the reply button's depth or a quote of a sibling tells better.
 * An engine that prints nothing past its depth limit leaves nothing to guess. Without a tree, the only
 * edge is a quote that names the quoted comment.
 */
export function resolveParents(read: readonly ReadComment[], printsPastCap: boolean): Comment[] {
  if (read.every(({ place }) => place.list === null))
    return read.map(({ comment }) => withQuotedParent(comment))
  const deepest = read.reduce((level, { place }) => Math.max(level, place.level), 0)
  const isCapped = printsPastCap && deepest >= shallowestCap && !read.some(({ place }) => place.isUnlisted)
  const byId = new Map(read.map(({ comment }) => [comment.nativeId, comment]))
  const siblings = new Map<unknown, ReadComment[]>()
  return read.map((entry) => {
    const { list, level } = entry.place
    if (list === null) return entry.comment
    const earlier = siblings.get(list) ?? []
    siblings.set(list, earlier)
    const isGuess = isCapped && level === deepest
    const comment = amongSiblings(entry, earlier, isGuess, byId.get(entry.comment.parentNativeId ?? ''))
    earlier.push(entry)
    return comment
  })
}

function withQuotedParent(comment: Comment): Comment {
  const quoted = comment.quotes.find(
    ({ nativeId }) => nativeId !== null && isOlder(nativeId, comment.nativeId),
  )
  if (quoted !== undefined) return { ...comment, parentNativeId: quoted.nativeId }
  const isReply = comment.quotes.some(({ author, nativeId }) => author !== null && nativeId === null)
  return isReply ? { ...comment, parentConfidence: 'low' } : comment
}

/** Ids are given in order of time, so that a quoted comment always has the smaller one. */
function isOlder(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length
}

function amongSiblings(
  entry: ReadComment,
  earlier: readonly ReadComment[],
  isGuess: boolean,
  above: Comment | undefined,
): Comment {
  const { comment, indent, place } = entry
  if (place.isUnlisted) return { ...comment, parentConfidence: 'low' }
  const [first] = earlier
  if (first === undefined) return comment
  if (indent !== null && first.indent !== null) {
    const parent = earlier.findLast((sibling) => sibling.indent === indent - 1)
    return indent > first.indent && parent !== undefined
      ? { ...comment, parentNativeId: parent.comment.nativeId }
      : comment
  }
  if (!isGuess) return comment
  const isAnswerAbove = above !== undefined && isQuoteOf(comment, above)
  const hinted = isAnswerAbove ? null : quotedSibling(comment, earlier)
  return { ...comment, parentNativeId: hinted ?? comment.parentNativeId, parentConfidence: 'low' }
}

const comparedLetters = 40

/** Whether a comment quotes words of another, whose writer may have written siblings of it too. */
function isQuoteOf({ quotes }: Comment, other: Comment): boolean {
  return quotes.some(
    ({ nativeId, author, text }) =>
      nativeId === other.nativeId ||
      (nativeId === null && isBy(other, author) && other.bodyText.includes(text.slice(0, comparedLetters))),
  )
}

function quotedSibling({ quotes }: Comment, earlier: readonly ReadComment[]): string | null {
  for (const { nativeId, author } of quotes) {
    const sibling = earlier.findLast(
      ({ comment }) => comment.nativeId === nativeId || (nativeId === null && isBy(comment, author)),
    )
    if (sibling !== undefined) return sibling.comment.nativeId
  }
  return null
}

function isBy(comment: Comment, author: string | null): boolean {
  if (author === null) return false
  const key = authorKey('user', author)
  return comment.authorKey === key || authorKey('user', comment.authorName ?? '') === key
}
