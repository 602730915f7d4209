import { type Element, isTag } from 'domhandler'
import { type Searchable, selector } from '../../../selector.ts'
import { labelOf } from '../../nodes.ts'
import { linkAddress, type Pager, templateOf } from '../../pager.ts'
import type { OwnPages } from './page.ts'

interface PageLink {
  readonly page: number
  readonly template: string
  readonly element: Element
}

const pageLinks = selector('a[href*="comment-page-"], a[href*="cpage="]')

/**
 * The comment pages of an article; null when there is one. Not all numbers need to be linked, and a
 * pager of "older" and "newer" links tells the page by its neighbours. Links to a single comment,
 * which name its page too, are no pager.
 */
export function readPager(page: Searchable, own: OwnPages, pageUrl: string): Pager | null {
  const links = pageLinks
    .all(page)
    .map((element) => pageLink(element, own, pageUrl))
    .filter((link) => link !== null)
  const [first] = links
  if (first === undefined) return null
  const current = shownPage(links) ?? placeOf(new URL(pageUrl))?.page ?? besideNeighbours(links)
  const last = links.reduce((highest, { page }) => Math.max(highest, page), current ?? 0)
  return { current, last, template: first.template }
}

function pageLink(element: Element, own: OwnPages, pageUrl: string): PageLink | null {
  const href = element.attribs['href'] ?? ''
  if (/#(?:comment-\d|respond)|replytocom=/.test(href)) return null
  const address = linkAddress(href, pageUrl)
  if (address === null || !own.has(address.href)) return null
  const place = placeOf(address)
  return place === null ? null : { ...place, element }
}

const numberInPath = /(\/comment-page-)(\d+)(\/?)$/

function placeOf(address: URL): { page: number; template: string } | null {
  const inPath = numberInPath.exec(address.pathname)?.[2]
  const inQuery = address.searchParams.get('cpage')
  const pattern = new URL(address)
  if (inPath !== undefined) {
    pattern.pathname = pattern.pathname.replace(numberInPath, '$1{page}$3')
    return { page: Number(inPath), template: templateOf(pattern) }
  }
  if (inQuery === null || !/^\d+$/.test(inQuery)) return null
  pattern.searchParams.set('cpage', '{page}')
  return { page: Number(inQuery), template: templateOf(pattern) }
}

const shownPages = selector('.current, [aria-current="page"]')

/** The number without a link: "3", or "Page 3" with the word hidden from sight. */
function shownPage(links: readonly PageLink[]): number | null {
  for (const { element } of links) {
    const pager = boxAround(element)
    for (const box of pager === null ? [] : shownPages.all(pager)) {
      const number = /^\D{0,40}(\d{1,7})$/.exec(labelOf(box) ?? '')?.[1]
      if (number !== undefined) return Number(number)
    }
  }
  return null
}

const boxTags: ReadonlySet<string> = new Set(['nav', 'ul', 'ol', 'p', 'div'])

function boxAround({ parent }: Element): Element | null {
  for (let outer = parent; outer !== null && isTag(outer); outer = outer.parent) {
    if (boxTags.has(outer.name)) return outer
  }
  return null
}

function besideNeighbours(links: readonly PageLink[]): number | null {
  for (const { page, element } of links) {
    const names = namesAround(element)
    if (/(?:^|[\s_-])(?:prev|previous|older)/i.test(names)) return page + 1
    if (/(?:^|[\s_-])(?:next|newer)/i.test(names)) return page - 1
  }
  return null
}

function namesAround(element: Element): string {
  const { parent } = element
  const outer = parent !== null && isTag(parent) ? (parent.attribs['class'] ?? '') : ''
  return `${element.attribs['class'] ?? ''} ${element.attribs['rel'] ?? ''} ${outer}`
}
