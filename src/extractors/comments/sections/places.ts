import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { depthOf } from './depths.ts'
import { namesOf, numberIn } from './names.ts'
import { answeredEntry, type Earlier } from './answered.ts'
import type { Entry } from './section.ts'

/** An entry with its id and the entry it answers. */
export interface PlacedEntry {
  readonly entry: Entry
  /** Null where neither the markup nor a link gives a number. */
  readonly number: string | null
  readonly parent: PlacedEntry | null
  readonly isCertain: boolean
}

const replyLists = /child|repl|nested|thread|sub|indent|answer|antwort|response|comment/i
const listTags: ReadonlySet<string> = new Set(['ul', 'ol', 'dl', 'blockquote'])

/** What is known of the entries that were placed before one. */
interface Placed extends Earlier {
  readonly firstIn: ReadonlyMap<Element, Element>
  readonly byElement: Map<Element, PlacedEntry>
  readonly byNumber: Map<string, PlacedEntry>
  readonly byName: Map<string, PlacedEntry>
  readonly trail: { depth: number; place: PlacedEntry }[]
}

/** Finds the parent of every entry, by nesting, lists beside the parent, depths, and what the header says. */
export function placeEntries(entries: readonly Entry[]): PlacedEntry[] {
  const depths = entries.map(({ box }) => depthOf(box.element, entries.length > 1))
  const isDeep = depths.some((depth) => depth !== null && depth !== depths[0])
  const placed: Placed = {
    firstIn: firstEntries(entries),
    byElement: new Map(),
    byNumber: new Map(),
    byName: new Map(),
    trail: [],
  }
  return entries.map((entry, index) => {
    const depth = depths[index] ?? null
    const place = placeOf(entry, isDeep ? depth : null, placed)
    remember(place, depth, placed)
    return place
  })
}

function placeOf(entry: Entry, depth: number | null, placed: Placed): PlacedEntry {
  const { element } = entry.box
  const number = numberOf(entry)
  const certain =
    enclosing(element, placed.byElement) ??
    besideParent(element, placed.firstIn, placed.byElement) ??
    namedParent(element, number, placed) ??
    (depth === null ? null : parentByDepth(placed.trail, depth))
  if (certain !== null) return { entry, number, parent: certain, isCertain: true }
  const parent = answeredEntry(entry, number, placed)
  return { entry, number, parent, isCertain: parent === null }
}

function remember(place: PlacedEntry, depth: number | null, placed: Placed): void {
  const { entry, number } = place
  placed.byElement.set(entry.box.element, place)
  if (number !== null) placed.byNumber.set(number, place)
  if (entry.author !== null) placed.byName.set(entry.author.name, place)
  if (depth !== null) pushTrail(placed.trail, depth, place)
}

function parentByDepth(
  trail: readonly { depth: number; place: PlacedEntry }[],
  depth: number,
): PlacedEntry | null {
  return trail.findLast((step) => step.depth < depth)?.place ?? null
}

function pushTrail(trail: { depth: number; place: PlacedEntry }[], depth: number, place: PlacedEntry): void {
  while ((trail.at(-1)?.depth ?? -1) >= depth) trail.pop()
  trail.push({ depth, place })
}

function enclosing(element: Element, placed: ReadonlyMap<Element, PlacedEntry>): PlacedEntry | null {
  for (let outer = element.parent; outer !== null && isElement(outer); outer = outer.parent) {
    const place = placed.get(outer)
    if (place !== undefined) return place
  }
  return null
}

/** Some themes print the list of replies beside the entry that they answer. */
function besideParent(
  element: Element,
  firstIn: ReadonlyMap<Element, Element>,
  placed: ReadonlyMap<Element, PlacedEntry>,
): PlacedEntry | null {
  let inner = element
  for (let outer = element.parent; outer !== null && isElement(outer); outer = outer.parent) {
    if (inner !== element && isReplyList(inner)) {
      const before = entryBefore(inner, firstIn)
      if (before !== null) return placed.get(before) ?? null
    }
    if (outer.name === 'body') return null
    inner = outer
  }
  return null
}

function isReplyList(element: Element): boolean {
  return listTags.has(element.name) || replyLists.test(namesOf(element))
}

/** For each entry and each element around entries: the first entry in it. */
function firstEntries(entries: readonly Entry[]): Map<Element, Element> {
  const firstIn = new Map<Element, Element>()
  for (const { box } of entries) {
    let outer: Element | null = box.element
    while (outer !== null && !firstIn.has(outer)) {
      firstIn.set(outer, box.element)
      outer = outer.parent !== null && isElement(outer.parent) ? outer.parent : null
    }
  }
  return firstIn
}

const mostBetween = 3

/** A form or buttons may stand between an entry and its replies; in a list the entry is an item of its own. */
function entryBefore(list: Element, firstIn: ReadonlyMap<Element, Element>): Element | null {
  let between = 0
  for (let node = list.prev; node !== null && between <= mostBetween; node = node.prev) {
    if (!isElement(node)) continue
    const entry = firstIn.get(node)
    if (entry === node || (entry !== undefined && node.name === 'li' && listTags.has(list.name))) return entry
    if (entry !== undefined || /^h[1-6]$/.test(node.name)) return null
    between += 1
  }
  return null
}

const parentAttribute = /^data-(?:.*-)?(?:parent|reply-?to|answer-?to)(?:-?comment)?(?:-?id)?$/

/** The parent that the entry's own attributes name, as `data-parent-id="12"`. */
function namedParent({ attribs }: Element, number: string | null, { byNumber }: Placed): PlacedEntry | null {
  for (const [name, value] of Object.entries(attribs)) {
    if (!parentAttribute.test(name)) continue
    const named = byNumber.has(value) ? value : numberIn(value)
    if (named !== null && named !== number) return byNumber.get(named) ?? null
  }
  return null
}

const fragments =
  /(?:#[a-z_-]*|\/(?:post|comment|posts|comments|p)\/|[?&](?:p|pid|cid|post)=)(\d{2,20})(?:\D.{0,40})?$/i

/** The number around the entry, else that of an anchor, a button or a permalink in it. */
function numberOf({ box, number }: Entry): string | null {
  if (number !== null) return number
  const inside = box.own.map(idIn).filter((id) => id !== null)
  const long = dataNumber(box.element) ?? inside.find((id) => id.length > 2)
  return (
    long ??
    box.own.map((element) => dataNumber(element) ?? linkedNumber(element)).find((id) => id !== null) ??
    inside[0] ??
    null
  )
}

function idIn({ attribs, name }: Element): string | null {
  return numberIn(attribs['id']) ?? (name === 'a' ? numberIn(attribs['name']) : null)
}

function dataNumber({ attribs }: Element): string | null {
  for (const [name, value] of Object.entries(attribs)) {
    if (
      /^data-(?:.*-)?(?:id|pid|commentid|postid)$/.test(name) &&
      !/user|parent|author/.test(name) &&
      /^\d{1,20}$/.test(value)
    )
      return value
  }
  return null
}

function linkedNumber({ name, attribs }: Element): string | null {
  return name === 'a' ? (fragments.exec(attribs['href'] ?? '')?.[1] ?? null) : null
}
