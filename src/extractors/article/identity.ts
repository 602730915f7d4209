import type { Site } from '../../sites/site.ts'
import { canonicalUrl, isSameHost } from '../../normalise/url.ts'
import type { Page } from '../page.ts'
import { articleIdOf } from './fields/metadata.ts'
import type { PageOutline } from './page-outline.ts'

/** DataLife Engine puts the page of the text and of its comments before the article's own name. */
const dleCommentPage = /\/page,\d+,(?:\d+,)?(?=[^/]+$)/
const wordPressCommentPage = /\/comment-page-\d+\/?$/

/** True for addresses that show one page of an article's comments. */
export const isCommentPage = (url: string): boolean => {
  const { pathname, searchParams } = new URL(url)
  const isDleQuery = searchParams.has('newsid') && Number(searchParams.get('cstart')) > 1
  return isDleQuery || dleCommentPage.test(pathname) || wordPressCommentPage.test(pathname)
}

/**
 * The address that the article is stored under. The page's own word (`rel=canonical`, `og:url`) counts only on
 * the page's host and when it does not send a deeper page to the front page, both common template faults.
 */
export function articleUrl(outline: PageOutline, pageUrl: string): string {
  const claimed = [outline.relations.get('canonical'), outline.metas.get('og:url')?.[0]]
  for (const claim of claimed) {
    const url = claim === undefined ? null : canonicalUrl(claim.trim(), pageUrl)
    if (url !== null && isSameHost(url, pageUrl) && (!isFrontPage(url) || isFrontPage(pageUrl)))
      return firstPage(url)
  }
  return firstPage(canonicalUrl(pageUrl) ?? pageUrl)
}

/** True for the root of a host. */
export function isFrontPage(url: string): boolean {
  const { pathname, search } = new URL(url)
  return /^\/(?:index\.(?:html?|php|aspx?))?$/.test(pathname) && search === ''
}

function firstPage(address: string): string {
  const url = new URL(address)
  if (url.searchParams.has('newsid')) url.searchParams.delete('cstart')
  url.pathname = url.pathname.replace(dleCommentPage, '/').replace(wordPressCommentPage, '/')
  return url.href
}

/** The publisher's own id: from the address by the site's pattern, else from marks of the publishing system. */
export function nativeIdOf(
  page: Page,
  outline: PageOutline,
  address: string,
  articlePath: Site['articlePath'],
): string | null {
  const { pathname, searchParams } = new URL(address)
  const byPattern = articlePath === null ? null : (new RegExp(articlePath).exec(pathname)?.[1] ?? null)
  return (
    byPattern ??
    dleId(page, outline, dleNumber(pathname, searchParams)) ??
    wordPressId(outline) ??
    articleIdOf(outline)
  )
}

/** The number in an address of DataLife Engine: `/117-ferry.html`, or `/index.php?newsid=117` where it has no names. */
function dleNumber(pathname: string, parameters: URLSearchParams): string | null {
  const asked = parameters.get('newsid')
  if (asked !== null && /^\d+$/.test(asked)) return asked
  return /\/(\d+)-[^/]*\.html$/.exec(pathname)?.[1] ?? null
}

function dleId({ html }: Page, outline: PageOutline, id: string | null): string | null {
  if (id === null) return null
  const isDle =
    /datalife engine/i.test(outline.metas.get('generator')?.[0] ?? '') ||
    /\bvar dle_(?:root|skin)\b/.test(html)
  return isDle ? id : null
}

function wordPressId({ bodyNames, relations }: PageOutline): string | null {
  const shortLink = relations.get('shortlink')
  return (
    /(?:^|\s)postid-(\d+)(?=\s|$)/.exec(bodyNames)?.[1] ??
    /[?&]p=(\d+)(?=&|$)/.exec(shortLink ?? '')?.[1] ??
    null
  )
}
