import type { CommentPage, ReadComment, ReadPage, TruthComment } from '../page.ts'
import { type Match, matchComments } from './match.ts'
import { sameTime } from './time.ts'
import { nameKey } from './words.ts'

/** So many of so many were right. */
export interface Share {
  readonly right: number
  readonly of: number
}

/** What one page's reading was worth. */
export interface PageScore {
  readonly page: CommentPage
  /** Comments that had to be found; comments that were given, but for optional ones; what is in both. */
  readonly needed: number
  readonly given: number
  readonly matched: number
  readonly author: Share
  readonly time: Share
  readonly timeInAnyZone: Share
  readonly parent: Share
  /** Times that were given where the page has none. */
  readonly invented: Share
  readonly isPerfect: boolean
}

/** Nobody is wrong for leaving these out, or for giving them. */
const isOptional = ({ text, isPing, isOpening, isAnswer }: TruthComment): boolean =>
  isPing || isOpening || isAnswer || text === ''

export function scorePage(page: CommentPage, { comments: reads }: Pick<ReadPage, 'comments'>): PageScore {
  const truths = page.comments
  const match = matchComments(truths, reads)
  const found = new Map([...match].map(([truth, read]) => [read, truth]))
  const needed = truths.filter((truth) => !isOptional(truth)).length
  const pairs = [...match].flatMap(([index, place]): Pair[] => {
    const truth = truths[index]
    const read = reads[place]
    return truth === undefined || read === undefined || isOptional(truth) ? [] : [{ truth, read }]
  })
  const given = reads.filter((_, place) => {
    const truth = truths[found.get(place) ?? -1]
    return truth === undefined || !isOptional(truth)
  }).length
  const timed = pairs.map(({ truth, read }) => sameTime(truth.published, read.published))
  const times = timed.filter((same) => same !== null)
  const named = pairs.filter(({ truth }) => Boolean(truth.author))
  const dateless = pairs.filter(({ truth }) => !truth.published && !truth.publishedRaw)
  const shares = {
    author: shareOf(named, ({ truth, read }) => nameKey(truth.author) === nameKey(read.author)),
    time: shareOf(times, ({ exact }) => exact),
    timeInAnyZone: shareOf(times, ({ inAnyZone }) => inAnyZone),
    parent: shareOf(pairs, (pair) => hasSameParent(pair, { truths, reads, match, found })),
  }
  const isWhole = pairs.length === needed && given === needed
  return {
    page,
    needed,
    given,
    matched: pairs.length,
    ...shares,
    invented: shareOf(dateless, ({ read }) => Boolean(read.published)),
    isPerfect: isWhole && [shares.author, shares.time, shares.parent].every(({ right, of }) => right === of),
  }
}

interface Pair {
  readonly truth: TruthComment
  readonly read: ReadComment
}

function shareOf<Item>(items: readonly Item[], isRight: (item: Item) => boolean): Share {
  return { right: items.filter(isRight).length, of: items.length }
}

interface Matching {
  readonly truths: readonly TruthComment[]
  readonly reads: readonly ReadComment[]
  readonly match: Match
  /** The match the other way round. */
  readonly found: ReadonlyMap<number, number>
}

/**
 * Parents are compared through the match, so that the spelling of ids does not matter. A reply to a forum's opening
 * post stands at the root, and so does one whose parent was left out as optional.
 */
function hasSameParent({ truth, read }: Pair, { truths, reads, match, found }: Matching): boolean {
  const told = placeOf(truth.parent, truths)
  const given = placeOf(read.parent, reads)
  if (told === null) return given === null || truths[found.get(given) ?? -1]?.isOpening === true
  const matched = match.get(told)
  if (matched !== undefined) return given === matched
  const parent = truths[told]
  return parent !== undefined && isOptional(parent) && given === null
}

/** -1 for an id that is not there. */
function placeOf(id: string | null, comments: readonly { readonly id: string | null }[]): number | null {
  if (id === null || id === '') return null
  return comments.findIndex((comment) => comment.id === id)
}

/** What all pages together were worth. Shares are null where nothing could be right or wrong. */
export interface SetScore {
  readonly pages: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  readonly author: number | null
  readonly time: number | null
  readonly timeInAnyZone: number | null
  readonly parent: number | null
  readonly pagePerfect: number | null
  /** Comments that were read on pages that have none. */
  readonly falseComments: number
  readonly inventedTimes: number
}

export function sumScores(scores: readonly PageScore[]): SetScore {
  const withComments = scores.filter(({ page }) => page.comments.length > 0)
  const without = scores.filter(({ page }) => page.comments.length === 0)
  const total = (value: (score: PageScore) => number) =>
    withComments.reduce((sum, score) => sum + value(score), 0)
  const ratio = (share: (score: PageScore) => Share) =>
    quotient(
      total((score) => share(score).right),
      total((score) => share(score).of),
    )
  const matched = total((score) => score.matched)
  const needed = total((score) => score.needed)
  const given = total((score) => score.given)
  return {
    pages: scores.length,
    precision: quotient(matched, given),
    recall: quotient(matched, needed),
    f1: quotient(2 * matched, given + needed),
    author: ratio(({ author }) => author),
    time: ratio(({ time }) => time),
    timeInAnyZone: ratio(({ timeInAnyZone }) => timeInAnyZone),
    parent: ratio(({ parent }) => parent),
    pagePerfect: quotient(withComments.filter(({ isPerfect }) => isPerfect).length, withComments.length),
    falseComments: without.reduce((sum, { given: read }) => sum + read, 0),
    inventedTimes: total(({ invented }) => invented.right),
  }
}

const quotient = (right: number, of: number): number | null => (of === 0 ? null : right / of)
