import { createHash } from 'node:crypto'
import { untrueSince } from '../clocks.ts'
import { wishHeaders } from '../extractors/usage-wishes.ts'
import type { Ask } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import { withoutSecrets } from '../secrets.ts'
import type { Site } from '../sites/site.ts'
import type { CapturedAnswer, CaptureHead, CaptureKind, SiteStore, Stage } from '../store.ts'
import type { RawAnswer } from './extract/extraction.ts'
import type { Renderer } from './browser/renderer.ts'
import type { ExtractionPool } from './extract/extraction-pool.ts'
import type { Door } from './fetch/door.ts'
import type { DoorAnswer } from './fetch/request.ts'
import { parseTdmRules, tdmFilePath } from './fetch/tdmrep.ts'
import type { HostAnswers } from './host-answers.ts'
import { increment, type Tally } from './tally.ts'
import { markOfUntrue } from './validators.ts'
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

/** That a publisher took away an article which is held is news, not a failure. @returns whether one is held. */
export async function noteGone(pass: Pass, url: string): Promise<boolean> {
  const isHeld = await pass.store.markGone(urlHash(url), new Date())
  if (isHeld) pass.tally.articles.gone++
  return isHeld
}

export function requestHash({ url, json, form, headers }: Ask): string {
  const sent = [json ?? form, headers].filter((part) => part !== undefined)
  return urlHash([url, ...sent.map((part) => JSON.stringify(part))].join(' '))
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
  // The addresses of interfaces hold our own keys to them; those of pages name the page.
  const toldUrl = kind === 'comments' ? withoutSecrets(url) : url
  const { fetchedAt } = answer
  pass.tally.bytes += answer.wireBytes
  if (answer.notModified && before !== null) {
    pass.tally.notModified++
    const body = await pass.store.captureBody(before.id)
    const said = await saidByHost(pass, answer.url, kind)
    const headers = { ...before.headers, ...keptHeaders({ ...answer.headers, ...said }) }
    const kept = { url: answer.url, status: before.status, headers, body, fetchedAt }
    return {
      answer: kept,
      capture: {
        ...kept,
        url: toldUrl,
        requestHash: hash,
        kind,
        gzip: null,
        bodyHash: before.bodyHash,
        before,
      },
    }
  }
  const { status, body, gzip } = answer
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const said = keptHeaders({ ...answer.headers, ...(await saidByHost(pass, answer.url, kind)) })
  const headers = { ...said, ...markOf(pass, kind, before, { headers: said, status, bodyHash, fetchedAt }) }
  return {
    answer: { url: answer.url, status, headers, body, fetchedAt },
    capture: keptOfAnswer(pass.site, {
      url: toldUrl,
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

function markOf(
  { site, tally }: Pass,
  kind: CaptureKind,
  before: CaptureHead | null,
  answer: Omit<CaptureHead, 'id'>,
): Record<string, string> {
  // What a browser made of a page has other bytes than the host sent.
  if (site.needsBrowser && kind !== 'comments') return {}
  const mark = markOfUntrue(before, answer)
  if (untrueSince in mark && before?.headers[untrueSince] === undefined) tally.untrueValidators++
  return mark
}

/** What the host's own files say of the address, by the names under which it is kept beside the headers. */
async function saidByHost(pass: Pass, url: string, kind: CaptureKind): Promise<Record<string, string>> {
  const said = await saidByRobots(pass, url)
  return kind === 'article' || kind === 'part' ? { ...said, ...(await saidByTdmFile(pass, url)) } : said
}

async function saidByTdmFile(pass: Pass, url: string): Promise<Record<string, string>> {
  const file = await pass.hostAnswers.today({ kind: 'tdmrep', url: new URL(tdmFilePath, url).href })
  if (file === null || file.status !== 200) return {}
  const said = parseTdmRules(new TextDecoder().decode(file.body))(url)
  if (said === null) return {}
  return {
    'tdmrep.json:tdm-reservation': said.reservation,
    ...(said.policy === null ? {} : { 'tdmrep.json:tdm-policy': said.policy }),
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
