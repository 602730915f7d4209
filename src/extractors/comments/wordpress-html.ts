import type { CheerioAPI } from 'cheerio'
import type { Element } from 'domhandler'
import { detach } from './nodes.ts'
import type { Comment } from './platform.ts'
import { readComment, type Reading } from './wordpress-comment.ts'
import { type CommentBox, listBoxes } from './wordpress-list.ts'
import { ownPaths, pathOf } from './wordpress-page.ts'

export interface PageComments {
  readonly comments: readonly Comment[]
  /** Replies past the site's depth limit may be printed as siblings, so that parents are guesses. */
  readonly isCapped: boolean
}

interface OwnPages {
  readonly articleUrl: string
  readonly paths: ReadonlySet<string>
}

interface Placed {
  readonly id: string
  readonly parentId: string | null
  readonly depth: number
  readonly takesReplies: boolean
  readonly element: Element
}

/** The comments that a page of the article shows as HTML, in the page's order. Changes the page. */
export function readComments(reading: Reading): PageComments {
  const { $ } = reading
  const boxes = listBoxes($.root().toArray())
  const own = { articleUrl: reading.articleUrl, paths: ownPaths($, reading.articleUrl) }
  detach(boxes.map(({ element }) => element))
  for (const box of boxes) box.id ??= idInside($, box.element)
  const placed = placeBoxes($, boxes).filter(({ id, element }) => isOwn($, element, id, own))
  const guessed = guessedParents(placed)
  const comments = placed
    .filter(({ element }) => !isPending($, element))
    .map(({ id, parentId, element }) => {
      const parentConfidence = guessed.has(id) ? 'low' : 'high'
      return readComment({ nativeId: id, parentNativeId: parentId, parentConfidence }, element, reading)
    })
  return { comments, isCapped: guessed.size > 0 }
}

function isPending($: CheerioAPI, element: Element): boolean {
  return $(element).find('.comment-awaiting-moderation').length > 0
}

function idInside($: CheerioAPI, element: Element): string | null {
  const button = $(element).find('[data-commentid]').attr('data-commentid')
  const anchor = /#comment-(\d+)$/.exec($(element).find('a[href*="#comment-"]').attr('href') ?? '')?.[1]
  return button ?? anchor ?? null
}

/** A list of the latest comments elsewhere on the site looks the same, but its links lead elsewhere. */
function isOwn($: CheerioAPI, element: Element, id: string, own: OwnPages): boolean {
  const fragment = new RegExp(`#(?:li-|div-)?comment-${id}$`)
  const links = $(element).find('a[href]').toArray()
  const permalinks = links.map(({ attribs }) => attribs['href'] ?? '').filter((href) => fragment.test(href))
  return permalinks.every((href) => href.startsWith('#') || own.paths.has(pathOf(href, own.articleUrl) ?? ''))
}

function placeBoxes($: CheerioAPI, boxes: readonly CommentBox[]): Placed[] {
  const placed = new Map<string, Placed>()
  for (const { id, parent, namedParent, element } of boxes) {
    if (id === null || placed.has(id)) continue
    const parentId = namedParent === null ? (parent?.id ?? null) : namedParent === '0' ? null : namedParent
    const depth = parentId === null ? 0 : (placed.get(parentId)?.depth ?? 0) + 1
    placed.set(id, { id, parentId, depth, takesReplies: takesReplies($, element), element })
  }
  return [...placed.values()]
}

function takesReplies($: CheerioAPI, element: Element): boolean {
  return (
    $(element).find('.comment-reply-link, .comment-reply-login, .wpd-reply-button, [class*="reply"] a')
      .length > 0
  )
}

/** The depth limit of a new WordPress, counted from 0. */
const usualCap = 4

/**
 * The comments whose parent is a guess. At the depth limit there is no reply button, and replies that
 * were made all the same stand beside their parent, so that only the first of a list is certain.
 */
function guessedParents(placed: readonly Placed[]): ReadonlySet<string> {
  const deepest = placed.reduce((depth, comment) => Math.max(depth, comment.depth), 0)
  const atDeepest = placed.filter(({ depth }) => depth === deepest)
  const buttons = placed.some(({ takesReplies: takes }) => takes)
  const isCapped = buttons ? !atDeepest.some(({ takesReplies: takes }) => takes) : deepest >= usualCap
  if (deepest === 0 || !isCapped) return new Set()
  const parents = new Set<string | null>()
  const later = atDeepest.filter(({ parentId }) => parents.has(parentId) || !parents.add(parentId))
  return new Set(later.map(({ id }) => id))
}
