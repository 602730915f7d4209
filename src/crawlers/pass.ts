import type { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import type { Site } from '../sites/site.ts'
import type { SiteStore, Stage } from '../store.ts'
import type { Renderer } from './browser/renderer.ts'
import type { ExtractionPool } from './extract/extraction-pool.ts'
import type { Door } from './fetch/door.ts'
import type { HostAnswers } from './host-answers.ts'
import { increment, type Tally } from './tally.ts'

/** What a person asked of the pass. */
export interface PassOptions {
  readonly since: Date | null
  /** Articles looked at, at most. */
  readonly limit: number | null
  readonly maxRequests: number | null
  readonly comments: boolean
  /** Look at everything, due or not. */
  readonly refresh: boolean
  /** Only these pages, without discovery. */
  readonly articles: readonly string[]
}

/** One visit to one site, with everything that it works with. */
export interface Pass {
  readonly site: Site
  /** Zone of the site's clock as its feeds tell it, now or at an earlier pass. */
  readonly zoneHint: string | null
  readonly options: PassOptions
  /** The network, or what is stored of it. */
  readonly door: Pick<Door, 'fetch' | 'robots' | 'leaveAlone'>
  readonly pool: ExtractionPool
  readonly renderer: Renderer
  readonly store: SiteStore
  /** What the hosts say of themselves. */
  readonly hostAnswers: HostAnswers
  readonly tally: Tally
  readonly signal: AbortSignal
  /** Told after each page and each failure. */
  readonly onChange: (event: PassEvent) => void
}

export type PassEvent =
  | { readonly kind: 'page'; readonly url: string; readonly change: string; readonly comments: number }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly stage: Stage }

/** Writes a failure down and goes on; nothing that fails stops its neighbours. */
export async function noteFailure(pass: Pass, failure: Failure, stage: Stage): Promise<void> {
  increment(pass.tally.failures, failure.class)
  pass.onChange({ kind: 'failure', failure, stage })
  const { class: name, message, url } = failure
  await pass.store.recordFailure({ url, stage, class: name, message, at: new Date() })
}

/** That a publisher took away an article which is held is news, not a failure. @returns whether one is held. */
export async function noteGone(pass: Pass, url: string): Promise<boolean> {
  const isHeld = await pass.store.markGone(urlHash(url), new Date())
  if (isHeld) pass.tally.articles.gone++
  return isHeld
}

/** True when the person's own cap on requests is reached. */
export function isSpent({ options, tally }: Pass): boolean {
  return options.maxRequests !== null && tally.requests >= options.maxRequests
}
