import type { FieldRule } from './article.ts'
import { isCommentPage, isFrontPage } from './identity.ts'
import type { LinkedPage } from './linked-article.ts'
import type { MainText } from './main-text.ts'
import type { PageOutline } from './page-outline.ts'

/** What is known of the page when the question is asked. */
export interface Evidence {
  readonly pageUrl: string
  readonly canonicalUrl: string
  readonly articlePath: string | null
  readonly outline: PageOutline
  readonly linked: LinkedPage
  readonly main: MainText | null
  readonly title: string | null
  readonly bodyText: string
  /** Where the time of publication came from. */
  readonly publishedRule: FieldRule
}

const listingSegment =
  /\/(?:category|categories|tags?|authors?|search|topics?|rubrics?|archives?|users?|profile|page)\/|\/page\/\d+\/?$/
const serviceSegment =
  /\/(?:about(?:-us)?|contacts?(?:-us)?|imprint|impressum|privacy(?:-policy)?|terms(?:-[\w-]+)?|datenschutz|kontakt|agb|cookies?|advertis(?:e|ing)|subscribe|newsletters?|rss|sitemap|login|register|search)(?:\.\w+)?\/?$/
const listingBody =
  /(?:^|\s)(?:home|blog|archive|category|tag|author|search|search-results|search-no-results|error404|page|page-id-\d+)(?=\s|$)/
const singleBody = /(?:^|\s)(?:single|single-[\w-]+|postid-\d+)(?=\s|$)/
/** The last part of an address that is a sentence: four words or more. */
const slug = /\/[^/]+(?:[-_][^/-]+){3,}\/?$/
const enoughPoints = 3

/** Whether the page is one article, rather than a list of several, a front page or a page about the site. */
export function isArticlePage(evidence: Evidence): boolean {
  const { pageUrl, title, bodyText } = evidence
  if (title === null || bodyText === '' || isFrontPage(pageUrl) || isCommentPage(pageUrl)) return false
  const byPattern = matchesPattern(evidence)
  if (byPattern !== null) return byPattern
  const byBody = wordPressKind(evidence.outline)
  if (byBody === 'other') return false
  return pointsOf(evidence) + (byBody === 'post' ? enoughPoints : 0) >= enoughPoints
}

function matchesPattern({ articlePath, pageUrl, canonicalUrl }: Evidence): boolean | null {
  if (articlePath === null) return null
  const pattern = new RegExp(articlePath)
  return [pageUrl, canonicalUrl].some((url) => pattern.test(new URL(url).pathname))
}

/** WordPress names the kind of page in the classes of `body`. */
function wordPressKind({ bodyNames, metas, relations }: PageOutline): 'post' | 'other' | null {
  const isWordPress =
    relations.has('https://api.w.org/') ||
    /^wordpress/i.test(metas.get('generator')?.[0] ?? '') ||
    /(?:^|\s)(?:postid-\d|page-id-\d|wp-[\w-]+)/.test(bodyNames)
  if (!isWordPress) return null
  if (singleBody.test(bodyNames)) return 'post'
  return listingBody.test(bodyNames) ? 'other' : null
}

function pointsOf(evidence: Evidence): number {
  const { outline, linked, bodyText, publishedRule } = evidence
  const path = new URL(evidence.pageUrl).pathname
  let points = 0
  if (linked.article?.claims.title !== null && linked.article !== null) points += 3
  if (linked.isListing) points -= 3
  if (outline.metas.get('og:type')?.[0]?.toLowerCase() === 'article') points += 2
  if (publishedRule === 'heuristic') points += 1
  else if (publishedRule !== 'none') points += 2
  if (bodyText.length >= 800) points += 2
  else if (bodyText.length >= 250) points += 1
  if (slug.test(path)) points += 1
  if (listingSegment.test(path) || serviceSegment.test(path)) points -= 3
  if (isMostlyTeasers(evidence)) points -= 4
  return points
}

/** A list: headings that are links within the main text, or many beside next to no text. */
function isMostlyTeasers({ outline, main, bodyText }: Evidence): boolean {
  if (main === null) return false
  let within = 0
  let beside = 0
  for (const heading of outline.headings) {
    const text = main.measured.text[heading.index] ?? 0
    const linkText = main.measured.linkText[heading.index] ?? 0
    const isLink = outline.blocks[heading.parent]?.isInLink === true || linkText * 10 >= text * 9
    if (text === 0 || !isLink) continue
    if (main.roots.some((root) => heading.index > root.index && heading.index < root.end)) within++
    else beside++
  }
  return (within >= 4 && bodyText.length < within * 400) || (beside >= 6 && bodyText.length < 300)
}
