import type { Element } from 'domhandler'
import type { MomentContext } from '../../../normalise/date.ts'
import type { ElementIndex } from '../../element-index.ts'
import { type AuthorPart, authorsOf } from './authors.ts'
import { bodiesOf } from './bodies.ts'
import { isElement } from '../../elements.ts'
import { type Box, boxOf } from './boxes.ts'
import { type DatePart, datesOf } from './dates.ts'
import { type Group, namedGroups, worthReading } from './groups.ts'
import { isSection } from './judge.ts'
import { numberIn } from './names.ts'
import { shapedGroups } from './shaped-groups.ts'
import { isOfOtherPage, isTeaser, type OwnPage, ownPage } from './own-page.ts'

/** One entry with the places of its parts. */
export interface Entry {
  readonly box: Box
  readonly number: string | null
  readonly date: DatePart | null
  readonly author: AuthorPart | null
  readonly body: readonly Element[]
}

/** The entries of one group, as far as they were understood. */
export interface ReadGroup {
  readonly group: Group
  readonly entries: readonly Entry[]
  /** How many of them have words, and a writer and a date. */
  readonly sound: number
}

export interface Section {
  readonly groups: readonly ReadGroup[]
  readonly page: OwnPage
}

const mostGroups = 8

export function countOf(section: Section | null): number {
  return section?.groups.reduce((sum, { sound }) => sum + sound, 0) ?? 0
}

/** The comment section of a page, or null. Looks only; the tree stays as it is. */
export function findSection(index: ElementIndex, url: string, context: MomentContext): Section | null {
  const page = ownPage(index, url)
  const named = namedGroups(index)
  const main = worthReading(named)
  const section = main.length === 0 ? null : sectionOf(main, page, context)
  if (section !== null) return withAnswers(section, named, context)
  const shaped = shapedGroups(index)
  return shaped.length === 0 ? null : sectionOf(shaped, page, context)
}

/** The best of several groups of a page, with those that hold its answers or what it answers. */
export function sectionOf(groups: readonly Group[], page: OwnPage, context: MomentContext): Section | null {
  const read = groups
    .map((group) => ownEntries(group, page))
    .filter(({ elements }) => elements.length > 0)
    .slice(0, mostGroups)
    .map((group) => readGroup(group, group.elements, context))
    .filter((group) => isSection(group, page))
    .toSorted((a, b) => worth(b) - worth(a))
  const [main] = read
  if (main === undefined) return null
  const chosen = [main]
  for (const other of read.slice(1)) if (chosen.every((group) => goesWith(other, group))) chosen.push(other)
  if (chosen.length === 1) return { groups: chosen, page }
  const all = chosen.flatMap(({ group }) => group.elements)
  return { groups: chosen.map(({ group }) => readGroup(group, all, context)), page }
}

/** With the answers of editors in the entries, which have names of their own and no numbers. */
function withAnswers(section: Section, named: readonly Group[], context: MomentContext): Section {
  const all = section.groups.flatMap(({ group }) => group.elements)
  const known = new Set(all)
  const inner = named
    .map((group) => ({ ...group, elements: group.elements.filter((element) => !known.has(element)) }))
    .filter(({ elements }) => elements.length > 0 && elements.length <= all.length * 2)
    .filter(({ elements }) => elements.every((element) => isInside(element, known)))
  for (const group of inner.slice(0, mostGroups)) {
    const { elements } = group
    const answers = readGroup(group, elements, context)
    if (answers.entries.length === 0 || !answers.entries.every(isWhole)) continue
    const groups = section.groups.map(({ group: outer }) => readGroup(outer, [...all, ...elements], context))
    const isUnharmed = groups.every(({ entries }, place) => {
      const before = section.groups[place]?.entries.filter(isWhole).length ?? 0
      return entries.filter(isWhole).length >= before
    })
    if (isUnharmed) return { ...section, groups: [...groups, answers] }
  }
  return section
}

function isInside(element: Element, outer: ReadonlySet<Element>): boolean {
  for (let around = parentOf(element); around !== null; around = parentOf(around)) {
    if (outer.has(around)) return true
  }
  return false
}

function isWhole({ author, date, body }: Entry): boolean {
  return author !== null && !author.isGuess && date !== null && body.length > 0
}

function ownEntries(group: Group, page: OwnPage): Group {
  const elements = group.elements.filter((element) => {
    const number = numberIn(element.attribs['id'])
    return !isOfOtherPage(element, number, page)
  })
  const [first] = elements
  if (first === undefined) return { ...group, elements }
  const teasers = elements
    .slice(0, 12)
    .filter((element) => isTeaser(element, numberIn(element.attribs['id']), page))
  return teasers.length * 2 > Math.min(12, elements.length)
    ? { ...group, elements: [] }
    : { ...group, elements }
}

/** A section of many sound entries, of which few are not. */
function worth({ entries, sound, group }: ReadGroup): number {
  return (
    ((sound * sound) / (entries.length + 0.5)) * (group.isOfComments ? 1.25 : 1) +
    Number(group.isNumbered) * 0.2
  )
}

/** Replies of another name, or posts that comments hang on: not the same entries under another name. */
function goesWith({ entries }: ReadGroup, { entries: chosen }: ReadGroup): boolean {
  const numbers = new Set(chosen.map(({ number }) => number).filter((number) => number !== null))
  const elements = new Set(chosen.map(({ box }) => box.element))
  const isKnown = ({ number, box }: Entry): boolean =>
    elements.has(box.element) || (number !== null && numbers.has(number))
  if (entries.some(isKnown)) return false
  const inner = new Set(entries.map(({ box }) => box.element))
  return (
    !entries.some((entry) => hasPartIn(entry, elements)) && !chosen.some((entry) => hasPartIn(entry, inner))
  )
}

/** One entry's writer, date or words in a box of the other group: one is a part of the other. */
function hasPartIn({ author, date, body, box }: Entry, boxes: ReadonlySet<Element>): boolean {
  return [author?.element, date?.element, ...body].some((part) => {
    for (let outer = part ?? null; outer !== null && outer !== box.element; outer = parentOf(outer)) {
      if (boxes.has(outer)) return true
    }
    return false
  })
}

function parentOf({ parent }: Element): Element | null {
  return parent !== null && isElement(parent) ? parent : null
}

function readGroup(group: Group, all: readonly Element[], context: MomentContext): ReadGroup {
  const entries = entriesOf(group.elements, all, context)
  return { group, entries, sound: entries.filter((entry) => isSound(entry, group.isMarked)).length }
}

/** The places of writer, date and words in each of some like elements, apart from those of all elements inside. */
export function entriesOf(
  elements: readonly Element[],
  all: readonly Element[],
  context: MomentContext,
): Entry[] {
  const others = new Set(all)
  const boxes = elements
    .map((element) => boxOf(element, others))
    .filter(({ element, sizes }) => (sizes.get(element) ?? 0) > 0)
  const dates = datesOf(boxes, context)
  const authors = authorsOf(boxes, dates, context)
  const bodies = bodiesOf(boxes, dates, authors)
  return boxes.map((box) => ({
    box,
    number: box.number ?? numberInside(box),
    date: dates.get(box) ?? null,
    author: authors.get(box) ?? null,
    body: bodies.get(box) ?? [],
  }))
}

/** The number of the anchor in an entry that has none itself. */
function numberInside({ own }: Box): string | null {
  for (const { attribs } of own.slice(0, 40)) {
    const number = /comment|post|msg|message|reply|^[cp]\d/i.test(attribs['id'] ?? '')
      ? numberIn(attribs['id'])
      : null
    if (number !== null && number.length > 1) return number
  }
  return null
}

/** The testimonials and questions of a course page are marked as comments, too, with nothing but words. */
function isSound({ author, date, box, body }: Entry, isMarked: boolean): boolean {
  if (isMarked ? date === null && author?.isGuess !== false : author === null) return false
  const whole = box.sizes.get(box.element) ?? 0
  const header = (author?.name.length ?? 0) + (date === null ? 0 : (date.moment.raw?.length ?? 0))
  return body.length > 0 || whole > header + 1
}
