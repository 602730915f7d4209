import { type AnyNode, type Element, hasChildren, isTag, type ParentNode } from 'domhandler'
import { addedListMark } from './nesting.ts'

/** Where the engine put a comment. The elements still are in the page. */
export interface ListedComment {
  readonly id: string
  readonly parentId: string | null
  /** The list that holds the comment's item; null where the site prints no tree. */
  readonly list: ParentNode | null
  /** 0 in the outermost list. */
  readonly level: number
  /** The item was printed inside its parent's, without a list of its own. */
  readonly isUnlisted: boolean
  /** Around the comment's text. */
  readonly body: Element
  /** Around the comment, without its replies where the skin follows the engine. */
  readonly box: Element
}

interface Item {
  readonly id: string
  readonly parent: Item | null
  readonly level: number
  readonly element: Element
}

/** What a node is inside of. */
interface Visit {
  readonly node: AnyNode
  readonly item: Item | null
  readonly box: Element | null
}

const bodyId = /^comm-id-(\d+)$/
const boxId = /^comment-id-(\d+)$/
const itemId = /^comments-tree-item-(\d+)$/

/**
 * Finds the comments of a page by the ids that the engine itself prints, whatever the skin puts inside:
 * `comm-id-N` around the text, `comment-id-N` around the comment, `comments-tree-item-N` around the
 * comment and its replies. Items without a text are banners.
 */
export function listComments(roots: readonly AnyNode[]): ListedComment[] {
  const found = new Map<string, ListedComment>()
  const waiting: Visit[] = roots.map((node) => ({ node, item: null, box: null }))
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node } = visit
    if (!hasChildren(node)) continue
    const item = isTag(node) ? itemAt(node, visit.item) : visit.item
    const box = isTag(node) && boxId.test(idOf(node)) ? node : visit.box
    const id = isTag(node) ? bodyId.exec(idOf(node))?.[1] : undefined
    if (id !== undefined && isTag(node)) {
      if (!found.has(id)) found.set(id, listed(id, node, item, box))
    } else {
      for (const child of node.children.toReversed()) waiting.push({ node: child, item, box })
    }
  }
  return [...found.values()]
}

function idOf({ attribs }: Element): string {
  return attribs['id'] ?? ''
}

function itemAt(element: Element, outer: Item | null): Item | null {
  const id = itemId.exec(idOf(element))?.[1]
  if (id === undefined) return outer
  return { id, parent: outer, level: outer === null ? 0 : outer.level + 1, element }
}

function listed(id: string, body: Element, inner: Item | null, outerBox: Element | null): ListedComment {
  const ownBox = outerBox !== null && boxId.exec(idOf(outerBox))?.[1] === id ? outerBox : null
  if (inner === null || inner.id !== id) {
    const parentId = inner === null ? null : inner.id
    return { id, parentId, list: null, level: 0, isUnlisted: false, body, box: ownBox ?? boxAround(body) }
  }
  const { parent, level, element } = inner
  return {
    id,
    parentId: parent === null ? null : parent.id,
    list: element.parent,
    level,
    isUnlisted: isAdded(element.parent),
    body,
    box: ownBox ?? element,
  }
}

function isAdded(list: ParentNode | null): boolean {
  return list !== null && isTag(list) && list.attribs[addedListMark] !== undefined
}

/** For a skin that prints no id around the comment: the nearest element that holds more than the text. */
function boxAround(body: Element): Element {
  let box = body
  while (box.parent !== null && isTag(box.parent)) {
    const parent: Element = box.parent
    const others = parent.children.filter((child) => isTag(child) && child !== box)
    if (others.some((other) => isTag(other) && bodyId.test(idOf(other)))) return box
    box = parent
    if (others.length > 0) return box
  }
  return box
}
