import type { Element, ParentNode } from 'domhandler'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { type Searchable, selector } from '../../../selector.ts'
import { labelOf, lineOf } from '../../nodes.ts'
import { linkAddress, type Pager, templateOf } from '../../pager.ts'
import { countInCounter, countInHeading, countInStructuredData } from '../../marks/reported-count.ts'

const commentAreas = selector(
  '#dle-comments-list, #dlemasscomments, #dle-ajax-comments, #dle-comments-form, [id^="comm-id-"]',
)

const engineFiles = selector(
  'script[src*="/engine/classes/"], script[src*="/engine/ajax/"], link[href*="/engine/"]',
)
const generator = selector('meta[name="generator"]')
const content = selector('#dle-content')
const commentLists = selector('#dle-comments-list, #dlemasscomments, #dle-ajax-comments')
const comments = selector('[id^="comm-id-"]')
const treeItems = selector('li[id^="comments-tree-item-"]')

/** Whether a page carries two marks of the engine, and a place for comments. */
export function hasComments({ elements, html }: IndexedPage): boolean {
  if (commentAreas.first(elements) === null) return false
  const marks = [
    /DataLife Engine/i.test(generator.first(elements)?.attribs['content'] ?? ''),
    /\bvar\s{1,5}dle_(?:root|admin|login_hash|group|skin)\b/.test(html),
    content.first(elements) !== null,
    engineFiles.first(elements) !== null,
    commentLists.first(elements) !== null,
    comments.first(elements) !== null,
    treeItems.first(elements) !== null,
  ]
  return marks.filter(Boolean).length >= 2
}

const idInPath = /(?:^|[/,])(\d+)-[^/,]*\.html$/
const idInScript = /\bdle_news_id\s*=\s*['"]?(\d+)/
const pagerCall = /CommentsPage\(\s*'?(\d+)'?\s*,\s*'?(\d+)/

const postField = selector('input[name="post_id"]')
const pageCalls = selector('a[onclick*="CommentsPage"]')

/** The article's number, in which the engine counts its comments. */
export function articleId({ elements, html, url }: IndexedPage): string | null {
  const { pathname, searchParams } = new URL(url)
  const candidates = [
    idInPath.exec(pathname)?.[1],
    searchParams.get('newsid'),
    idInScript.exec(html)?.[1],
    postField.first(elements)?.attribs['value'],
    pagerCall.exec(pageCalls.first(elements)?.attribs['onclick'] ?? '')?.[2],
  ]
  return candidates.find((id) => id !== null && id !== undefined && /^\d+$/.test(id)) ?? null
}

const pageInPath = /\/page,\d+,\d+,(?=[^/]*$)/

/** The article's own address, from that of any of its comment pages. */
export function articleAddress(url: string): string {
  const address = new URL(url)
  address.pathname = address.pathname.replace(pageInPath, '/')
  address.searchParams.delete('cstart')
  return canonicalUrl(address.href) ?? url
}

/** A script variable of the page, such as the name of the skin. */
export function scriptVariable(html: string, name: string): string | null {
  return new RegExp(`\\b${name}\\s{0,20}=\\s{0,20}['"]?([\\w./:-]+)`).exec(html)?.[1] ?? null
}

const counterBoxes = selector(
  '[class*="comments-count"], [class*="comments_count"], [class*="comments-num"], [class*="meta_comments"], [class*="meta-comments"]',
)
const commentLinks = selector('a#dle-comm-link, a[href$="#comment"], a[href$="#comments"]')
const titles = selector('h2, h3, h4, [class*="comments-title"], [class*="comments_title"]')

/** The number of comments that the page states for its own article, not for those it links to. */
export function reportedCount(page: Searchable, html: string, articleUrl: string): number | null {
  const links = commentLinks.all(page)
  const own = links.filter(({ attribs }) => leadsTo(attribs['href'] ?? '', articleUrl))
  const counters = counterBoxes.all(page)
  const headings = titles.all(page)
  const counts = [
    ...own.map((link) => countInLink(lineOf(link) ?? '')),
    ...(counters.length === 1 ? counters.map((box) => countInCounter(lineOf(box) ?? '')) : []),
    ...headings.map((heading) => countInHeading(lineOf(heading) ?? '')),
    countInStructuredData(page, html),
  ]
  return counts.find((count) => count !== null) ?? null
}

function leadsTo(href: string, articleUrl: string): boolean {
  const address = linkAddress(href, articleUrl)
  return address !== null && pageNumber(address.href) === null && articleAddress(address.href) === articleUrl
}

const labelWithNumber = /^\D{0,30}?(\d[\d\s.,]{0,9})\D{0,20}$/

/** Whatever the link to the article's own comments says besides, its only number is theirs. */
function countInLink(label: string): number | null {
  const digits = labelWithNumber.exec(label)?.[1]
  return countInCounter(label) ?? (digits === undefined ? null : Number(digits.replace(/\D/g, '')))
}

const notices = selector('[class*="info"], [class*="alert"], [class*="berrors"]')

/** Comments may be written for so many days only; a notice to sign in does not say that. */
export function isClosed(page: Searchable): boolean {
  return notices
    .all(page)
    .some((notice) => /возможно только в течени[еи]\s+\d+\s+дн/i.test(lineOf(notice) ?? ''))
}

const anchors = selector('a')
const spans = selector('span')

/** The pager below the comments, on a page or alone; null when there is one page. */
export function readPager(scopes: readonly ParentNode[], baseUrl: string): Pager | null {
  const links = scopes.flatMap((scope) => anchors.all(scope)).map((link) => pageLink(link, baseUrl))
  const linked = links.reduce((highest, { page }) => Math.max(highest, page), 0)
  if (linked === 0) return null
  const shown = scopes.flatMap((scope) => spans.all(scope)).map((span) => labelOf(span) ?? '')
  const current = shown.find((text) => /^\d{1,7}$/.test(text))
  return {
    current: current === undefined ? null : Number(current),
    last: Math.max(linked, Number(current ?? 0)),
    template: links.find(({ template }) => template !== null)?.template ?? null,
  }
}

/** The page that a link leads to: by its script, else by its address, which may be missing. */
function pageLink({ attribs }: Element, baseUrl: string): { page: number; template: string | null } {
  const address = linkAddress(attribs['href'], baseUrl)
  const addressed = address === null ? null : templateIn(address)
  const called = pagerCall.exec(attribs['onclick'] ?? '')?.[1]
  if (called === undefined) return addressed ?? { page: 0, template: null }
  const page = Number(called)
  return { page, template: addressed?.page === page ? addressed.template : null }
}

/** The number of a comment page, by its address; null for the article's own. */
export function pageNumber(url: string): number | null {
  return templateIn(new URL(url))?.page ?? null
}

const numberInPath = /(\/page,\d+,)(\d+)(,[^/]*)$/

function templateIn(address: URL): { page: number; template: string } | null {
  const inPath = numberInPath.exec(address.pathname)
  const inQuery = address.searchParams.get('cstart')
  if (inPath !== null) {
    address.pathname = address.pathname.replace(numberInPath, '$1{page}$3')
    return { page: Number(inPath[2]), template: templateOf(address) }
  }
  if (inQuery === null || !/^\d+$/.test(inQuery)) return null
  address.searchParams.set('cstart', '{page}')
  return { page: Number(inQuery), template: templateOf(address) }
}
