import type { Element } from 'domhandler'
import type { ElementIndex } from '../../element-index.ts'
import { isElement } from '../../elements.ts'
import { firstElement } from '../nodes.ts'
import { isProfile } from './authors.ts'
import { isWithin } from './boxes.ts'
import { commentName, isEntryName, numberIn, tokensOf } from './names.ts'

/** Elements of a page that may each be one comment, because they are named alike. */
export interface Group {
  readonly key: string
  readonly elements: readonly Element[]
  /** Their name says comment, and not only post or message. */
  readonly isOfComments: boolean
  readonly isNumbered: boolean
  /** The page marks each as a comment for machines, by schema.org or microformats. */
  readonly isMarked: boolean
}

const entryStem =
  /comment|koment|komment|coment|commento|yorum|reactie|opini|post|messag|msg|reply|answer|respon|feedback|discuss|entry|thing|beitrag|antwort|mensa|guestbook|коммент|отзыв|\bcomm\b|comm-/i
const bareNumber = /^(?:[pc]_?\d{2,}|\d{5,})$/
const shortNumbered = /^[pc]_?\d{2,}$/
const boxTags: ReadonlySet<string> = new Set('li div article section dd tr table dl fieldset td'.split(' '))

const hasCommentId = ({ attribs }: Element): boolean =>
  ['data-comment-id', 'data-commentid', 'data-reply-id'].some((name) => attribs[name] !== undefined)

/** All groups of a page by what its index knows of names; most pages have none. */
export function namedGroups(index: ElementIndex): Group[] {
  const groups = new Map<string, Set<number>>()
  const entryTokens = new Map<string, boolean>()
  for (const { kind, names, places } of index.names()) {
    if (!entryStem.test(names) && !(kind === 'id' && bareNumber.test(names))) continue
    const keys = kind === 'id' ? idKeys(names) : classKeys(names, entryTokens)
    if (keys.length === 0) continue
    for (const place of places) {
      const name = index.elements[place]?.name ?? ''
      if (boxTags.has(name)) for (const key of keys) append(groups, `${name}${key}`, place)
    }
  }
  return [...groups].map(([key, places]) => groupOf(key, elementsAt(index, places)))
}

/** The groups that may be a section of their own. */
export function worthReading(groups: readonly Group[]): Group[] {
  const found = groups.filter(isWorthReading)
  return withoutInner(found.toSorted((a, b) => weight(b) - weight(a)).slice(0, mostGroups))
}

const mostGroups = 24

function weight({ elements, isNumbered, isOfComments }: Group): number {
  return elements.length + Number(isNumbered && isOfComments) * 3 + Number(isNumbered)
}

function groupOf(key: string, elements: readonly Element[]): Group {
  return {
    key,
    elements: elements.filter((element) => !isBeside(element)),
    isOfComments:
      commentName.test(key) || /#c[-_]?\*|^[^#]*#.*\bcomm[-_]?\*/i.test(key) || elements.every(hasCommentId),
    isNumbered: key.includes('#'),
    isMarked: false,
  }
}

/** A post that has no number itself has one in it, the anchor that links lead to, or its writer's profile. */
function isWorthReading({ elements, isOfComments, isNumbered }: Group): boolean {
  if (elements.length > 20_000) return false
  if (isOfComments) return elements.length > 0
  return (
    elements.length > 1 &&
    (isNumbered || elements.slice(0, 2).every((one) => hasNumber(one) || hasProfile(one)))
  )
}

function hasNumber(element: Element): boolean {
  const anchor = firstElement(element, ({ attribs }) => {
    const id = attribs['id']
    return id !== undefined && entryStem.test(id) && numberIn(id) !== null
  })
  return anchor !== null
}

function hasProfile(element: Element): boolean {
  return firstElement(element, isProfile) !== null
}

/** A number in an id is what makes a post of an element that is called one. */
function idKeys(id: string): string[] {
  const number = numberIn(id)
  if (number === id && id.length > 4) return ['#*']
  if (number === null || !(isEntryName(id.replace(number, '')) || shortNumbered.test(id))) return []
  const pattern = id.replace(number, '*').replace(/\d+/g, '')
  return [`#${pattern}`]
}

function classKeys(names: string, known: Map<string, boolean>): string[] {
  return names
    .split(/\s+/)
    .filter((token) => {
      const is = known.get(token) ?? isEntryToken(token)
      known.set(token, is)
      return is
    })
    .map((token) => `.${token}`)
}

function isEntryToken(token: string): boolean {
  return !/\d{2,}|^comment-author-/.test(token) && isEntryName(token)
}

function append(groups: Map<string, Set<number>>, key: string, place: number): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, new Set([place]))
  else group.add(place)
}

function elementsAt({ elements }: ElementIndex, places: ReadonlySet<number>): Element[] {
  return [...places]
    .toSorted((a, b) => a - b)
    .map((place) => elements[place])
    .filter((element) => element !== undefined)
}

const besideTags: ReadonlySet<string> = new Set(['aside', 'nav', 'template'])
const besideTokens =
  /^(?:widget|sidebar|recentcomments|ticker|testimonials?|swiper|slick-slide|carousel|modal|popup|menu)$|(?:^|[-_])(?:recent|latest|last|newest|letzte|neueste|popular|trending|related|testimonials?|carousel)[-_]?(?:comments?|kommentare?|posts?|articles?|$)|(?:comments?|kommentare)[-_](?:widget|recent|latest)|^(?:related|teaser)/i

const beside = new WeakMap<Element, boolean>()

/** In a side bar, a menu, or a list of the latest comments of the whole site. */
export function isBeside(element: Element): boolean {
  const known = beside.get(element)
  if (known !== undefined) return known
  const { name, attribs, parent } = element
  const tokens = name === 'body' || name === 'html' ? [] : [...tokensOf(element), attribs['id'] ?? '']
  const is =
    besideTags.has(name) ||
    (tokens.some((token) => besideTokens.test(token)) &&
      !/Blog|elementor|comment/i.test(attribs['class'] ?? '')) ||
    (parent !== null && isElement(parent) && isBeside(parent))
  beside.set(element, is)
  return is
}

/** Of groups that lie within each other one to one, the outermost. */
function withoutInner(groups: readonly Group[]): Group[] {
  return groups.filter(
    (inner, place) =>
      !groups.some((outer, other) => outer !== inner && isInsideOneToOne(inner, outer, other < place)),
  )
}

function isInsideOneToOne(inner: Group, outer: Group, isLater: boolean): boolean {
  if (inner.elements.length !== outer.elements.length) return false
  if (inner.elements.every((element, index) => element === outer.elements[index])) {
    return inner.isNumbered === outer.isNumbered ? isLater : outer.isNumbered
  }
  if (inner.elements.length === 1 && inner.isNumbered && !outer.isNumbered) return false
  return inner.elements.every((element, index) => {
    const around = outer.elements[index]
    return around !== undefined && element !== around && isWithin(element, around)
  })
}
