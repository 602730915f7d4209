import { cleanLine } from '../../../normalise/text.ts'
import type { FieldRule } from '../article.ts'
import { comparable } from '../comparable-text.ts'
import type { Answer } from './answers.ts'
import { sharedWords } from './title-words.ts'

const separator = /(?<!\s)\s+[|–—•·»:-]+\s+|(?:(?<!\s)\s+)?[|｜]\s*/u

/** What is known of the site and the visible headline when a title is cleaned. */
export interface TitleContext {
  readonly headline: string | null
  readonly siteName: string | null
  readonly pageUrl: string
}

/** A title and the rule that read it. */
export interface TitleClaim {
  readonly rule: FieldRule
  readonly title: string | null
}

/** What else is known when one of several titles is chosen. */
export interface TitleEvidence extends TitleContext {
  /** The document's own title. */
  readonly documentTitle: string | null
  /** The JSON-LD calls the page a news article: its headline is a newsroom's, not a search engine plug-in's. */
  readonly isNews: boolean
}

/**
 * How much each source's word counts. The headline that readers see outweighs what is written for search engines
 * and social networks; the headline of a news article's JSON-LD is overruled only where the others agree.
 */
const weights = {
  news: 2.5,
  'json-ld': 0.5,
  metadata: 1,
  microdata: 1,
  heuristic: 2.2,
  besideNews: 1.2,
  /** A headline that shares no words with any title is another box's. */
  unlike: 0.4,
  document: 0.4,
} as const
const leastShared = 0.3

/** Spellings, best first, where titles differ in dashes and quotes only. */
const spellings = ['metadata', 'json-ld', 'microdata', 'heuristic'] as const

/**
 * Titles, the one that most sources agree on first, each counted by its weight. A layout knows its site and is believed.
 */
export function* rankTitles(
  claims: readonly TitleClaim[],
  page: TitleEvidence,
): Generator<Answer<string>, undefined> {
  const ofLayout = cleanLine(claims.find(({ rule }) => rule === 'layout')?.title)
  if (ofLayout !== null) yield { value: ofLayout, rule: 'layout' }

  const documentTitle = cleanTitle(page.documentTitle, page)
  const titles = spellings.flatMap((rule) => {
    const title = cleanTitle(claims.find((claim) => claim.rule === rule)?.title ?? null, page)
    if (title === null || (rule === 'heuristic' && isLogo(title, documentTitle, page))) return []
    return [{ rule, title, letters: comparable(title) }]
  })
  const hasNews = page.isNews && titles.some(({ rule }) => rule === 'json-ld')
  const sums = new Map<string, number>([[comparable(documentTitle ?? ''), weights.document]])
  for (const { rule, title, letters } of titles) {
    const others = [
      ...titles.filter((other) => other.rule !== rule).map((other) => other.title),
      documentTitle,
    ]
    const isLike = rule !== 'heuristic' || isLikeAny(title, others)
    sums.set(letters, (sums.get(letters) ?? 0) + weightOf(rule, hasNews, isLike))
  }
  for (const { rule, title } of titles.toSorted((one, other) => sumOf(sums, other) - sumOf(sums, one))) {
    yield { value: title, rule }
  }
  if (documentTitle !== null) yield { value: documentTitle, rule: 'heuristic' }
}

/** Some sites have their own name for a headline on every page. */
const isLogo = (
  headline: string,
  documentTitle: string | null,
  { siteName, pageUrl }: TitleContext,
): boolean => documentTitle !== null && documentTitle !== headline && isSiteName(headline, siteName, pageUrl)

const sumOf = (sums: ReadonlyMap<string, number>, { letters }: { letters: string }): number =>
  sums.get(letters) ?? 0

function weightOf(rule: (typeof spellings)[number], hasNews: boolean, isLike: boolean): number {
  if (!isLike) return weights.unlike
  if (!hasNews) return weights[rule]
  if (rule === 'json-ld') return weights.news
  return rule === 'heuristic' ? weights.besideNews : weights[rule]
}

function isLikeAny(title: string, others: readonly (string | null)[]): boolean {
  const known = others.filter((other) => other !== null)
  return known.length === 0 || known.some((other) => sharedWords(title, other) >= leastShared)
}

/**
 * A title without what newsrooms glue to it for search engines: the name of the site or of a section, before or
 * after a dash or bar. The visible headline tells where the title proper ends.
 */
export function cleanTitle(raw: string | null, { headline, siteName, pageUrl }: TitleContext): string | null {
  const title = cleanLine(raw)
  if (title === null) return null
  if (headline !== null && comparable(headline).length > 8) {
    if (isCut(title, headline) || isWithGlue(title, headline)) return headline
  }
  const parts = title.split(separator)
  const last = parts.at(-1) ?? ''
  if (parts.length < 2 || !isSiteName(last, siteName, pageUrl)) return title
  return (
    cleanLine(title.slice(0, title.lastIndexOf(last)).replace(/(?<![\s|｜–—•·»:-])[\s|｜–—•·»:-]+$/u, '')) ??
    title
  )
}

/** Search engines show some 60 to 110 letters, and some systems cut the title to that. */
function isCut(title: string, headline: string): boolean {
  const start = title.replace(/(?:(?<!\s)\s+)?(?:…|\.{3})$/u, '')
  return (
    (start.length < title.length || start.length >= 95) &&
    start.length >= 40 &&
    headline.length > start.length &&
    headline.startsWith(start)
  )
}

/** The headline with something before or after a separator. */
function isWithGlue(title: string, headline: string): boolean {
  if (title.length <= headline.length) return false
  const parts = title.split(separator)
  if (parts.length < 2) return false
  const wanted = comparable(headline)
  return (
    parts.some((part) => comparable(part) === wanted) ||
    (comparable(title).startsWith(wanted) && separator.test(title.slice(headline.length - 2)))
  )
}

/** True for the name of the site, or its host with or without the ending. */
export function isSiteName(part: string, siteName: string | null, pageUrl: string): boolean {
  const name = comparable(part)
  if (name === '') return false
  const { hostname } = new URL(pageUrl)
  const host = comparable(hostname.replace(/^www\./, ''))
  if (name === comparable(siteName ?? '') || host === name) return true
  return name.length > 2 && (host.startsWith(name) || name === ownLabel(hostname))
}

/** The part of a host's name that somebody chose: `paper` of `news.paper.co.uk`; public suffixes are short. */
const ownLabel = (hostname: string): string =>
  comparable(
    hostname
      .split('.')
      .slice(0, -1)
      .findLast((label) => label.length > 3) ?? '',
  )
