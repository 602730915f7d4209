import { urlHash } from '../../normalise/url.ts'
import type { Source } from '../../sites/site.ts'
import type { KnownSource } from '../../clocks.ts'
import type { Pass } from '../pass.ts'

/** A source is asked so often, as a share of the time in which it usually brings something, or has brought nothing. */
const SHARE = 0.25
/** What would be due sooner is due at the next pass, whenever that is. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 6 * 3_600_000

/** A source that was read in this pass. */
export interface SourceLook extends Pick<KnownSource, 'kind' | 'url'> {
  /** Hashes of the addresses that it announced. */
  readonly announced: readonly string[]
}

/** What is known of a source after a look at it. @param before null for one that is new, which counts as news. */
export function afterLook(
  { kind, url }: Pick<KnownSource, 'kind' | 'url'>,
  before: KnownSource | null,
  hasNews: boolean,
  now: Date,
): KnownSource {
  const hash = urlHash(url)
  if (before === null) {
    return { kind, url, urlHash: hash, newsAt: now, newsGapSeconds: null, nextCheckAt: now }
  }
  // A moment in the future is one of a clock that was put back since.
  const silence = Math.max(0, now.getTime() - before.newsAt.getTime())
  const newsAt = hasNews || before.newsAt > now ? now : before.newsAt
  const newsGapSeconds = hasNews ? meanGap(before.newsGapSeconds, silence) : before.newsGapSeconds
  const interval = Math.min(LONGEST_MS, SHARE * Math.max((newsGapSeconds ?? 0) * 1000, hasNews ? 0 : silence))
  const nextCheckAt = interval < SHORTEST_MS ? newsAt : new Date(now.getTime() + interval)
  return { kind, url, urlHash: hash, newsAt, newsGapSeconds, nextCheckAt }
}

/** The newer a gap is, the more it counts. */
function meanGap(before: number | null, silence: number): number {
  const gap = silence / 1000
  return Math.round(before === null ? gap : (before + gap) / 2)
}

/** Knows which sources of a site are due, by how often each brought something new. */
export class SourceClock {
  readonly #known: ReadonlyMap<string, KnownSource>
  readonly #now: Date
  readonly #asksAll: boolean

  private constructor(known: readonly KnownSource[], now: Date, asksAll: boolean) {
    this.#known = new Map(known.map((source) => [source.urlHash, source]))
    this.#now = now
    this.#asksAll = asksAll
  }

  static async open({ store, options }: Pick<Pass, 'store' | 'options'>, now: Date): Promise<SourceClock> {
    return new SourceClock(await store.sources(), now, options.refresh)
  }

  /** @param changedAt when the source changed last, as another one says of it. */
  isDue(url: string, changedAt: Date | null = null): boolean {
    const known = this.#known.get(urlHash(url))
    if (known === undefined || this.#asksAll || known.nextCheckAt <= this.#now) return true
    const isOfOtherClock = known.nextCheckAt.getTime() > this.#now.getTime() + LONGEST_MS
    return isOfOtherClock || (changedAt !== null && changedAt > known.newsAt && changedAt <= this.#now)
  }

  /** Feeds that were found before, which a front page need not name again. */
  knownFeeds(): Source[] {
    return [...this.#known.values()]
      .filter(({ kind }) => kind === 'feed')
      .map(({ kind, url }) => ({ kind, url }))
  }

  /** What is to be kept of the sources that were read. @param isNews whether an address was not known before. */
  after(looks: readonly SourceLook[], isNews: (hash: string) => boolean): KnownSource[] {
    const distinct = new Map(looks.map((look) => [urlHash(look.url), look]))
    return [...distinct].map(([hash, look]) =>
      afterLook(look, this.#known.get(hash) ?? null, look.announced.some(isNews), this.#now),
    )
  }
}
