import { type ChildNode, Element, isTag, type ParentNode } from 'domhandler'
import { appendChild } from 'domutils'
import { type Selector, selector } from '../../../selector.ts'
import { detach, lineOf } from '../../nodes.ts'

/** Where themes put a comment's words, the surest first. */
const bodySelectors = [
  '.comment-content, [class*="-comment-content"]',
  '.wp-block-comment-content',
  '.wpd-comment-text',
  '[itemprop="text"], [itemprop="commentText"]',
  '.comment-text, .comment_text, .commenttext, [class*="comment__text"]',
  '.comment-entry, .comment_content, .commentcontent, [class*="comment__content"], [class*="comment__body"]',
  '.comment-body, .comment_body, .commentbody',
  '.format_text[id^="comment-body-"]',
].map(selector)

/** What a theme prints inside a body that is not the writer's: header, buttons, notices, shares. */
const apart = selector(
  '.comment-author, .comment-meta, [class*="-comment-meta"], .comment-metadata, .commentmetadata, .comment-header, .vcard, .fn, .says, ' +
    '[class*="comment__header"], [class*="comment__footer"], .comment-date, .comment-time, .comment-awaiting-moderation, ' +
    '.reply, .comment-reply, .comment-reply-link, .comment-reply-login, .edit-link, .comment-edit-link, ' +
    '.comment-like, .comment-like-link, [class*="comment-rating"], .comment-actions, .comment-footer, .comment-links, .comment-likes, .sharedaddy, .screen-reader-text, ' +
    '.avatar, .gravatar, img[src*="gravatar.com"], cite:has(a[href*="#comment-"]), time, form, script, style, noscript, button',
)

/** Whether a theme gives the words of a comment a name we know. */
export function hasKnownBody(element: Element): boolean {
  return firstOf(bodySelectors, element) !== null
}

/**
 * Takes the comment's words out of its element and leaves the header there, also where a theme prints
 * the header inside the body, or gives the words no box of their own.
 */
export function takeBody(element: Element): Element {
  const body = firstOf(bodySelectors, element) ?? paragraphsOf(element) ?? everythingIn(element)
  detach([body])
  const parts = new Set(apart.all(body))
  for (const part of parts) if (!isInside(part, parts)) appendChild(element, part)
  return body
}

function everythingIn(element: Element): Element {
  const body = new Element('div', {})
  for (const child of element.children.slice()) appendChild(body, child)
  return body
}

const paragraphs = selector('p')
const headerWords = /author|meta|date|time|reply|name|info|avatar|action|moderation/i

/**
 * The words of a theme that gives them no name we know: the box around all paragraphs, or, where that
 * holds the header too, what stands from the first of them to the last.
 */
function paragraphsOf(element: Element): Element | null {
  const found = paragraphs.all(element).filter((paragraph) => isWritten(paragraph, element))
  const [first] = found
  const last = found.at(-1)
  if (first === undefined || last === undefined) return null
  const box = boxAround(first, last)
  if (box === null) return null
  const children = box.children
  const start = children.findIndex((child) => isWithin(first, child))
  const end = children.findLastIndex((child) => isWithin(last, child))
  const before = children.slice(0, start)
  if (box !== element && !before.some((child) => isTag(child) && isHeader(child))) return box
  const body = new Element('div', {})
  for (const child of children.slice(start, end + 1)) appendChild(body, child)
  return body
}

function isWritten(paragraph: Element, element: Element): boolean {
  for (let outer: ParentNode | null = paragraph; outer !== null && outer !== element; outer = outer.parent) {
    if (isTag(outer) && headerWords.test(outer.attribs['class'] ?? '')) return false
  }
  return lineOf(paragraph) !== null
}

const headerTags: ReadonlySet<string> = new Set([
  'cite',
  'time',
  'b',
  'strong',
  'h3',
  'h4',
  'h5',
  'h6',
  'small',
  'header',
])
const headersBelow = selector(
  'cite, time, h3, h4, h5, h6, small, [class*="author"], [class*="date"], [class*="name"]',
)

function isHeader(child: Element): boolean {
  return (
    headerTags.has(child.name) ||
    headerWords.test(child.attribs['class'] ?? '') ||
    headersBelow.first(child) !== null
  )
}

/** The nearest element around both. */
function boxAround(first: Element, last: Element): Element | null {
  const around = new Set<ParentNode>()
  for (let outer = first.parent; outer !== null; outer = outer.parent) around.add(outer)
  for (let outer = last.parent; outer !== null; outer = outer.parent) {
    if (around.has(outer)) return isTag(outer) ? outer : null
  }
  return null
}

function isWithin(element: Element, outer: ChildNode): boolean {
  for (let node: ParentNode | null = element; node !== null; node = node.parent)
    if (node === outer) return true
  return false
}

function firstOf(selectors: readonly Selector[], element: Element): Element | null {
  for (const candidates of selectors) {
    const found = candidates.first(element)
    if (found !== null) return found
  }
  return null
}

function isInside({ parent }: Element, elements: ReadonlySet<Element>): boolean {
  for (let outer = parent; outer !== null && isTag(outer); outer = outer.parent) {
    if (elements.has(outer)) return true
  }
  return false
}
