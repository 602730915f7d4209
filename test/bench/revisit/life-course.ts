import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { createRandom, type Random } from '../../../src/demo/random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000

const parametersShape = z.strictObject({
  days: z.number(),
  articlesPerDay: z.number(),
  seeds: z.array(z.number().int()),
  offsetHours: z.number(),
  threads: z.strictObject({
    shareWithoutComments: z.number(),
    medianOwnComments: z.number(),
    spreadOwnComments: z.number(),
    fadingHours: z.number(),
    fadingPower: z.number(),
    answersPerComment: z.number(),
    answerMinutes: z.number(),
    shareOfLateAnswers: z.number(),
    lateAnswerHours: z.number(),
    shareRevived: z.number(),
    revivalEarliestDays: z.number(),
    revivalLatestDays: z.number(),
    revivalComments: z.number(),
    closeAfterDays: z.number(),
    mostComments: z.number(),
  }),
  comments: z.strictObject({
    shareRemoved: z.number(),
    removedWithinHours: z.number(),
    shareEdited: z.number(),
    editedWithinMinutes: z.number(),
  }),
  byHour: z.array(z.number()).length(24),
})

export type Parameters = z.infer<typeof parametersShape>

export const parameters: Parameters = parametersShape.parse(
  JSON.parse(readFileSync(new URL('life-courses.json', import.meta.url), 'utf8')),
)

export interface LivedComment {
  readonly published: number
  /** Moments at which it changed or went; infinite when it never does. */
  readonly edited: number
  readonly removed: number
}

/** What happens in one thread, from the article's first minute on. Moments are Unix milliseconds of a made-up year. */
export interface LifeCourse {
  readonly born: number
  /** By time of publication. */
  readonly comments: readonly LivedComment[]
  readonly closedAt: number
}

/**
 * Threads as they live: an article draws comments of its own, fewer as it ages; each comment draws answers for a
 * while (a branching process, Hawkes 1971); nights are quiet; a few articles are found again weeks later.
 */
export function liveThreads(seed: number, given: Parameters = parameters): LifeCourse[] {
  const source = createRandom(seed)
  return Array.from({ length: given.days * given.articlesPerDay }, (_, index) =>
    liveThread(source.fork(`thread ${index}`), given, index),
  )
}

function liveThread(random: Random, given: Parameters, index: number): LifeCourse {
  const { threads, days, articlesPerDay } = given
  const day = Math.floor(index / articlesPerDay) % days
  const born = moved(day * DAY + random.next() * DAY, random, given)
  const closedAt = born + threads.closeAfterDays * DAY
  const published: number[] = []
  const waiting = ownComments(born, random, given)
  for (let moment = waiting.pop(); moment !== undefined; moment = waiting.pop()) {
    if (moment >= closedAt || published.length >= threads.mostComments) continue
    published.push(moment)
    waiting.push(...answersTo(moment, random, given))
  }
  const comments = published
    .toSorted((one, other) => one - other)
    .map((moment) => liveComment(moment, random, given))
  return { born, comments, closedAt }
}

function ownComments(born: number, random: Random, given: Parameters): number[] {
  const { threads } = given
  if (random.chance(threads.shareWithoutComments)) return []
  const mean = threads.medianOwnComments * Math.exp(threads.spreadOwnComments * normal(random))
  const own = Array.from({ length: poisson(mean, random) }, () => {
    const age = threads.fadingHours * HOUR * ((1 - random.next()) ** (-1 / (threads.fadingPower - 1)) - 1)
    return moved(born + age, random, given)
  })
  if (!random.chance(threads.shareRevived)) return own
  const { revivalEarliestDays: earliest, revivalLatestDays: latest } = threads
  const revived = born + (earliest + random.next() * (latest - earliest)) * DAY
  const late = Array.from({ length: poisson(threads.revivalComments, random) }, () =>
    moved(revived + exponential(6 * HOUR, random), random, given),
  )
  return [...own, ...late]
}

function answersTo(moment: number, random: Random, given: Parameters): number[] {
  const { threads } = given
  return Array.from({ length: poisson(threads.answersPerComment, random) }, () => {
    const mean = random.chance(threads.shareOfLateAnswers)
      ? threads.lateAnswerHours * HOUR
      : threads.answerMinutes * MINUTE
    return moved(moment + exponential(mean, random), random, given)
  })
}

function liveComment(published: number, random: Random, { comments }: Parameters): LivedComment {
  const edited = random.chance(comments.shareEdited)
    ? published + exponential(comments.editedWithinMinutes * MINUTE, random)
    : Number.POSITIVE_INFINITY
  const removed = random.chance(comments.shareRemoved)
    ? published + exponential(comments.removedWithinHours * HOUR, random)
    : Number.POSITIVE_INFINITY
  return { published, edited, removed }
}

/** Nights are quiet: what would happen then mostly happens some hours later. */
function moved(moment: number, random: Random, { byHour, offsetHours }: Parameters): number {
  let at = moment
  for (let tries = 0; tries < 24; tries++) {
    const hour = (((Math.floor(at / HOUR) + offsetHours) % 24) + 24) % 24
    if (random.chance(Math.min(1, byHour[hour] ?? 1))) return at
    at += random.next() * HOUR * 2
  }
  return at
}

function exponential(mean: number, random: Random): number {
  return -mean * Math.log(1 - random.next())
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** Knuth's method, in parts small enough for it. */
function poisson(mean: number, random: Random): number {
  if (mean > 30) return poisson(mean / 2, random) + poisson(mean / 2, random)
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > least; product *= random.next()) count++
  return count
}
