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
/** Says that what it leads to are comments, and not a part of the article. */
const commentsWords =
  /^[^\p{L}\p{N}]*(?:(?:(?:load|show|view|see|read|all|older|newer|more|next|previous)\s){1,3}(?:\d[\d.,\s]{0,12})?comments|(?:alle|mehr|weitere|nächste|vorherige|ältere|neuere)\s(?:\d[\d.,\s]{0,12})?kommentare(?:\s(?:anzeigen|laden|lesen))?|(?:voir|afficher|lire)\s(?:tous\s|toutes\s)?les\s(?:\d[\d.,\s]{0,12})?commentaires|(?:ver|mostrar|cargar)\s(?:todos\s|más\s|mais\s)(?:los\s|os\s)?(?:\d[\d.,\s]{0,12})?coment[aá]rios|(?:altri|tutti i)\s(?:\d[\d.,\s]{0,12})?commenti|(?:все|ещё|еще|показать все)\s(?:\d[\d.,\s]{0,12})?комментари[ия])[^\p{L}\p{N}]*(?:\d[\d.,\s]{0,12})?[^\p{L}\p{N}]*$/iu
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
  const addresses = [...inPager, ...inHead].flatMap((link) => {
    const address = linkAddress(link.attribs['href'], page.base)
    if (address === null) return []
    const saysComments = commentsWords.test(textOf(link))
    const isSure = isForum || saysComments || leadsToComments(link)
    const isOther = isOtherPage(address, page.url, isSure) || (saysComments && isSameBut(address, page.url))
    return isOther ? [address] : []
  })
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

function textOf(link: Element): string {
  return (lineOf(link) ?? link.attribs['aria-label'] ?? '').slice(0, 60)
}

/** To the place of comments on another page. */
function leadsToComments({ attribs }: Element): boolean {
  return commentName.test(attribs['href']?.split('#')[1] ?? '')
}

const numberedPage = /[?&;](?:[\w-]*page|seite|pagina|página|strona|strana|sayfa|sida)=(\d{1,5})(?=$|[&#;])/i

/** A number or "next" in a pager, or words that say what they lead to. */
function isPagerLink(link: Element, holder: Element | null): boolean {
  const text = textOf(link)
  if (numberedPage.exec(link.attribs['href'] ?? '')?.[1] === text) return true
  if (
    olderWords.test(text) ||
    commentsWords.test(text) ||
    /(?:^|\s)(?:next|prev)(?:\s|$)/.test(link.attribs['rel'] ?? '')
  )
    return true
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

/** The same but for one parameter: what "older comments" has is for pages of comments, whatever its name. */
function isSameBut(address: URL, pageUrl: string): boolean {
  const own = new URL(pageUrl)
  if (address.pathname !== own.pathname) return false
  const changed = [...address.searchParams].filter(([name, value]) => own.searchParams.get(name) !== value)
  const isWhole = [...own.searchParams.keys()].every((name) => address.searchParams.has(name))
  return changed.length === 1 && isWhole && /^(?:\d{1,5}|all|alle)$/.test(changed[0]?.[1] ?? '')
}

const commentSegment =
  /^(?:comments?|kommentare?|commentaires?|comentarios|comentários|commenti|reacties)(?:\.\w{2,5})?$/i
const extension = /\.(?:s?html?|php|aspx?)$/i
const pageSegment = /^(?:(?:comment-|comments-|kommentar-)?(?:page|seite|pagina|strona|p)[-_]?)?\d{1,5}$/i
const pageSuffix =
  /(?:[-_.,](?:page|seite|p|comments?)[-_]?\d{1,5}|-\d{1,4})(?=(?:\.\w{2,5})?$)|(?<=\d)\.\d{1,6}$/i
const pageParameter = /^(?:(?=[\w-]*page)[\w-]+|pg|p|start|st|offset|cstart|seite|pagina|from|s|c)$/i

/** An address without what tells its pages apart. */
function pageKey({ pathname, searchParams, host }: URL): string {
  const segments = pathname.split('/').filter((segment) => segment !== '')
  for (const pattern of [pageSegment, commentSegment])
    if (segments.length > 1 && pattern.test(segments.at(-1) ?? '')) segments.pop()
  const query = [...searchParams]
    .filter(([name]) => !pageParameter.test(name))
    .map(([name, value]) => `${name}=${value.replace(pageSuffix, '')}`)
  return [
    host,
    ...segments.map((segment) => segment.replace(extension, '').replace(pageSuffix, '')),
    ...query,
  ].join('/')
}
