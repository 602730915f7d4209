import type { Element } from 'domhandler'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { type Searchable, selector } from '../../../selector.ts'
import { lineOf } from '../../nodes.ts'
import { linkAddress } from '../../pager.ts'
import type { Answer } from '../../platform.ts'
import { countInCounter, countInHeading, countInStructuredData } from '../../marks/reported-count.ts'
import { isBeside } from '../../sections/groups.ts'
import { countBefore } from '../../sections/shown-count.ts'

const commentElements = selector('li.comment, li.pingback, li.trackback, [id*="comment-"], [id^="wpd-comm-"]')
const commentId = /^(?:li-|div-)?comment-\d+$|^wpd-comm-\d+_\d+$/

const commentPlaces = selector(
  'form[action*="wp-comments-post.php"], form#commentform, #respond.comment-respond, #comments.comments-area, #wpdcom, #wpcomm, .wp-block-comments',
)
const closedPlace = selector('#comments .no-comments')
const commentForm = selector('form[action*="wp-comments-post.php"]')
const generator = selector('meta[name="generator"]')
const restLink = selector('link[rel="https://api.w.org/"]')
const body = selector('body')

/** Whether the page is WordPress's and has a place for comments: elements, never words in a style sheet. */
export function hasComments({ elements, html }: IndexedPage): boolean {
  const hasArea = commentPlaces.first(elements) !== null
  const hasElement = commentElements.all(elements).some(({ attribs }) => commentId.test(attribs['id'] ?? ''))
  if (!hasArea && !hasElement && closedPlace.first(elements) === null) return false
  const others = [
    () => /WordPress/i.test(generator.first(elements)?.attribs['content'] ?? ''),
    () => /(?:^|\s)(?:postid|page-id)-\d/.test(body.first(elements)?.attribs['class'] ?? ''),
    () => restLink.first(elements) !== null,
    () => commentForm.first(elements) !== null,
    () => /(?:src|href)=["'][^"'<>]{0,300}\/wp-(?:content|includes)\//.test(html),
  ]
  let marks = Number(hasArea) + Number(hasElement)
  for (const isMarked of others) if (marks < 2 && isMarked()) marks += 1
  return marks >= 2
}

const postField = selector('input[name="comment_post_ID"]')
const shortLink = selector('link[rel="shortlink"]')
const jsonLink = selector('link[rel="alternate"][type="application/json"]')
const replyLink = selector('a.comment-reply-link[data-postid]')

const postSources: readonly ((page: IndexedPage) => string | null | undefined)[] = [
  ({ elements }) => postField.first(elements)?.attribs['value'],
  ({ elements }) =>
    /(?:^|\s)(?:postid|page-id)-(\d+)/.exec(body.first(elements)?.attribs['class'] ?? '')?.[1],
  ({ elements }) => /[?&]p=(\d+)/.exec(shortLink.first(elements)?.attribs['href'] ?? '')?.[1],
  ({ elements }) =>
    /\/wp\/v2\/(?:posts|pages)\/(\d+)/.exec(jsonLink.first(elements)?.attribs['href'] ?? '')?.[1],
  ({ elements }) => replyLink.first(elements)?.attribs['data-postid'],
  ({ url }) => new URL(url).searchParams.get('p'),
]

/** The post's number, in which REST counts its comments. */
export function postId(page: IndexedPage): string | null {
  for (const source of postSources) {
    const id = source(page)
    if (/^\d+$/.test(id ?? '')) return id ?? null
  }
  return null
}

const pageInPath = /\/comment-page-\d+(?=\/?$)/

/** The article's own address, from that of any of its comment pages. */
export function articleAddress(url: string): string {
  const address = new URL(url)
  address.pathname = address.pathname.replace(pageInPath, '')
  for (const name of ['cpage', 'replytocom']) address.searchParams.delete(name)
  return canonicalUrl(address.href) ?? url
}

/** The addresses under which a page speaks of its own article: comments that link elsewhere are not its own. */
export interface OwnPages {
  readonly articleUrl: string
  has(href: string | undefined): boolean
}

const canonicalLink = selector('link[rel="canonical"]')
const sharedAddress = selector('meta[property="og:url"]')

export function ownPages(page: Searchable, articleUrl: string): OwnPages {
  const hrefs = [
    articleUrl,
    canonicalLink.first(page)?.attribs['href'],
    shortLink.first(page)?.attribs['href'],
    sharedAddress.first(page)?.attribs['content'],
  ]
  const different = [...new Set(hrefs)]
  const paths = new Set(different.map((href) => pathOf(href, articleUrl)).filter((path) => path !== null))
  // A page links to itself once for each of its comments.
  const known = new Map<string, boolean>()
  return {
    articleUrl,
    has: (href = '') => {
      const address = href.replace(/#.*$/s, '')
      const isOwn = known.get(address) ?? paths.has(pathOf(address, articleUrl) ?? '')
      known.set(address, isOwn)
      return isOwn
    },
  }
}

/** What tells two articles of one site apart: the path, with the number of a post that has no other name. */
function pathOf(href: string | undefined, baseUrl: string): string | null {
  if (href === undefined || !URL.canParse(href, baseUrl)) return null
  const { pathname, searchParams } = new URL(articleAddress(withoutArchive(new URL(href, baseUrl).href)))
  const number = searchParams.get('p') ?? searchParams.get('page_id')
  return pathname.replace(/(?<!\/)\/+$/, '') + (number === null ? '' : `?${number}`)
}

/** Root of the site's REST interface, when the page or its headers advertise one. */
export function restRoot(page: Searchable, { url, headers }: Pick<Answer, 'url' | 'headers'>): string | null {
  const linked = restLink.first(page)?.attribs['href']
  const sent = /<([^<>]+)>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/.exec(headers['link'] ?? '')?.[1]
  const href = linked ?? sent
  if (href === undefined || !URL.canParse(href, url)) return null
  return linkAddress(href, url)?.href ?? null
}

/** A copy in the Internet Archive links to copies: `/web/20130506/https://paper.example/a`. */
function withoutArchive(url: string): string {
  const original = /^https?:\/\/[^/]+\/web\/\d{4,14}[a-z_]{0,4}\/(https?:\/\/.+)$/.exec(url)?.[1]
  return original !== undefined && URL.canParse(original) ? original : url
}

const feeds = selector('link[rel="alternate"][type="application/rss+xml"]')

/** Address of the feed of this article's comments. */
export function feedAddress(page: Searchable, articleUrl: string): string | null {
  const own = pathOf(articleUrl, articleUrl)
  for (const { attribs } of feeds.all(page)) {
    const address = linkAddress(attribs['href'], articleUrl)
    if (address === null) continue
    const path = pathOf(address.href, articleUrl)
    if (own !== '' && (path === `${own}/feed` || (path === own && address.searchParams.has('feed')))) {
      return address.href
    }
  }
  return null
}

const headings = selector(
  '.comments-title, #comments-title, .comments-heading, .comment-title, .wp-block-comments-title, h2#comments, h3#comments, ' +
    '[class*="comments__headline"], #comments h2, #comments h3, #comments h4, .comments-area h2, .comments-area h3, .comments h2, .comments h3, .wpd-thread-info',
)
const commentLinks = selector('a[href$="#comments"], a[href$="#respond"]')
const discuzCount = selector('[data-comments-count]')

/** The number of comments that the page states for its own article: beside them, or in a link to them. */
export function reportedCount(page: Searchable, html: string, own: OwnPages): number | null {
  const discuz = discuzCount.first(page)?.attribs['data-comments-count']
  return (
    (discuz === undefined ? null : countInCounter(discuz)) ??
    firstCount(headings.all(page)) ??
    firstCount(commentLinks.all(page).filter(({ attribs }) => own.has(attribs['href']))) ??
    countBeforeComments(page) ??
    countInStructuredData(page, html)
  )
}

/** Themes head their comments in many ways; where the comments are not on the page, their place is headed. */
function countBeforeComments(page: Searchable): number | null {
  const first =
    commentElements.all(page).find((element) => isComment(element) && !isBeside(element)) ??
    commentPlaces.first(page)
  return first === null ? null : countBefore(first)
}

function isComment({ name, attribs }: Element): boolean {
  return name === 'li' || commentId.test(attribs['id'] ?? '')
}

function firstCount(elements: readonly Element[]): number | null {
  for (const element of elements) {
    const count = countInHeading(lineOf(element) ?? '')
    if (count !== null) return count
  }
  return null
}

const closedWords =
  /closed|geschlossen|fermés|cerrados|chiusi|закрыт|закрит|zamknięt|gesloten|encerrad|fechad|kapalı/iu
const closedNotices = selector('.no-comments, .nocomments, .comments-closed, .wpd-form-closed')

export function isClosed(page: Searchable): boolean {
  return closedNotices.all(page).some((notice) => closedWords.test(lineOf(notice) ?? ''))
}
