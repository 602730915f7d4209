import type { ChildNode, Element } from 'domhandler'
import { isElement, isWords } from '../../elements.ts'
import { type Box, isWithin } from './boxes.ts'
import { keysOf } from './columns.ts'
import type { AuthorPart } from './authors.ts'
import type { DatePart } from './dates.ts'
import { namesOf } from './names.ts'

const bodyWords =
  /(?:^|[\s_.=#-])(?:text|content|contents|body|message|msg|entry|words|md|markdown|prose|copy|texte|texto|inhalt|postmsg|richtext)(?=$|[\s_-])|comment-?text|bbWrapper|commentText|userContent|messageText|RichText|post_?body|wysiwyg/i

/** What an entry has beside its words, by the names of its parts. */
const otherParts =
  /(?:^|[\s_-])(?:reply|replies|respond|footer|foot|header|head|meta|metadata|signature|sig|actions?|buttons?|tools?|toolbar|controls?|options|share|sharing|votes?|voting|likes?|reactions?|rating|avatar|edit|edited|author|vcard|profile|userinfo|user|flag|report|menu|permalink|badges?|stats?|date|time|attribution|attachments)(?=$|[\s_-])|postprofile|comment-(?:author|meta|date|time)|sharedaddy|screen-reader|visually-hidden|sr-only/i

const smallTags: ReadonlySet<string> = new Set(
  'p a b i em strong ul ol li br h1 h2 h3 h4 h5 h6 img code pre time label u s del ins small font sup sub cite q'.split(
    ' ',
  ),
)

interface BodyColumn {
  readonly key: string
  readonly parts: Map<Box, Element[]>
  size: number
  place: number
}

/**
 * The elements with the words of each entry, without its header: those that stand in the same place of most
 * entries and hold most of the text that is neither name nor date.
 */
export function bodiesOf(
  boxes: readonly Box[],
  dates: ReadonlyMap<Box, DatePart>,
  authors: ReadonlyMap<Box, AuthorPart>,
): Map<Box, readonly Element[]> {
  const headers = new Map(boxes.map((box) => [box, headerOf(dates.get(box), authors.get(box))]))
  const ranked = bodyColumns(boxes, headers)
  const bodies = new Map<Box, readonly Element[]>()
  const best = innermost(ranked, boxes, headers)
  if (best === null) return bodies
  for (const [box, parts] of best.column.parts) bodies.set(box, parts)
  for (const { column } of ranked) {
    if (bodies.size === boxes.length) break
    if (column === best.column || !bodyWords.test(column.key)) continue
    for (const [box, parts] of column.parts) if (!bodies.has(box)) bodies.set(box, parts)
  }
  return bodies
}

type Header = readonly ChildNode[]
type Headers = ReadonlyMap<Box, Header>

/** What shows an entry's date and writer. */
export function headerOf(date: DatePart | null | undefined, author: AuthorPart | null | undefined): Header {
  return [...(date?.nodes ?? []), author?.element].filter((node) => node !== undefined)
}

interface RankedColumn {
  readonly column: BodyColumn
  readonly rank: number
}

function bodyColumns(boxes: readonly Box[], headers: Headers): RankedColumn[] {
  const columns = new Map<string, BodyColumn>()
  for (const box of boxes) {
    const header = headers.get(box) ?? []
    for (const [place, element] of box.own.entries()) {
      if (!mayBeBody(element, header)) continue
      for (const key of keysOf(element)) addPart(columns, key, box, element, place)
    }
  }
  return [...columns.values()]
    .map((column) => ({ column, rank: rankOf(column, boxes.length) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank || b.column.place - a.column.place)
}

/** The best column, and of those in it with nearly all of its text the innermost that is named for it. */
function innermost(
  ranked: readonly RankedColumn[],
  boxes: readonly Box[],
  headers: Headers,
): RankedColumn | null {
  let best = ranked[0] ?? null
  if (best === null) return null
  for (const inner of ranked) {
    const share = inner.column.size / best.column.size
    const isEnough = share >= 0.97 || (share >= 0.7 && bodyWords.test(inner.column.key))
    if (isEnough && isInside(inner.column, best.column)) best = inner
  }
  const isNamed = bodyWords.test(best.column.key)
  return isNamed || best.column.size >= wordsOf(boxes, headers) * 0.3 ? best : null
}

function sizeOf(node: ChildNode, { sizes }: Box): number {
  return isElement(node) ? (sizes.get(node) ?? 0) : isWords(node) ? node.data.trim().length : 0
}

/** Characters of all entries without their headers. */
function wordsOf(boxes: readonly Box[], headers: Headers): number {
  let whole = 0
  for (const box of boxes) {
    const header = (headers.get(box) ?? []).reduce((sum, node) => sum + sizeOf(node, box), 0)
    whole += Math.max(0, (box.sizes.get(box.element) ?? 0) - header)
  }
  return whole
}

function isInside(inner: BodyColumn, outer: BodyColumn): boolean {
  if (inner.parts.size < outer.parts.size * 0.9) return false
  for (const [box, parts] of inner.parts) {
    const around = outer.parts.get(box)
    const isIn = parts.every(
      (part) => around?.some((other) => part !== other && isWithin(part, other)) === true,
    )
    if (!isIn) return false
  }
  return true
}

function addPart(
  columns: Map<string, BodyColumn>,
  key: string,
  box: Box,
  element: Element,
  place: number,
): void {
  const column = columns.get(key) ?? { key, parts: new Map<Box, Element[]>(), size: 0, place: 0 }
  columns.set(key, column)
  const parts = column.parts.get(box)
  const last = parts?.at(-1)
  if (last !== undefined && isWithin(element, last)) return
  if (parts === undefined) column.parts.set(box, [element])
  else parts.push(element)
  column.size += box.sizes.get(element) ?? 0
  column.place += place
}

const lineTags: ReadonlySet<string> = new Set(
  'a b i u s em strong cite label small sub sup font img time button'.split(' '),
)

function mayBeBody(element: Element, header: Header): boolean {
  if (lineTags.has(element.name) || element.name === 'form') return false
  const isNamed = isNamedBody(element)
  if (smallTags.has(element.name) && !isNamed) return false
  if (header.some((part) => isWithin(part, element) || isWithin(element, part))) return false
  return isNamed || !isOtherPart(element)
}

/** `comment-text` names the words, `comment-text-actions` does not. */
function isNamedBody(element: Element): boolean {
  if (/^(?:text|commentText|description)$/.test(element.attribs['itemprop'] ?? '')) return true
  const names = namesOf(element)
  if (!bodyWords.test(names)) return false
  return (
    !otherParts.test(names) ||
    names.split(/\s+/).some((name) => bodyWords.test(name) && !otherParts.test(name))
  )
}

/** Named as a part of an entry that is not its words: a header, buttons, a signature. */
export function isOtherPart(element: Element): boolean {
  const names = namesOf(element)
  return (
    names !== '' &&
    otherParts.test(names) &&
    !/(?:^|\s)(?:js-)?\S{0,40}(?:quick-?edit|edit-hide)/i.test(names)
  )
}

function rankOf({ key, parts, size }: BodyColumn, total: number): number {
  let elements = 0
  for (const found of parts.values()) elements += found.length
  // A body is one: what comes several times in an entry is a part of it.
  if (elements > parts.size * 1.15) return 0
  const share = parts.size / total
  const isNamed = bodyWords.test(key) || /itemprop=(?:text|commentText|description)/.test(key)
  return size * share * (isNamed ? 2 : 1) * (key.startsWith('[itemprop') ? 2 : 1)
}

/** The parts of an entry that hold its words where they have no element of their own. */
export function looseBody(box: Box, header: Header): Nodes {
  const beside = looseIn(holderOf(box, header, isHeading), box, header)
  return beside.length > 0 ? beside : looseIn(holderOf(box, header), box, header)
}

type Nodes = readonly Element['children'][number][]

/** Named or tagged as a header, which beside a few words is most of the text. */
function isHeading(element: Element): boolean {
  return element.name === 'header' || isOtherPart(element)
}

function looseIn(holder: Element, box: Box, header: Header): Nodes {
  const own = new Set<unknown>(box.own)
  const isHeader = (node: Element['children'][number]): boolean =>
    header.some((element) => isWithin(element, node)) ||
    (isElement(node) && (isOtherPart(node) || !own.has(node)))
  const last = holder.children.findLastIndex((node) => header.some((element) => isWithin(element, node)))
  const after = holder.children.slice(last + 1).filter((node) => !isHeader(node))
  const first = holder.children.findIndex((node) => isHeader(node))
  const between = holder.children
    .slice(first + 1, Math.max(first + 1, last))
    .filter((node) => !isHeader(node))
  const before = holder.children.slice(0, Math.max(0, first))
  return [after, between, before].find((nodes) => nodes.some((node) => hasText(node, box))) ?? []
}

function hasText(node: Element['children'][number], box: Box): boolean {
  return sizeOf(node, box) > 0
}

/** The innermost element around the header and most of the text. */
function holderOf(box: Box, header: Header, isOut: (element: Element) => boolean = () => false): Element {
  const whole = box.sizes.get(box.element) ?? 0
  let holder = box.element
  for (const element of box.own) {
    if (element.parent !== holder || smallTags.has(element.name) || isOut(element)) continue
    const isAround = (box.sizes.get(element) ?? 0) > whole * 0.75 && !header.includes(element)
    if (isAround && header.some((part) => isWithin(part, element))) holder = element
  }
  return holder
}
