import type { Element } from 'domhandler'
import { type Searchable, selector } from '../../selector.ts'

/** Tells links to the page itself from those that lead elsewhere. */
export interface OwnPage {
  readonly url: string
  /** What relative links start from. */
  readonly base: string
  /** Whether an address without its fragment is the page's own, or names an entry's number. */
  isOwn(href: string, number: string | null): boolean
  /** Whether a link leads to another page of the same site, as those of teasers do. */
  isElsewhere(href: string, number: string | null): boolean
}

const selfLinks = selector('link[rel="canonical"], link[rel="shortlink"], meta[property="og:url"]')

const bases = selector('base[href]')

/** Where relative links of a page start from. */
function baseOf(page: Searchable, url: string): string {
  const href = bases.first(page)?.attribs['href']
  return href !== undefined && URL.canParse(href, url) ? new URL(href, url).href : url
}

export function ownPage(page: Searchable, url: string): OwnPage {
  const base = baseOf(page, url)
  const addresses = selfLinks.all(page).map(({ attribs }) => attribs['href'] ?? attribs['content'])
  const paths = new Set([url, ...addresses].map((href) => pathOf(href, url)).filter((path) => path !== null))
  const { host } = new URL(url)
  const isOwn = (href: string, number: string | null): boolean => {
    if (href === '' || href.startsWith('#')) return true
    if (number !== null && hasNumber(href.split('#')[0] ?? '', number)) return true
    const path = pathOf(href, base)
    return path === null || paths.has(path)
  }
  return {
    url,
    base,
    isOwn,
    isElsewhere: (href, number) => {
      if (!URL.canParse(href, base) || new URL(href, base).host !== host) return false
      return !isOwn(href, number)
    },
  }
}

function hasNumber(href: string, number: string): boolean {
  return number.length > 1 && new RegExp(`(?<![a-z\\d])${number}(?![a-z\\d])`, 'i').test(href)
}

/** Forums name the thread in the query; a page's number does not make another thread. */
function pathOf(href: string | undefined, baseUrl: string): string | null {
  if (href === undefined || !URL.canParse(href, baseUrl)) return null
  const { pathname, searchParams, protocol } = new URL(href, baseUrl)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  const names = ['p', 'page_id', 'id', 't', 'f', 'topic', 'tid', 'threadid', 'showtopic', 'newsid']
  const query = names.map((name) => searchParams.get(name)).filter((value) => value !== null)
  const path = pathname.replace(/\/(?:comment-page-\d+|page[-/]?\d+)(?=\/?$)/, '').replace(/(?<!\/)\/+$/, '')
  return [path, ...query].join('?')
}

const headingLinks = selector('h1 a[href], h2 a[href], h3 a[href], h4 a[href]')

/** A headline that leads to another page: a teaser, not a comment. */
export function isTeaser(element: Element, number: string | null, page: OwnPage): boolean {
  const link = headingLinks.first(element)
  return link !== null && page.isElsewhere(link.attribs['href'] ?? '', number) && !isProfile(link)
}

function isProfile({ attribs }: Element): boolean {
  return /user|member|profil|author|people|@/i.test(`${attribs['href'] ?? ''} ${attribs['class'] ?? ''}`)
}

const fragmentLinks = selector('a[href*="#"]')

/** Lists of the latest comments anywhere on the site look like comments, but link to other pages. */
export function isOfOtherPage(element: Element, number: string | null, page: OwnPage): boolean {
  let elsewhere = false
  for (const { attribs } of fragmentLinks.all(element)) {
    const href = attribs['href'] ?? ''
    const fragment = href.slice(href.indexOf('#') + 1)
    if (number === null ? !/comment|^c\d+$|^p\d+$|kommentar/i.test(fragment) : !fragment.includes(number))
      continue
    if (page.isOwn(href, number)) return false
    elsewhere = true
  }
  return elsewhere
}
