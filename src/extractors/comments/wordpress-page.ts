import type { CheerioAPI } from 'cheerio'
import { canonicalUrl } from '../../normalise/url.ts'
import type { Page } from '../page.ts'
import { lineOf } from './nodes.ts'
import { linkAddress } from './pager.ts'
import type { Answer } from './platform.ts'
import { countInCounter, countInHeading, countInStructuredData } from './reported-count.ts'

const commentElements = 'li.comment, li.pingback, li.trackback, [id*="comment-"], [id^="wpd-comm-"]'
const commentId = /^(?:li-|div-)?comment-\d+$|^wpd-comm-\d+_\d+$/

const commentPlaces =
  'form[action*="wp-comments-post.php"], form#commentform, #respond.comment-respond, #comments.comments-area, #wpdcom, #wpcomm, .wp-block-comments'

/** Whether the page is WordPress's and has a place for comments: elements, never words in a style sheet. */
export function hasComments({ $, html }: Page): boolean {
  const hasArea = $(commentPlaces).length > 0
  const hasElement = $(commentElements)
    .toArray()
    .some(({ attribs }) => commentId.test(attribs['id'] ?? ''))
  const marks = [
    hasArea,
    hasElement,
    /WordPress/i.test($('meta[name="generator"]').attr('content') ?? ''),
    $('link[rel="https://api.w.org/"]').length > 0,
    /(?:src|href)=["'][^"'<>]{0,300}\/wp-(?:content|includes)\//.test(html),
    /(?:^|\s)(?:postid|page-id)-\d/.test($('body').attr('class') ?? ''),
    $('form[action*="wp-comments-post.php"]').length > 0,
  ]
  const hasPlace = hasArea || hasElement || $('#comments .no-comments').length > 0
  return hasPlace && marks.filter(Boolean).length >= 2
}

/** The post's number, in which REST counts its comments. */
export function postId({ $, url }: Page): string | null {
  const candidates = [
    $('input[name="comment_post_ID"]').attr('value'),
    /(?:^|\s)(?:postid|page-id)-(\d+)/.exec($('body').attr('class') ?? '')?.[1],
    /[?&]p=(\d+)/.exec($('link[rel="shortlink"]').attr('href') ?? '')?.[1],
    /\/wp\/v2\/(?:posts|pages)\/(\d+)/.exec(
      $('link[rel="alternate"][type="application/json"]').attr('href') ?? '',
    )?.[1],
    $('a.comment-reply-link[data-postid]').attr('data-postid'),
    new URL(url).searchParams.get('p'),
  ]
  return candidates.find((id) => /^\d+$/.test(id ?? '')) ?? null
}

const pageInPath = /\/comment-page-\d+(?=\/?$)/

/** The article's own address, from that of any of its comment pages. */
export function articleAddress(url: string): string {
  const address = new URL(url)
  address.pathname = address.pathname.replace(pageInPath, '')
  for (const name of ['cpage', 'replytocom']) address.searchParams.delete(name)
  return canonicalUrl(address.href) ?? url
}

/** The paths under which a page speaks of its own article: comments that link elsewhere are not its own. */
export function ownPaths($: CheerioAPI, articleUrl: string): ReadonlySet<string> {
  const hrefs = [
    articleUrl,
    $('link[rel="canonical"]').attr('href'),
    $('link[rel="shortlink"]').attr('href'),
    $('meta[property="og:url"]').attr('content'),
  ]
  return new Set(hrefs.map((href) => pathOf(href, articleUrl)).filter((path) => path !== null))
}

/** What tells two articles of one site apart: the path, with the number of a post that has no other name. */
export function pathOf(href: string | undefined, baseUrl: string): string | null {
  if (href === undefined || !URL.canParse(href, baseUrl)) return null
  const { pathname, searchParams } = new URL(articleAddress(new URL(href, baseUrl).href))
  const number = searchParams.get('p') ?? searchParams.get('page_id')
  return pathname.replace(/\/+$/, '') + (number === null ? '' : `?${number}`)
}

/** Root of the site's REST interface, when the page or its headers advertise one. */
export function restRoot($: CheerioAPI, { url, headers }: Pick<Answer, 'url' | 'headers'>): string | null {
  const linked = $('link[rel="https://api.w.org/"]').attr('href')
  const sent = /<([^<>]+)>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/.exec(headers['link'] ?? '')?.[1]
  const href = linked ?? sent
  if (href === undefined || !URL.canParse(href, url)) return null
  return linkAddress(href, url)?.href ?? null
}

/** Address of the feed of this article's comments. */
export function feedAddress($: CheerioAPI, articleUrl: string): string | null {
  const own = pathOf(articleUrl, articleUrl)
  for (const { attribs } of $('link[rel="alternate"][type="application/rss+xml"]').toArray()) {
    const address = linkAddress(attribs['href'], articleUrl)
    if (address === null) continue
    const path = pathOf(address.href, articleUrl)
    if (own !== '' && (path === `${own}/feed` || (path === own && address.searchParams.has('feed')))) {
      return address.href
    }
  }
  return null
}

const headings =
  '.comments-title, #comments-title, .comments-heading, .comment-title, .wp-block-comments-title, h2#comments, h3#comments, ' +
  '[class*="comments__headline"], #comments h2, #comments h3, #comments h4, .comments-area h2, .comments-area h3, .comments h2, .comments h3, .wpd-thread-info'

/** The number of comments that the page states for its own article: beside them, or in a link to them. */
export function reportedCount($: CheerioAPI, html: string, articleUrl: string): number | null {
  const own = ownPaths($, articleUrl)
  const links = $('a[href$="#comments"], a[href$="#respond"]').toArray()
  const ownLinks = links.filter(({ attribs }) => own.has(pathOf(attribs['href'], articleUrl) ?? ''))
  const discuz = $('[data-comments-count]').attr('data-comments-count')
  const counts = [
    discuz === undefined ? null : countInCounter(discuz),
    ...$(headings)
      .toArray()
      .map((heading) => countInHeading(lineOf(heading) ?? '')),
    ...ownLinks.map((link) => countInHeading(lineOf(link) ?? '')),
    countInStructuredData($, html),
  ]
  return counts.find((count) => count !== null) ?? null
}

const closedWords =
  /closed|geschlossen|fermés|cerrados|chiusi|закрыт|закрит|zamknięt|gesloten|encerrad|fechad|kapalı/iu

export function isClosed($: CheerioAPI): boolean {
  const notices = $('.no-comments, .nocomments, .comments-closed, .wpd-form-closed').toArray()
  return notices.some((notice) => closedWords.test(lineOf(notice) ?? ''))
}
