import { nothing, type BenchPage, type Prediction } from '../page.ts'
import {
  compareBodies,
  harmonicMean,
  mean,
  type Overlap,
  precisionOf,
  recallOf,
  scoreBodies,
} from './body.ts'
import {
  hasTime,
  isMoment,
  isSameDay,
  isSameLanguage,
  isSameMinute,
  isSameTitle,
  scoreAuthors,
} from './fields.ts'
import { rougeLsum } from './rouge.ts'
import { wordsOf } from './words.ts'

/** How well one contender reads one set. A field is null where no page of the set has a truth for it. */
export interface Scores {
  readonly bodyF1: number
  readonly precision: number
  readonly recall: number
  readonly rougeLsum: number | null
  readonly title: number | null
  readonly authors: number | null
  readonly day: number | null
  readonly minute: number | null
  readonly language: number | null
  /** Share of the snippets that must not be in the body and are. */
  readonly leaks: number | null
  /** Pages whose truth has words and whose body has none. */
  readonly empty: number
}

export interface PageScore {
  readonly key: string
  readonly f1: number
  readonly isEmpty: boolean
}

export interface SetScore {
  readonly scores: Scores
  /** In the order of the pages. */
  readonly pages: readonly PageScore[]
}

interface Pair {
  readonly page: BenchPage
  readonly predicted: Prediction
}

export function scoreSet(
  pages: readonly BenchPage[],
  predictions: ReadonlyMap<string, Prediction>,
): SetScore {
  const pairs = pages.map((page) => ({ page, predicted: predictions.get(page.key) ?? nothing }))
  const overlaps = pairs.map(({ page, predicted }) => compareBodies(page.truth.body, predicted.body))
  const { f1, precision, recall } = scoreBodies(overlaps)
  const pageScores = pairs.map((pair, index) => scorePage(pair, overlaps[index]))
  const rouge = pairs.map(({ page, predicted }) => rougeLsum(page.truth.body, predicted.body))
  return {
    scores: {
      bodyF1: f1,
      precision,
      recall,
      rougeLsum: mean(rouge),
      ...scoreFields(pairs),
      leaks: shareOfLeaks(pairs),
      empty: pageScores.filter(({ isEmpty }) => isEmpty).length,
    },
    pages: pageScores,
  }
}

function scorePage({ page, predicted }: Pair, overlap: Overlap | undefined): PageScore {
  const f1 = overlap === undefined ? 0 : harmonicMean(precisionOf(overlap), recallOf(overlap))
  // Some pages are the shell of a program: their truth is empty too, and who reads nothing there has read it right.
  const isEmpty = wordsOf(page.truth.body).length > 0 && wordsOf(predicted.body).length === 0
  return { key: page.key, f1, isEmpty }
}

/** Each field on the pages that have a truth for it. */
function scoreFields(pairs: readonly Pair[]) {
  const dated = pairs.flatMap(({ page: { truth }, predicted }) =>
    isMoment(truth.published) ? [{ truth: truth.published, predicted: predicted.published }] : [],
  )
  const timed = dated.filter(({ truth }) => hasTime(truth))
  const titled = pairs.flatMap(({ page: { truth }, predicted }) =>
    truth.title === null || truth.title === '' ? [] : [{ truth: truth.title, predicted: predicted.title }],
  )
  const spoken = pairs.flatMap(({ page: { truth }, predicted }) =>
    truth.language === null ? [] : [{ truth: truth.language, predicted: predicted.language }],
  )
  const signed = pairs.filter(({ page }) => page.truth.authors.length > 0)
  return {
    title: shareOf(titled, isSameTitle),
    authors: mean(signed.map(({ page, predicted }) => scoreAuthors(page.truth.authors, predicted.authors))),
    day: shareOf(dated, isSameDay),
    minute: shareOf(timed, isSameMinute),
    language: shareOf(spoken, isSameLanguage),
  }
}

interface Claim {
  readonly truth: string
  readonly predicted: string | null
}

function shareOf(claims: readonly Claim[], isSame: (truth: string, predicted: string | null) => boolean) {
  return mean(claims.map(({ truth, predicted }) => (isSame(truth, predicted) ? 1 : 0)))
}

function shareOfLeaks(pairs: readonly Pair[]): number | null {
  const found = pairs.flatMap(({ page, predicted }) => {
    const body = squeezed(predicted.body)
    return page.truth.without.map((snippet) => (body.includes(squeezed(snippet)) ? 1 : 0))
  })
  return mean(found)
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ')
