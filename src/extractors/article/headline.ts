import { comparable } from './comparable-text.ts'
import { lineTextOf } from './line-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

const mostHeadings = 20
const mostColumns = 600
/** Characters: headings that are never closed hold the whole page. */
const longestHeading = 2_000
const leastLetters = 9
const mostShare = 0.5
const nearlyAll = 0.75

/** Headings of the site rather than of the article. */
const siteNames =
  /(?:^|[\s_-])(?:logo|bread-?crumbs?|site-?(?:title|name|header)|brand|navbar-brand)(?:$|[\s_-])/
/** What publishing systems call the headline of an article, whatever its level. */
const articleNames =
  /(?:^|[\s_-])(?:entry-title|post-title|article-title|article-headline|story-title|story-headline|blog-title|news-title)(?:$|[\s_-])/

interface Candidate {
  readonly block: Block
  readonly letters: string
}

/**
 * The visible headline: the heading that agrees best with the document's title, an `h1` before others, and never
 * the name of the site.
 */
export function headlineOf(outline: PageOutline): Block | null {
  const known = found.get(outline)
  if (known !== undefined) return known
  const headline = findHeadline(outline)
  found.set(outline, headline)
  return headline
}

/** Several steps ask for the headline of a page. */
const found = new WeakMap<PageOutline, Block | null>()

function findHeadline({ headings, titleTag, metas }: PageOutline): Block | null {
  const site = comparable(metas.get('og:site_name')?.[0] ?? '')
  const title = comparable(titleTag ?? '')
  const candidatesOf = (blocks: readonly Block[]): Candidate[] =>
    blocks
      .slice(0, mostHeadings)
      .filter(({ names, flowText }) => flowText <= mostColumns && !siteNames.test(names))
      .map((block): Candidate => ({
        block,
        letters: comparable(lineTextOf(block.node).slice(0, longestHeading)),
      }))
      .filter(({ letters }) => letters !== '' && letters !== site)

  const first = candidatesOf(headings.filter(isFirstLevel))
  const held = longestIn(title, first)
  if (held !== null && held.letters.length >= title.length * nearlyAll) return held.block
  const lesser = candidatesOf(headings.filter((heading) => !isFirstLevel(heading)))
  const better = longestIn(title, lesser)
  if (better !== null && better.letters.length >= Math.max(title.length * mostShare, 1.5 * lengthOf(held))) {
    return better.block
  }
  return (held ?? likeliest(first) ?? lesser.find(isNamed))?.block ?? null
}

/** Where no heading is in the title: one named as the headline, a long one, any. */
const likeliest = (first: readonly Candidate[]): Candidate | undefined =>
  first.find(isNamed) ?? first.find(({ letters }) => letters.length > 12) ?? first[0]

const isFirstLevel = ({ node }: Block): boolean => node.name === 'h1'

const isNamed = ({ block, letters }: Candidate): boolean =>
  articleNames.test(block.names) && letters.length >= leastLetters

const lengthOf = (candidate: Candidate | null): number => candidate?.letters.length ?? 0

/** The heading that holds most of the title. */
const longestIn = (title: string, candidates: readonly Candidate[]): Candidate | null =>
  candidates
    .filter(({ letters }) => letters.length >= leastLetters && title.includes(letters.slice(0, 40)))
    .reduce<Candidate | null>((best, one) => (lengthOf(one) > lengthOf(best) ? one : best), null)
