import { comparable } from './comparable-text.ts'
import { lineTextOf } from './line-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

const mostHeadings = 40
const mostColumns = 600
const leastLetters = 9
const mostShare = 0.5

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
export function headlineOf({ headings, titleTag, metas }: PageOutline): Block | null {
  const site = comparable(metas.get('og:site_name')?.[0] ?? '')
  const candidates = headings
    .slice(0, mostHeadings)
    .filter(({ names, flowText }) => flowText <= mostColumns && !siteNames.test(names))
    .map((block): Candidate => ({ block, letters: comparable(lineTextOf(block.node)) }))
    .filter(({ letters }) => letters !== '' && letters !== site)
  const first = candidates.filter(({ block }) => block.node.name === 'h1')
  const title = comparable(titleTag ?? '')
  const isNamed = ({ block, letters }: Candidate): boolean =>
    articleNames.test(block.names) && letters.length >= leastLetters
  const found =
    agreeing(first, candidates, title) ??
    first.find(isNamed) ??
    first.find(({ letters }) => letters.length > 12) ??
    first[0] ??
    candidates.find(isNamed)
  return found?.block ?? null
}

/** An `h1` that the document's title holds; a lesser heading only where that is most of the title. */
function agreeing(
  first: readonly Candidate[],
  all: readonly Candidate[],
  title: string,
): Candidate | undefined {
  const held = (list: readonly Candidate[]): Candidate | undefined =>
    list
      .filter(({ letters }) => letters.length >= leastLetters && title.includes(letters.slice(0, 40)))
      .reduce<Candidate | undefined>(
        (best, one) => (best === undefined || one.letters.length > best.letters.length ? one : best),
        undefined,
      )
  const ofFirst = held(first)
  const ofAny = held(all)
  const isMost = ofAny !== undefined && ofAny.letters.length >= title.length * mostShare
  return isMost && ofAny.letters.length > 1.5 * (ofFirst?.letters.length ?? 0) ? ofAny : ofFirst
}
