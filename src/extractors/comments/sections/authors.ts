import type { Element } from 'domhandler'
import type { MomentContext } from '../../../normalise/date.ts'
import { isElement, isWords } from '../../elements.ts'
import { firstElement } from '../nodes.ts'
import { type Box, wordsOfElement } from './boxes.ts'
import { type Column, columnsOf } from './columns.ts'
import type { DatePart } from './dates.ts'
import { namesOf } from './names.ts'
import { isNoName, nameIn, withoutCommonStart } from './written-name.ts'

/** Where an entry says who wrote it. */
export interface AuthorPart {
  readonly element: Element
  readonly name: string
  /** Nothing but its being short and near the date makes it a name. */
  readonly isGuess: boolean
  /** Its element is named for it. */
  readonly isNamed: boolean
  readonly place: number
}

const longestName = 90
const nameWords =
  /author|user-?name|user(?![-_]?(?:content|text|info|title|stat|group))|nick|(?:^|[\s_-])(?:name|fn|poster|creator|commenter|writer|member|by|who|autor|nome|nom|person|profile|login|handle)(?=$|[\s_-])|postprofile|byline/i
const otherNames =
  /avatar|badge|rank|role|userTitle|user-?title|userstat|stat|count|karma|reputation|follow|location|group|online|reply|likes?|vote|date|time|button|number|level|flair|pronoun|headline|signature|subject|title|content|message-?body/i
/** Beside the name: a picture of the writer, a rank, what they do. */
const notNameElement =
  /avatar|badge|rank|role|user-?title|user-?stat|userpic|headline|biography|(?:^|[\s_-])bio(?=$|[\s_-])|author-?(?:box|info|desc|url|link-wrap)|signature|comment-?text|message-?(?:body|content)|userContent|field-{1,2}name-comment-body/i
const profileAddress =
  /\/(?:user-\d|member-\d|profile-\d)|\/(?:user|users|u|member|members|profile|profiles|profil|author|people|benutzer|nutzer|mitglied|usuario|uzytkownik|in|@[^/]+|memberlist|community\/profile)(?:[/?.;]|$)|(?:mode=viewprofile|action=profile|userinfo|[?&]u(?:id)?=\d|profile\.php|member\.php|\/@)/i

/** A link to the page of an account. */
export const isProfile = ({ attribs }: Element): boolean => profileAddress.test(attribs['href'] ?? '')

const sentence = /^(?:\S+ ){3,}\S{3,}[.!?…]$/u
const likeName = /^(?!%2F|\/|https?:|\d+(?:[\s.,]\d+)+$).*[\p{L}\p{N}]/u
/** The writer of every entry of a section that names one. */
export function authorsOf(
  boxes: readonly Box[],
  dates: ReadonlyMap<Box, DatePart>,
  context: MomentContext,
): Map<Box, AuthorPart> {
  const columns = columnsOf(boxes, (element, box, place) => authorPart(element, box, place, context))
  const ranked = columns
    .map((column) => ({ column, rank: rankOf(column, boxes.length, dates) }))
    .toSorted((a, b) => b.rank - a.rank)
  const authors = new Map<Box, AuthorPart>()
  for (const { column, rank } of ranked) {
    if (rank < 0.5) break
    if (authors.size > 0 && otherNames.test(column.key)) continue
    for (const [box, part] of column.parts) if (!authors.has(box)) authors.set(box, part)
  }
  return withPlainNames(authors)
}

/** A number or a "von" before all names is no part of them. */
function withPlainNames(authors: ReadonlyMap<Box, AuthorPart>): Map<Box, AuthorPart> {
  const names = withoutCommonStart([...authors.values()].map(({ name }) => name))
  return new Map(
    [...authors].map(([box, part], place) => [box, { ...part, name: names[place] ?? part.name }]),
  )
}

/** A headline is a name only where nothing else may be one. */
const titleKey = /^h[2-6][.#].*title$/
const nameKey = /\.fn$|user-?name|author-?name|nick/i

function rankOf(
  { key, parts }: Column<AuthorPart>,
  total: number,
  dates: ReadonlyMap<Box, DatePart>,
): number {
  let near = 0
  let guesses = 0
  let named = 0
  let linked = 0
  for (const [box, part] of parts) {
    const date = dates.get(box)
    near += date === undefined ? 0 : nearness(date.place - part.place, part.isGuess)
    guesses += Number(part.isGuess)
    named += Number(part.isNamed)
    linked += Number(isProfile(part.element))
  }
  const numbers = [...parts.values()].filter(({ name }) => /^\d+$/.test(name)).length
  // One may call oneself 1206; all do not.
  if (numbers * 2 > parts.size) return 0
  const share = parts.size / total
  const { size } = parts
  const different = new Set([...parts.values()].map(({ name }) => name.toLowerCase())).size
  const varied = size < 4 || named === size ? 1 : Math.min(1, (different / size) * 3)
  const exact = /itemprop=(?:author|creator|name)/.test(key) ? 2 : nameKey.test(key) ? 1.2 : 0
  return (
    (share * 3 + near / size + linked / size + exact - (guesses / size) * 2) * varied -
    (otherNames.test(key) ? (titleKey.test(key) ? 0.5 : 1) : 0)
  )
}

/** Names stand before the date, mostly; what is only taken for one must. */
function nearness(steps: number, isGuess: boolean): number {
  const distance = steps < 0 ? -steps + (isGuess ? 4 : 1) : steps
  return 1 - Math.min(1, distance / (isGuess ? 6 : 12))
}

function authorPart(element: Element, box: Box, place: number, context: MomentContext): AuthorPart | null {
  const kind = element.name === 'meta' ? 'named' : kindOf(element, box)
  if (kind === null) return null
  const line = element.name === 'meta' ? nameInMeta(element) : firstLine(element)
  const name = line === null ? null : nameIn(line, context)
  if (name === null || !isPlausible(name, kind, element)) return null
  if (kind === 'guess' && isHeaderLine(element) && name === line) return null
  return { element, name, isGuess: kind === 'guess', isNamed: kind === 'named', place }
}

/** An invisible name, as microdata has it beside a picture. */
function nameInMeta({ attribs }: Element): string | null {
  return /^(?:name|author|creator)$/.test(attribs['itemprop'] ?? '') ? (attribs['content'] ?? null) : null
}

type Kind = 'named' | 'profile' | 'guess'

/** What makes an element one that may hold the name; null when nothing does. */
function kindOf(element: Element, box: Box): Kind | null {
  const size = box.sizes.get(element) ?? 0
  if (size === 0 || size > longestName * 2 || !mayName.test(element.name)) return null
  const kind = isNameElement(element) ? 'named' : isProfile(element) ? 'profile' : 'guess'
  if (kind === 'guess' && !mayBeGuessed(element)) return null
  return isInQuote(element, box) || holdsName(element, box) ? null : kind
}

function mayBeGuessed(element: Element): boolean {
  const isMarked =
    /^(?:a|b|strong|cite|h[2-6]|dt)$/.test(element.name) || isLeaf(element) || isHeaderLine(element)
  return isMarked && (!otherNames.test(namesOf(element)) || isTitle(element))
}

/** A theme may print the name as the headline of a comment. */
function isTitle(element: Element): boolean {
  return /^h[2-6]$/.test(element.name) && namesOf(element).endsWith('title')
}

/** One letter is what stands for a picture that a writer does not have. */
function isPlausible(name: string, kind: Kind, element: Element): boolean {
  if (name.length > longestName || isNoName(name) || !likeName.test(name)) return false
  if (kind === 'guess' && (/^#?\d+$/.test(name) || sentence.test(name))) return false
  return kind === 'named' || name.length > 1 || !holdsPicture(element)
}

function holdsPicture(element: Element): boolean {
  return (
    firstElement(
      element,
      ({ name, attribs }) => name === 'img' || /avatar|picture/i.test(attribs['class'] ?? ''),
    ) !== null
  )
}

const mayName = /^(?:a|b|strong|cite|h[2-6]|dt|dd|div|span|em|i|p|address|td|th|li|header|font|label|small)$/

function isNameElement(element: Element): boolean {
  const names = `${namesOf(element)} ${element.attribs['itemprop'] ?? ''}`
  return nameWords.test(names) && !notNameElement.test(names)
}

/** Nothing but a few words: a home-made section may give the name no more than a place. */
function isLeaf({ children, name }: Element): boolean {
  const [only] = children
  return /^(?:span|div|p)$/.test(name) && children.length === 1 && only !== undefined && isWords(only)
}

/** "Ann Lee · 3 May 2024": words, then the date in an element of its own. */
function isHeaderLine({ children, name }: Element): boolean {
  const [first, second, ...others] = children.filter((child) => !isWords(child) || child.data.trim() !== '')
  return (
    /^(?:span|div|p)$/.test(name) &&
    first !== undefined &&
    isWords(first) &&
    second !== undefined &&
    isElement(second) &&
    others.length === 0
  )
}

/** The words before a line break: what follows is a rank or a date. */
function firstLine(element: Element): string {
  const end = element.children.findIndex((child) => isElement(child) && child.name === 'br')
  const words =
    end < 1
      ? ''
      : element.children
          .slice(0, end)
          .map((child) => (isWords(child) ? child.data : isElement(child) ? wordsOfElement(child) : ''))
          .join(' ')
  return words.trim() === '' ? wordsOfElement(element) : words.replace(/\s+/g, ' ').trim()
}

/** The name alone is better than the box with the name and the rank. */
function holdsName(element: Element, box: Box): boolean {
  return (
    firstElement(element, (inner) => {
      if ((box.sizes.get(inner) ?? 0) < 2 || isNoName(wordsOfElement(inner, 60))) return false
      return isNameElement(inner) || isProfile(inner)
    }) !== null
  )
}

function isInQuote(element: Element, box: Box): boolean {
  for (let outer = element.parent; outer !== null && outer !== box.element; outer = outer.parent) {
    if (isElement(outer) && (outer.name === 'blockquote' || /quote/i.test(outer.attribs['class'] ?? '')))
      return true
  }
  return false
}
