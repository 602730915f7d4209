import type { FieldRule } from './article.ts'
import { isCommentPage, isFrontPage } from './identity.ts'
import type { LinkedPage } from './fields/linked-article.ts'
import type { MainText } from './body/main-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

/** What is known of the page when the question is asked. */
export interface Evidence {
  readonly pageUrl: string
  readonly canonicalUrl: string
  readonly articlePath: string | null
  readonly outline: PageOutline
  readonly linked: LinkedPage
  readonly main: MainText | null
  /** The page goes on with a topic of a forum that another opens. */
  readonly isLaterPage: boolean
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
const enoughPoints = 3

/** Whether the page is one article, rather than a list of several, a front page or a page about the site. */
export function isArticlePage(evidence: Evidence): boolean {
  const { pageUrl, title, bodyText, isLaterPage } = evidence
  if (title === null || bodyText === '' || isLaterPage || isFrontPage(pageUrl) || isCommentPage(pageUrl))
    return false
  const byPattern = matchesPattern(evidence)
  if (byPattern !== null) return byPattern
  if (evidence.main?.rule === 'opening-post') return true
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
  const signs: readonly (readonly [boolean, number])[] = [
    [typeof linked.article?.claims.title === 'string', 3],
    [linked.isListing, -3],
    [outline.metas.get('og:type')?.[0]?.toLowerCase() === 'article', 2],
    [publishedRule === 'heuristic', 1],
    [publishedRule !== 'heuristic' && publishedRule !== 'none', 2],
    [publishedRule !== 'none' && isHeadline(evidence.title), 1],
    [bodyText.length >= 250, 1],
    [bodyText.length >= 800, 1],
    [isSentence(path), 1],
    [listingSegment.test(path) || serviceSegment.test(path), -3],
    [isMostlyTeasers(evidence), -4],
    [isSectionName(path) && bodyText.length < 1500 && linkedHeadings(evidence).within.length > 0, -3],
  ]
  return signs.reduce((sum, [isSeen, points]) => (isSeen ? sum + points : sum), 0)
}

/** Sections and services have names of a word or two; a script without spaces has no words to count. */
const isHeadline = (title: string | null): boolean =>
  title !== null && (title.split(' ').length >= 3 || /[\u3040-\u30ff\u4e00-\u9fff]{8}/.test(title))

/** True for an address whose last part is a sentence: four words or more. */
const isSentence = (path: string): boolean =>
  (path.replace(/\/$/, '').split('/').at(-1) ?? '').split(/[-_]/).length >= 4

/** True for addresses such as `/sport/` and `/news/local-council/`: a word or two, and no number. */
const isSectionName = (path: string): boolean =>
  /^\/(?:[\p{L}_]+(?:-[\p{L}_]+)?\/){0,2}[\p{L}_]+(?:-[\p{L}_]+)?\/?$/u.test(path)

/** A list: headings that are links within the main text, or many beside next to no text. */
function isMostlyTeasers(evidence: Evidence): boolean {
  const { within, beside } = linkedHeadings(evidence)
  const { length } = evidence.bodyText
  return (within.length >= 4 && length < within.length * 400) || (beside.length >= 6 && length < 300)
}

/** Headings that are links, within the main text and beside it. */
function linkedHeadings({ outline, main }: Evidence): { within: Block[]; beside: Block[] } {
  const found: { within: Block[]; beside: Block[] } = { within: [], beside: [] }
  if (main === null) return found
  for (const heading of outline.headings) {
    if (!isLinked(heading, outline, main)) continue
    const isWithin = main.roots.some((root) => heading.index >= root.index && heading.index < root.end)
    found[isWithin ? 'within' : 'beside'].push(heading)
  }
  return found
}

function isLinked({ index, parent }: Block, { blocks }: PageOutline, { measured }: MainText): boolean {
  const text = measured.text[index] ?? 0
  return text > 0 && (blocks[parent]?.isInLink === true || (measured.linkText[index] ?? 0) * 10 >= text * 9)
}
