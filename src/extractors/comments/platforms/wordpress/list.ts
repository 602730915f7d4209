import type { AnyNode, Element } from 'domhandler'
import { prevElementSibling } from 'domutils'
import { isElement, isParent } from '../../../elements.ts'
import { hasClass } from '../../nodes.ts'

/** A comment's element and the comment that it answers, by the place in the markup. */
export interface CommentBox {
  /** Null where the theme prints no id around the comment. */
  id: string | null
  parent: CommentBox | null
  /** The parent that the id itself names, as wpDiscuz prints it; "0" for a root. */
  readonly namedParent: string | null
  readonly element: Element
}

const ids = /^(?:li-|div-|wpd-)?comm(?:ent)?-(\d+)(?:_(\d+))?$/
const boxTags: ReadonlySet<string> = new Set(['li', 'div', 'article', 'section', 'dd', 'tr'])
const itemClasses = ['comment', 'pingback', 'trackback']

interface Visit {
  readonly node: AnyNode
  readonly box: CommentBox | null
}

/**
 * Finds the comments of any theme: elements whose id is the comment's, or list items of the walker's
 * classes, each inside the one it answers. Replies that a theme prints beside their parent's item,
 * in a list of class `children`, belong to that item.
 */
export function listBoxes(roots: readonly AnyNode[]): readonly CommentBox[] {
  const found = new Map<Element, CommentBox>()
  const waiting: Visit[] = roots.map((node) => ({ node, box: null }))
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node } = visit
    if (!isParent(node) || (isElement(node) && isSidebar(node))) continue
    const box = isElement(node) ? boxAt(node, outerOf(node, visit.box, found), found) : visit.box
    pushLastFirst(waiting, node.children, box)
  }
  return withDepthClasses([...found.values()])
}

function pushLastFirst(waiting: Visit[], nodes: readonly AnyNode[], box: CommentBox | null): void {
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index]
    if (node !== undefined && isParent(node)) waiting.push({ node, box })
  }
}

/** Boxes of the latest comments anywhere on the site, by one of their classes or the id. */
const sidebarName = '(?:widget|recentcomments|recent-comments|wp-block-latest-comments)'
const sidebarClass = new RegExp(`(?<!\\S)${sidebarName}(?!\\S)`)
const sidebarId = new RegExp(`^${sidebarName}$`)

function isSidebar({ attribs: { id, class: names } }: Element): boolean {
  return (names !== undefined && sidebarClass.test(names)) || (id !== undefined && sidebarId.test(id))
}

function outerOf(
  element: Element,
  box: CommentBox | null,
  found: ReadonlyMap<Element, CommentBox>,
): CommentBox | null {
  if (!hasClass(element, 'children') && !isListInList(element)) return box
  const before = prevElementSibling(element)
  return (before === null ? undefined : found.get(before)) ?? box
}

const listTags: ReadonlySet<string> = new Set(['ul', 'ol'])

function isListInList({ name, parent }: Element): boolean {
  return listTags.has(name) && parent !== null && isElement(parent) && listTags.has(parent.name)
}

function boxAt(
  element: Element,
  outer: CommentBox | null,
  found: Map<Element, CommentBox>,
): CommentBox | null {
  if (!boxTags.has(element.name)) return outer
  const [, id = null, namedParent = null] = ids.exec(element.attribs['id'] ?? '') ?? []
  if (id === null && !isItem(element)) return outer
  if (id !== null && outer !== null && isSame(outer, id)) return outer
  const box = { id, parent: outer, namedParent, element }
  found.set(element, box)
  return box
}

function isItem(element: Element): boolean {
  return element.name === 'li' && itemClasses.some((name) => hasClass(element, name))
}

/** Themes print the id on the item, on a box in it, or on both; it is the item that holds the replies. */
function isSame(outer: CommentBox, id: string): boolean {
  outer.id ??= id
  return outer.id === id
}

/** A theme that prints replies flat still says how deep each is. */
function withDepthClasses(boxes: readonly CommentBox[]): readonly CommentBox[] {
  const latest: (CommentBox | undefined)[] = []
  for (const box of boxes) {
    const depth = Number(/(?:^|\s)depth-(\d{1,3})(?!\S)/.exec(box.element.attribs['class'] ?? '')?.[1] ?? 0)
    if (depth > 1) box.parent ??= latest[depth - 1] ?? null
    if (depth > 0) latest[depth] = box
  }
  return boxes
}
