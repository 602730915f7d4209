import { type ChildNode, type Element, isTag } from 'domhandler'
import { getElementsByTagName } from 'domutils'
import type { Page } from '../../extractors/page.ts'
import { htmlToText } from '../../normalise/html.ts'
import { cleanLine } from '../../normalise/text.ts'
import { canonicalUrl } from '../../normalise/url.ts'
import type { Site } from '../../sites/site.ts'
import { isOnSite } from '../../sites/site-host.ts'
import type { Announcement } from './announcement.ts'
import { isTrap, scoreArticlePath } from './article-path.ts'

/** A listing shows a few hundred articles at most; more is an archive or a trap. */
const maxArticles = 500
const maxLinks = 5_000
const maxFeeds = 10

/** Elements above a link that are looked at for the place where it stands. */
const maxAncestors = 12

/** Score from which on a link counts as an article's. */
const enough = 3

interface Candidate {
  score: number
  title: string | null
  titleScore: number
}

/**
 * Links of a listing that look like articles of the same site, in page order, at most 500.
 * Where the site declares `articlePath`, it alone decides; else the form of the address
 * and the place of the link do, taken together.
 */
export function findArticleLinks(page: Page, site: Pick<Site, 'url' | 'articlePath'>): Announcement[] {
  const articlePath = site.articlePath === null ? null : new RegExp(site.articlePath, 'u')
  const base = baseUrl(page)
  const own = canonicalUrl(page.url)
  const candidates = new Map<string, Candidate>()

  for (const link of elementsOf(page, 'a', maxLinks)) {
    const url = canonicalUrl(link.attribs['href'] ?? '', base)
    if (url === null || url === own || !isOnSite(url, site.url)) continue
    const pathScore = scorePath(new URL(url), articlePath)
    if (pathScore === null) continue
    addCandidate(candidates, url, pathScore, link)
  }
  return [...candidates]
    .filter(([, candidate]) => candidate.score >= enough)
    .slice(0, maxArticles)
    .map(([url, { title }]) => ({ url, publishedAt: null, modifiedAt: null, title, commentCount: null }))
}

/** Feeds that a page names as its own (`link rel=alternate`), without feeds of comments. */
export function findFeedLinks(page: Page): string[] {
  const base = baseUrl(page)
  const feeds = elementsOf(page, 'link', maxLinks)
    .filter(isArticleFeed)
    .map((link) => canonicalUrl(link.attribs['href'] ?? '', base))
    .filter((url) => url !== null)
  return [...new Set(feeds)].slice(0, maxFeeds)
}

function scorePath(url: URL, articlePath: RegExp | null): number | null {
  if (articlePath === null) return scoreArticlePath(url)
  return articlePath.test(url.pathname) && !isTrap(url) ? enough : null
}

/** An article is linked several times (picture, headline, "12 comments"): the best of them speaks for it. */
function addCandidate(
  candidates: Map<string, Candidate>,
  url: string,
  pathScore: number,
  link: Element,
): void {
  const content = contentOf(link)
  const text = cleanLine(htmlToText(content), 300)
  const place = scorePlace(link, content)
  const words = text?.split(' ').length ?? 0
  const score = pathScore + place + (words >= 4 ? 1 : 0)
  const titleScore = words === 0 ? 0 : place * 10 + Math.min(words, 9)

  const known = candidates.get(url)
  if (known === undefined) {
    candidates.set(url, { score, title: text, titleScore })
    return
  }
  known.score = Math.max(known.score, score)
  if (titleScore > known.titleScore) Object.assign(known, { title: text, titleScore })
}

const headings: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4'])
const surroundings: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'form'])

/** What stands in a link. One that is not closed holds all links after it, which in HTML would end it. */
function contentOf({ children }: Element): ChildNode[] {
  const next = children.findIndex((child) => getElementsByTagName('a', child, true, 1).length > 0)
  return next < 0 ? children : children.slice(0, next)
}

/** Whether a link stands where teasers stand, or among the furniture of the page. */
function scorePlace(link: Element, content: ChildNode[]): number {
  let isInTeaser = getElementsByTagName((name) => headings.has(name), content, true, 1).length > 0
  let ancestor = link.parent
  for (let level = 0; level < maxAncestors && ancestor !== null && isTag(ancestor); level += 1) {
    if (headings.has(ancestor.name)) return 2
    if (surroundings.has(ancestor.name)) return -2
    if (ancestor.name === 'article') isInTeaser = true
    ancestor = ancestor.parent
  }
  return isInTeaser ? 2 : 0
}

const feedType = /^application\/(?:rss\+xml|atom\+xml|feed\+json)\b/i
const commentsFeed = /comment|kommentar|комментари|коментар|comentari|commentaire|reacties|commenti|yorum/i

function isArticleFeed(link: Element): boolean {
  const { rel = '', type = '', href = '', title = '' } = link.attribs
  if (!rel.toLowerCase().split(/\s+/).includes('alternate') || !feedType.test(type.trim())) return false
  return !commentsFeed.test(title) && !/\/comments\/|[?&]feed=comments/i.test(href)
}

function baseUrl(page: Page): string {
  const href = elementsOf(page, 'base', 1)[0]?.attribs['href']
  return (href === undefined ? null : canonicalUrl(href, page.url)) ?? page.url
}

/** In page order. A CSS selector would take time with the square of a long list of links. */
function elementsOf(page: Page, name: string, limit: number): Element[] {
  return getElementsByTagName(name, page.document, true, limit)
}
