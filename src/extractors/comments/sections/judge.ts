import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { firstElement, lineOf } from '../nodes.ts'
import { isProfile } from './authors.ts'
import { isWithin } from './boxes.ts'
import { isCommentHeading, isHeading } from './headings.ts'
import { commentName, namesOf } from './names.ts'
import type { OwnPage } from './own-page.ts'
import type { Entry, ReadGroup } from './section.ts'

/** Whether a group of like boxes is a comment section, and not a list of something else. */
export function isSection(read: ReadGroup, page: OwnPage): boolean {
  const { entries, sound, group } = read
  if (sound === 0 || sound < entries.length * 0.6) return false
  if (isReview(read) || isOneLink(entries)) return false
  if (group.isMarked) return true
  return group.isOfComments ? isOfComments(read) : isForum(read, page)
}

function isOfComments({ entries, group }: ReadGroup): boolean {
  const dated = entries.filter(({ date }) => date !== null).length
  const isAround = isInSection(entries)
  const isNumbered = group.isNumbered || entries.every(({ number }) => number !== null)
  if (dated * 2 < entries.length) return isNumbered && isAround && entries.every(isCertain)
  return isAround || (isNumbered && entries.length > 1)
}

/** Without a date, the name and the words must have elements that are named for them. */
function isCertain({ author, body }: Entry): boolean {
  return author !== null && !author.isGuess && body.length > 0
}

const archiveTokens = /(?:^|\s)(?:type-post|hentry|status-publish|post-type-\w+|teaser|card)(?=\s|$)/

/** A forum's posts have a number or accounts, a date, a writer with a profile or a place for names, and no links to articles. */
function isForum({ entries, group, sound }: ReadGroup, page: OwnPage): boolean {
  if (entries.length < 2 || sound < entries.length * 0.8) return false
  const isNumbered = group.isNumbered || entries.every(({ number }) => number !== null)
  const accounts = entries.filter(isByAccount).length
  if (!isNumbered && (accounts < 3 || accounts < entries.length * 0.8)) return false
  if (entries.some(({ box }) => isArticle(box.element))) return false
  const dated = entries.filter(({ date }) => date !== null).length
  const linked = entries.filter((entry) => isLinked(entry, page)).length
  const leading = entries.filter((entry) => isLeading(entry, page)).length
  if (dated < entries.length * 0.8 || leading * 3 > entries.length) return false
  return linked >= entries.length * 0.6 || isByMany(entries) || isInSection(entries)
}

/** Without a number, each must be dated, its writer have an account that is linked, and no headline lead elsewhere. */
function isByAccount({ author, date, box }: Entry): boolean {
  if (author === null || author.isGuess || date === null || !isProfileLink(author.element)) return false
  if (box.own.some(isLinkedHeading)) return false
  return isProfile(author.element) || firstElement(author.element, isProfile) !== null
}

function isLinkedHeading(element: Element): boolean {
  return /^h[1-4]$/.test(element.name) && firstElement(element, ({ name }) => name === 'a') !== null
}

/** Different people write in places made for names. */
function isByMany(entries: readonly Entry[]): boolean {
  const named = entries.map(({ author }) => (author?.isNamed === true ? author.name : null))
  return new Set(named).size > 2 && !named.includes(null)
}

function isArticle(element: Element): boolean {
  return (
    archiveTokens.test(element.attribs['class'] ?? '') ||
    firstElement(element, ({ name }) => name === 'h1') !== null
  )
}

function isLinked({ box, number, author }: Entry, page: OwnPage): boolean {
  if (author !== null && !author.isGuess && isProfileLink(author.element)) return true
  return box.own.some(({ name, attribs: { href } }) => {
    if (name !== 'a' || href === undefined || number === null) return false
    return href.includes(number) && page.isOwn(href, number)
  })
}

function isProfileLink(element: Element): boolean {
  const link = element.name === 'a' ? element : firstElement(element, ({ name }) => name === 'a')
  const href = link?.attribs['href'] ?? ''
  return href !== '' && !/\/(?:author|authors|autor|redaktion|team)\//i.test(href)
}

/** The longest of its links leads to another page of the site: the headline of a teaser. */
function isLeading({ box, number, author }: Entry, page: OwnPage): boolean {
  const whole = box.sizes.get(box.element) ?? 0
  return box.own.some((element) => {
    const { href } = element.attribs
    if (element.name !== 'a' || href === undefined || element === author?.element) return false
    const size = box.sizes.get(element) ?? 0
    return (size === 0 || size > whole * 0.25) && page.isElsewhere(href, number) && isOverlay(element, size)
  })
}

/** Also a link without words, if it says where it leads and holds no picture: it lies over the whole teaser. */
function isOverlay({ attribs, children }: Element, size: number): boolean {
  return size > 0 || (attribs['aria-label'] !== undefined && !children.some(isElement))
}

const reviewNames = /(?:^|[\s_-])(?:reviews?|testimonials?|product)(?=$|[\s_-])/i

function isReview({ entries, group }: ReadGroup): boolean {
  if (reviewNames.test(group.key)) return true
  return entries.every(({ box }) => reviewNames.test(box.element.attribs['class'] ?? ''))
}

/** Teasers are links as a whole. */
function isOneLink(entries: readonly Entry[]): boolean {
  const inLinks = entries.filter(({ box, body }) => {
    const whole = box.sizes.get(box.element) ?? 0
    const isLinked = box.own.some(
      (element) => element.name === 'a' && (box.sizes.get(element) ?? 0) > whole * 0.7,
    )
    return isLinked || body.some(hasLinkAround)
  })
  return inLinks.length * 2 > entries.length
}

function hasLinkAround(element: Element): boolean {
  for (let outer = element.parent; outer !== null && isElement(outer); outer = outer.parent) {
    if (outer.name === 'a') return true
  }
  return false
}

const highest = 5

/** Whether what is around the entries is named after comments, or a heading before them is. */
function isInSection(entries: readonly Entry[]): boolean {
  const first = entries[0]?.box.element
  const last = entries.at(-1)?.box.element
  if (first === undefined || last === undefined) return false
  let level = 0
  for (let outer = first.parent; outer !== null && isElement(outer); outer = outer.parent) {
    if (outer.name === 'body' || level > highest) return false
    if (isWithin(last, outer)) level += 1
    if (commentName.test(namesOf(outer))) return true
    if (hasHeading(outer, first)) return true
  }
  return false
}

function hasHeading({ children }: Element, first: Element): boolean {
  for (const child of children) {
    if (isWithin(first, child)) return false
    if (!isElement(child)) continue
    const headings = [child, ...child.children.filter(isElement)].filter(isHeading)
    if (headings.some((heading) => isCommentHeading((lineOf(heading) ?? '').slice(0, 100)))) return true
  }
  return false
}
