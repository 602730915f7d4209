import type { ThreadPace } from '../../../src/store.ts'
import { nextThreadCheck, paceAfter } from '../../../src/crawlers/thread-pace.ts'
import type { LifeCourse } from './life-course.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Decides when a thread is looked at. It knows what visits have shown, and nothing of the future. */
export interface Policy {
  readonly name: string
  /** The first visits; the article is found at its birth. @returns a visitor of one thread. */
  readonly visitor: (born: number) => Visitor
}

/** Told what a visit showed. @returns the moment of the next, or null for never again. */
export type Visitor = (seen: Seen) => number | null

export interface Seen {
  readonly now: number
  /** Times of comments that were not there at the visit before. */
  readonly fresh: readonly number[]
  readonly closed: boolean
}

/** Every so many milliseconds, for as many days as articles are followed. */
export function fixedInterval(name: string, interval: number, days: number): Policy {
  return {
    name,
    visitor: (born) => (seen) => (seen.now - born > days * DAY ? null : seen.now + interval),
  }
}

/** At ages from a list; `scale` moves the whole list. */
export function agesList(name: string, ages: readonly number[], scale = 1): Policy {
  return {
    name,
    visitor: (born) => {
      const moments = ages.map((age) => born + age * scale)
      return ({ now }) => moments.find((moment) => moment > now) ?? null
    },
  }
}

/** Ours, with the patience that decides how many requests it takes. */
export function byPace(name: string, patience: number, offsetHours: number, days: number): Policy {
  return {
    name,
    visitor: (born) => {
      let pace: ThreadPace | null = null
      return ({ now, fresh, closed }) => {
        pace = paceAfter(pace, fresh, now)
        if (now - born > days * DAY) return null
        return nextThreadCheck({ born, pace, closed, offsetHours }, now, patience)
      }
    },
  }
}

export interface Tally {
  requests: number
  /** Milliseconds from publication until held; comments that went before they were held count as never held. */
  readonly delays: number[]
  comments: number
  edits: number
  editsCaught: number
  removals: number
  removalsCaught: number
}

/** Lives one thread through under a policy; every visit is a full one. */
export function visitThread(
  { born, comments, closedAt }: LifeCourse,
  policy: Policy,
  end: number,
  tally: Tally,
): void {
  const visitor = policy.visitor(born)
  let before = Number.NEGATIVE_INFINITY
  let first = 0
  const visits: number[] = []
  for (let now: number | null = born; now !== null && now <= end;) {
    const fresh: number[] = []
    while (first < comments.length && (comments[first]?.published ?? 0) <= now) {
      fresh.push(comments[first]?.published ?? 0)
      first++
    }
    visits.push(now)
    before = now
    now = visitor({ now, fresh, closed: now >= closedAt })
    if (now !== null && now <= before) throw new RangeError(`${policy.name} goes back in time`)
  }
  tally.requests += visits.length
  for (const comment of comments) judge(comment, visits, end, tally)
}

function judge(
  { published, edited, removed }: LifeCourse['comments'][number],
  visits: readonly number[],
  end: number,
  tally: Tally,
): void {
  if (published > end) return
  const held = firstFrom(visits, published) ?? Number.POSITIVE_INFINITY
  tally.comments++
  // What is never held has waited until the end of the watch.
  tally.delays.push((held < removed ? held : end) - published)
  if (edited <= end && edited < removed) {
    tally.edits++
    // A revision needs the text before and the text after.
    const seen = firstFrom(visits, edited) ?? Number.POSITIVE_INFINITY
    if (held < edited && seen < removed) tally.editsCaught++
  }
  if (removed > end) return
  tally.removals++
  if (held < removed && firstFrom(visits, removed) !== undefined) tally.removalsCaught++
}

function firstFrom(visits: readonly number[], moment: number): number | undefined {
  let low = 0
  let high = visits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((visits[middle] ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return visits[low]
}
