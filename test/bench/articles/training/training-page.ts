import { cleanBody } from '../../../../src/extractors/article/body/clean-body.ts'
import { certainExclusions, likelyExclusions } from '../../../../src/extractors/article/body/clutter.ts'
import {
  extractArticle,
  type ExtractionSite,
  readFacts,
} from '../../../../src/extractors/article/extract-article.ts'
import { headlineOf } from '../../../../src/extractors/article/headline.ts'
import { measureBlocks } from '../../../../src/extractors/article/body/boilerplate.ts'
import { findMainText } from '../../../../src/extractors/article/body/main-text.ts'
import type { Block } from '../../../../src/extractors/article/page-outline.ts'
import { outlinePage } from '../../../../src/extractors/article/page-outline.ts'
import type { Findings } from '../../../../src/extractors/article/body/findings.ts'
import { PassageFeatures } from '../../../../src/extractors/article/body/passage-features.ts'
import { PassageTree } from '../../../../src/extractors/article/body/passage-tree.ts'
import { judgedSelection, ruledSelection } from '../../../../src/extractors/article/body/selection.ts'
import { parsePage } from '../../../../src/extractors/page.ts'
import { decodeBytes } from '../../../../src/normalise/charset.ts'
import { fetchedAt } from '../our-extractor.ts'
import { type BenchPage, readPage } from '../page.ts'
import { labelPassages, type Label } from './labels.ts'

/** A page of the sets with what its passages are, as far as its truth tells. */
export interface TrainingPage {
  readonly page: BenchPage
  readonly host: string
  readonly blocks: readonly Block[]
  readonly passages: readonly Block[]
  readonly labels: readonly Label[]
  readonly findings: Findings
  /** True for blocks that are left out however likely they are judged to belong. */
  readonly isExcluded: (block: Block) => boolean
  /** The article's text as it is extracted today, by trees that may have learnt from this page. */
  readonly today: () => string
}

/** Reads a page the way that extraction does, up to where passages are judged; null when it has no main text. */
export async function readTrainingPage(page: BenchPage): Promise<TrainingPage | null> {
  const { text } = decodeBytes(await readPage(page.file), null, { kind: 'html' })
  const parsed = parsePage(text, page.url, fetchedAt)
  const outline = outlinePage(parsed.document)
  const main = findMainText(outline)
  if (main === null) return null
  const facts = readFacts(parsed, siteOf(page.url))
  const isExcluded = certainExclusions(main, outline.blocks, {
    title: facts.title,
    dropped: new Set(),
    headline: headlineOf(outline)?.index ?? -1,
  })
  const isUnlikely = likelyExclusions(main, outline.blocks)
  const { passages } = new PassageTree(outline.blocks)
  return {
    page,
    host: new URL(page.url).hostname.replace(/^www\./, ''),
    blocks: outline.blocks,
    passages,
    labels: labelPassages(passages, page.truth.body),
    findings: {
      ...facts,
      headline: headlineOf(outline)?.index ?? -1,
      main,
      isLeftOut: (block) => isExcluded(block) || isUnlikely(block),
      lenient: measureBlocks(outline, 'lenient'),
    },
    isExcluded,
    today: () => extractArticle(parsed, siteOf(page.url)).bodyText,
  }
}

const siteOf = (url: string): ExtractionSite => ({
  layouts: [],
  language: null,
  articlePath: null,
  url: new URL('/', url).href,
  timezone: 'UTC',
})

/** A row of numbers for each passage that is judged; null for one that is not. */
export function featureRows(
  { blocks, findings }: TrainingPage,
  weigh: (block: Block) => number,
): (readonly number[] | null)[] {
  const tree = new PassageTree(blocks, weigh)
  const features = new PassageFeatures(tree, findings)
  return tree.passages.map((passage, place) => {
    if (!features.isHopeless(passage)) return [...features.next(passage, place)]
    features.pass(passage)
    return null
  })
}

/** The text of the body as the rules alone find it. */
export function ruledBody({ page, blocks, findings: { main, isLeftOut } }: TrainingPage): string {
  return cleanBody(ruledSelection(main, isLeftOut), blocks, page.url).text
}

/**
 * The text of the body when these passages are judged to belong.
 * @param kept 1 by the index of a passage's block.
 */
export function judgedBody(page: TrainingPage, kept: Uint8Array): string {
  if (!kept.includes(1)) return ruledBody(page)
  const { blocks, isExcluded, findings } = page
  const selection = judgedSelection(blocks, kept, { isExcluded, isLeftOut: findings.isLeftOut })
  return cleanBody(selection, blocks, page.page.url).text
}
