import { type Element } from 'domhandler'
import type { ElementIndex } from '../../element-index.ts'
import { isElement } from '../../elements.ts'
import { selector } from '../../selector.ts'
import { lineOf } from '../nodes.ts'
import { linkAddress } from '../pager.ts'
import type { Ask } from '../platform.ts'
import { isWithin } from './boxes.ts'
import { commentName, namesOf } from './names.ts'
import type { Section } from './section.ts'

const anchors = selector('a[href]')
const headLinks = selector('link[rel~="next"], link[rel~="prev"]')
const pagerName = /pag(?:e|ination|er|ing)|(?:^|[\s_-])(?:nav|next|prev|older|newer)(?=$|[\s_-])/i
const olderWords =
  /^\W*(?:(?:older|newer|previous|next|more|earlier|later) (?:comments?|posts?|replies|messages)|next(?: page)?|weiter(?:e kommentare)?|nächste(?: seite)?|ältere kommentare|neuere kommentare|page suivante|suivante?s?|commentaires (?:plus anciens|précédents|suivants)|siguiente|comentarios (?:anteriores|antiguos|siguientes)|próxim[ao]|successiv[oi]|commenti (?:precedenti|successivi)|volgende|następn[ay]|starsze komentarze|дальше|далее|вперёд|следующая|предыдущие комментарии|sonraki|more comments)\W*$/iu
const highestLevel = 3

/**
 * The next pages of a section: links to the same page but for a number, in a pager beside the entries; "older comments"
 * and `rel=next` of a forum's thread. All that one page links are asked for; the loop drops what was asked before.
 */
export function sectionPages({ groups, page }: Section, index: ElementIndex, url: string, asked: Ask): Ask[] {
  const entries = groups.flatMap(({ entries }) => entries)
  const first = entries[0]?.box.element
  const last = entries.at(-1)?.box.element
  if (first === undefined || last === undefined) return []
  const isForum = groups.some(({ group }) => !group.isOfComments)
  const elements = new Set(entries.map(({ box }) => box.element))
  const holder = holderOf(first, last)
  const links = holder === null ? [] : anchors.all(holder).filter((link) => !isInEntry(link, elements))
  const inPager = links.filter((link) => isPagerLink(link, holder))
  const inHead = isForum ? headLinks.all(index) : []
  const addresses = [...inPager, ...inHead]
    .map(({ attribs }) => linkAddress(attribs['href'], page.base))
    .filter((address) => address !== null)
    .filter((address) => isOtherPage(address, page.url, isForum))
  const known = new Set([withoutFragment(url), withoutFragment(asked.url)])
  const different = new Set(addresses.map((address) => address.href).filter((href) => !known.has(href)))
  return [...different]
    .slice(0, mostLinks)
    .map((href) => ({ url: href, accept: 'html', note: { step: 'page' } }))
}

const mostLinks = 100

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '')
}

/** The element around all entries, and what is next to it. */
function holderOf(first: Element, last: Element): Element | null {
  let holder: Element | null = first
  while (holder !== null && !isWithin(last, holder)) holder = parentOf(holder)
  for (let level = 0; level < highestLevel && holder !== null; level += 1) {
    const outer: Element | null = parentOf(holder)
    if (outer === null || outer.name === 'body') break
    holder = outer
  }
  return holder
}

function parentOf({ parent }: Element): Element | null {
  return parent !== null && isElement(parent) ? parent : null
}

function isInEntry(link: Element, entries: ReadonlySet<Element>): boolean {
  for (let outer = parentOf(link); outer !== null; outer = parentOf(outer))
    if (entries.has(outer)) return true
  return false
}

/** A number or "next" in a pager, or words that say what they lead to. */
function isPagerLink(link: Element, holder: Element | null): boolean {
  const text = (lineOf(link) ?? link.attribs['aria-label'] ?? '').slice(0, 60)
  if (olderWords.test(text) || /(?:^|\s)(?:next|prev)(?:\s|$)/.test(link.attribs['rel'] ?? '')) return true
  if (!/^\W*(?:\p{L}{2,12}\s)?\d{1,5}\W*$|^[‹›«»<>→←]+$/u.test(text)) return false
  for (let outer: Element | null = link; outer !== null && outer !== holder; outer = parentOf(outer)) {
    if (pagerName.test(namesOf(outer))) return true
  }
  return false
}

/**
 * The same page but for the number of a page. A path with a number at its end may be the article's own next part, unless
 * the pager is in the section.
 */
function isOtherPage(address: URL, pageUrl: string, isSure: boolean): boolean {
  const own = new URL(pageUrl)
  if (pageKey(address) !== pageKey(own)) return false
  return (
    isSure || address.pathname === own.pathname || commentName.test(address.href.slice(own.origin.length))
  )
}

const pageSegment = /^(?:(?:comment-|comments-|kommentar-)?(?:page|seite|pagina|strona|p)[-_]?)?\d{1,5}$/i
const pageSuffix =
  /(?:[-_.,](?:page|seite|p|comments?)[-_]?\d{1,5}|-\d{1,4})(?=(?:\.\w{2,5})?$)|(?<=\d)\.\d{1,6}$/i
const pageParameter = /^(?:(?=[\w-]*page)[\w-]+|pg|p|start|st|offset|cstart|seite|pagina|from|s|c)$/i

/** An address without what tells its pages apart. */
function pageKey({ pathname, searchParams, host }: URL): string {
  const segments = pathname.split('/').filter((segment) => segment !== '')
  const last = segments.at(-1) ?? ''
  const path = pageSegment.test(last) && segments.length > 1 ? segments.slice(0, -1) : segments
  const query = [...searchParams]
    .filter(([name]) => !pageParameter.test(name))
    .map(([name, value]) => `${name}=${value.replace(pageSuffix, '')}`)
  return [host, ...path.map((segment) => segment.replace(pageSuffix, '')), ...query].join('/')
}
