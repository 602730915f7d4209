import type { Element } from 'domhandler'
import { selector } from '../../../selector.ts'
import { detach, joinDefinitions } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'
import { isPingback, readComment, type Reading } from './comment.ts'
import { type CommentBox, listBoxes } from './list.ts'
import { type Entry, entriesOf } from '../../sections/section.ts'
import type { OwnPages } from './page.ts'
import { hasKnownBody } from './words.ts'

export interface PageComments {
  readonly comments: readonly Comment[]
  /** Replies past the site's depth limit may be printed as siblings, so that parents are guesses. */
  readonly isCapped: boolean
}

interface Placed {
  readonly id: string
  readonly parentId: string | null
  readonly depth: number
  readonly takesReplies: boolean
  readonly element: Element
}

/** The comments that a page of the article shows as HTML, in the page's order. Changes the page. */
export function readComments(reading: Reading, own: OwnPages): PageComments {
  joinDefinitions(terms.all(reading.document))
  const boxes = listBoxes([reading.document])
  detach(boxes.map(({ element }) => element))
  for (const box of boxes) box.id ??= idInside(box.element)
  const placed = placeBoxes(boxes).filter(({ id, element }) => isOwn(element, id, own))
  const guessed = guessedParents(placed)
  const shown = placed.filter(({ element }) => pending.first(element) === null)
  const entries = entriesByElement(
    shown.map(({ element }) => element),
    reading,
  )
  const comments = shown.map(({ id, parentId, element }) => {
    const parentConfidence = guessed.has(id) ? 'low' : 'high'
    return readComment(
      { nativeId: id, parentNativeId: parentId, parentConfidence },
      element,
      reading,
      entries.get(element) ?? null,
    )
  })
  return { comments, isCapped: guessed.size > 0 }
}

/** Of a theme that has no name we know for the words: what the comments' like places tell of writer, date and words. */
function entriesByElement(elements: readonly Element[], reading: Reading): ReadonlyMap<Element, Entry> {
  if (elements.some(hasKnownBody)) return new Map()
  const written = elements.filter((element) => !isPingback(element))
  const entries = entriesOf(written, written, reading)
  return new Map(
    entries
      .filter(({ author, date }) => author !== null && date !== null)
      .map((entry) => [entry.box.element, entry]),
  )
}

const terms = selector('dt[id^="comment-"]')

const pending = selector('.comment-awaiting-moderation')
const buttons = selector('[data-commentid]')
const anchors = selector('a[href*="#comment-"]')

function idInside(element: Element): string | null {
  const button = buttons.first(element)?.attribs['data-commentid']
  const anchor = /#comment-(\d+)$/.exec(anchors.first(element)?.attribs['href'] ?? '')?.[1]
  return button ?? anchor ?? null
}

/** A list of the latest comments elsewhere on the site looks the same, but its links lead elsewhere. */
function isOwn(element: Element, id: string, own: OwnPages): boolean {
  const endings = ['#', '#li-', '#div-'].map((start) => `${start}comment-${id}`)
  return links.all(element).every(({ attribs: { href = '' } }) => {
    const isPermalink = endings.some((ending) => href.endsWith(ending))
    return !isPermalink || href.startsWith('#') || own.has(href)
  })
}

const links = selector('a[href]')

function placeBoxes(boxes: readonly CommentBox[]): Placed[] {
  const placed = new Map<string, Placed>()
  for (const { id, parent, namedParent, element } of boxes) {
    if (id === null || placed.has(id)) continue
    const parentId = namedParent === null ? (parent?.id ?? null) : namedParent === '0' ? null : namedParent
    const depth = parentId === null ? 0 : (placed.get(parentId)?.depth ?? 0) + 1
    placed.set(id, { id, parentId, depth, takesReplies: replyButtons.first(element) !== null, element })
  }
  return [...placed.values()]
}

const replyButtons = selector(
  '.comment-reply-link, .comment-reply-login, .wpd-reply-button, [class*="reply"] a',
)

/** The depth limit of a new WordPress, counted from 0. */
const usualCap = 4

/**
 * The comments whose parent is a guess. At the depth limit there is no reply button, and replies that
 * were made all the same stand beside their parent, so that only the first of a list is certain.
 */
function guessedParents(placed: readonly Placed[]): ReadonlySet<string> {
  const deepest = placed.reduce((depth, comment) => Math.max(depth, comment.depth), 0)
  const atDeepest = placed.filter(({ depth }) => depth === deepest)
  const hasButtons = placed.some(({ takesReplies: takes }) => takes)
  const isCapped = hasButtons ? !atDeepest.some(({ takesReplies: takes }) => takes) : deepest >= usualCap
  if (deepest === 0 || !isCapped) return new Set()
  const parents = new Set<string | null>()
  const later = atDeepest.filter(({ parentId }) => parents.has(parentId) || !parents.add(parentId))
  return new Set(later.map(({ id }) => id))
}
