import { createHash } from 'node:crypto'
import { wishHeaders } from '../extractors/usage-wishes.ts'
import type { Ask } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import type { Site } from '../sites/site.ts'
import type { CapturedAnswer, CaptureHead, CaptureKind, SiteStore, Stage } from '../store.ts'
import type { RawAnswer } from './extract/extraction.ts'
import type { Renderer } from './browser/renderer.ts'
import type { ExtractionPool } from './extract/extraction-pool.ts'
import type { Door } from './fetch/door.ts'
import type { DoorAnswer } from './fetch/request.ts'
import { increment, type Tally } from './tally.ts'
import { keptOfAnswer } from './usage-policy.ts'

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
  readonly door: Pick<Door, 'fetch' | 'robots'>
  readonly pool: ExtractionPool
  readonly renderer: Renderer
  readonly store: SiteStore
  readonly tally: Tally
  readonly signal: AbortSignal
  /** Told after each page and each failure. */
  readonly onChange: (event: PassEvent) => void
}

export type PassEvent =
  | { readonly kind: 'page'; readonly url: string; readonly change: string; readonly comments: number }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly stage: Stage }

/** An answer that is readable, with what may be kept of it. */
export interface KeptAnswer {
  readonly answer: RawAnswer
  readonly capture: CapturedAnswer
}

/** Writes a failure down and goes on; nothing that fails stops its neighbours. */
export async function noteFailure(pass: Pass, failure: Failure, stage: Stage): Promise<void> {
  increment(pass.tally.failures, failure.class)
  pass.onChange({ kind: 'failure', failure, stage })
  const { class: name, message, url } = failure
  await pass.store.recordFailure({ url, stage, class: name, message, at: new Date() })
}

export function requestHash({ url, json, form, headers }: Ask): string {
  const sent = [json ?? form, headers].filter((part) => part !== undefined)
  return urlHash([url, ...sent.map((part) => JSON.stringify(part))].join(' '))
}

/** Validators with which the host may answer "not modified". */
export function validators(head: CaptureHead | null): { etag: string | null; lastModified: string | null } {
  return { etag: head?.headers['etag'] ?? null, lastModified: head?.headers['last-modified'] ?? null }
}

/** Stands in the stored bytes for an answer that says that nothing changed. */
export async function keepAnswer(
  pass: Pass,
  answer: DoorAnswer,
  request: {
    readonly url: string
    readonly hash: string
    readonly kind: CaptureKind
    readonly before: CaptureHead | null
  },
): Promise<KeptAnswer> {
  const { before, kind, url, hash } = request
  const { fetchedAt } = answer
  pass.tally.bytes += answer.wireBytes
  if (answer.notModified && before !== null) {
    pass.tally.notModified++
    const body = await pass.store.captureBody(before.id)
    const said = await saidByRobots(pass, answer.url)
    const headers = { ...before.headers, ...keptHeaders({ ...answer.headers, ...said }) }
    const kept = { url: answer.url, status: before.status, headers, body, fetchedAt }
    return {
      answer: kept,
      capture: { ...kept, url, requestHash: hash, kind, gzip: null, bodyHash: before.bodyHash, before },
    }
  }
  const { status, body, gzip } = answer
  const headers = keptHeaders({ ...answer.headers, ...(await saidByRobots(pass, answer.url)) })
  const bodyHash = createHash('sha256').update(body).digest('hex')
  return {
    answer: { url: answer.url, status, headers, body, fetchedAt },
    capture: keptOfAnswer(pass.site, {
      url,
      requestHash: hash,
      kind,
      fetchedAt,
      status,
      headers,
      body,
      gzip,
      bodyHash,
      before,
    }),
  }
}

/** Preferences in robots.txt, which was read before the page was (draft-ietf-aipref-attach). */
async function saidByRobots(pass: Pass, url: string): Promise<Record<string, string>> {
  try {
    const usage = (await pass.door.robots(url)).contentUsage(url)
    return usage === null ? {} : { 'robots.txt:content-usage': usage }
  } catch (error) {
    // A replay asks for none, and what it said then is among the stored headers.
    if (error instanceof Failure) return {}
    throw error
  }
}

const keptNames = [
  'content-type',
  'content-language',
  'etag',
  'last-modified',
  'link',
  'x-wp-total',
  'x-wp-totalpages',
  ...wishHeaders,
]

/** Cookies, dates and the traces of caches are of no use later. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    keptNames.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  )
}

/** True when the person's own cap on requests is reached. */
export function isSpent({ options, tally }: Pass): boolean {
  return options.maxRequests !== null && tally.requests >= options.maxRequests
}
