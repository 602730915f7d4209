/** Set on the lists that are not in the page: what they hold was printed inside an item, without a list. */
export const addedListMark = 'data-added'

interface Tag {
  readonly start: number
  readonly end: number
  readonly isClosing: boolean
  readonly isList: boolean
  readonly isTree: boolean
}

/** The items of one list, in the order of their tags. */
interface List {
  readonly isTree: boolean
  readonly items: Tag[]
}

export interface NestedMarkup {
  readonly html: string
  /** The engine (10.5) left items of a list open. It prints no reply past its depth limit. */
  readonly hasOpenItems: boolean
}

/**
 * Past its depth limit the engine (13.3) prints replies as items inside their parent's item, with no
 * list around them. A parser ends an item where the next begins, and takes the left-over end tags for
 * those of the items around. So such items get the list that they lack. In a list where most items
 * are not closed at all (10.5), an item after an item is a sibling, and the parser is right.
 */
export function withNestedLists(html: string): NestedMarkup {
  if (!html.includes('comments-tree-item')) return { html, hasOpenItems: false }
  const edits = new Map<Tag, string>()
  const lists = listsIn(html).filter(({ isTree }) => isTree)
  for (const { items } of lists) if (closingIn(items) * 2 === items.length) editItems(items, html, edits)
  let position = 0
  const pieces: string[] = []
  for (const [tag, replacement] of [...edits].toSorted(([a], [b]) => a.start - b.start)) {
    pieces.push(html.slice(position, tag.start), replacement)
    position = tag.end
  }
  return {
    html: pieces.join('') + html.slice(position),
    hasOpenItems: lists.some(({ items }) => closingIn(items) * 2 < items.length),
  }
}

function closingIn(items: readonly Tag[]): number {
  return items.filter(({ isClosing }) => isClosing).length
}

function listsIn(html: string): List[] {
  const lists: List[] = []
  const open: List[] = []
  for (const tag of tagsIn(html)) {
    if (!tag.isList) {
      open.at(-1)?.items.push(tag)
    } else if (tag.isClosing) {
      open.pop()
    } else {
      const list = { isTree: tag.isTree, items: [] }
      lists.push(list)
      open.push(list)
    }
  }
  return lists
}

function* tagsIn(html: string): Generator<Tag> {
  for (const match of html.matchAll(/<(\/?)(li|ol|ul)(?=[\s>])[^<>]*>/gi)) {
    const [text, slash, name = ''] = match
    yield {
      start: match.index,
      end: match.index + text.length,
      isClosing: slash === '/',
      isList: name.toLowerCase() !== 'li',
      isTree: text.includes('comments-tree-list'),
    }
  }
}

function editItems(items: readonly Tag[], html: string, edits: Map<Tag, string>): void {
  let depth = 0
  for (const tag of items) {
    const text = html.slice(tag.start, tag.end)
    if (!tag.isClosing) depth += 1
    if (depth > 1)
      edits.set(
        tag,
        tag.isClosing ? `${text}</ol>` : `<ol class="comments-tree-list" ${addedListMark}>${text}`,
      )
    if (tag.isClosing) depth -= 1
  }
}
