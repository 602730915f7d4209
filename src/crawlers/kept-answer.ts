import { createHash } from 'node:crypto'
import { untrueSince } from '../clocks.ts'
import type { Ask } from '../extractors/comments/platform.ts'
import { wishHeaders } from '../extractors/usage-wishes.ts'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import { withoutSecrets } from '../secrets.ts'
import type { CapturedAnswer, CaptureHead, CaptureKind } from '../store.ts'
import type { RawAnswer } from './extract/extraction.ts'
import type { DoorAnswer } from './fetch/request.ts'
import { parseTdmRules, tdmFilePath } from './fetch/tdmrep.ts'
import type { Pass } from './pass.ts'
import { keptOfAnswer } from './usage-policy.ts'
import { markOfUntrue } from './validators.ts'

/** An answer that is readable, with what may be kept of it. */
export interface KeptAnswer {
  readonly answer: RawAnswer
  readonly capture: CapturedAnswer
}

export function requestHash({ url, json, form, headers }: Ask): string {
  const sent = [json ?? form, headers].filter((part) => part !== undefined)
  return urlHash([url, ...sent.map((part) => JSON.stringify(part))].join(' '))
}

/** An answer with all that is to be kept of it but its bytes. */
export interface ToldAnswer {
  readonly answer: DoorAnswer
  /** Of the address after redirects. */
  readonly capture: Omit<CapturedAnswer, 'body' | 'gzip'>
}

/** What an answer says before its bytes are looked at, those of an unchanged one included. */
export async function tellAnswer(
  pass: Pass,
  answer: DoorAnswer,
  request: {
    readonly url: string
    readonly hash: string
    readonly kind: CaptureKind
    readonly before: CaptureHead | null
  },
): Promise<ToldAnswer> {
  const { before, kind, url, hash } = request
  const { fetchedAt, body } = answer
  pass.tally.bytes += answer.wireBytes
  const said = keptHeaders({ ...answer.headers, ...(await saidByHost(pass, answer.url, kind)) })
  const told = {
    // The addresses of interfaces hold our own keys to them; those of pages name the page.
    url: kind === 'comments' ? withoutSecrets(url) : url,
    requestHash: hash,
    kind,
    fetchedAt,
    before,
  }
  if (answer.notModified && before !== null) {
    pass.tally.notModified++
    const { status, bodyHash } = before
    return { answer, capture: { ...told, status, bodyHash, headers: { ...before.headers, ...said } } }
  }
  const { status } = answer
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const headers = { ...said, ...markOf(pass, kind, before, { headers: said, status, bodyHash, fetchedAt }) }
  return { answer, capture: { ...told, status, bodyHash, headers } }
}

/** Stands in the stored bytes for an answer that says that nothing changed. */
export async function keepAnswer(pass: Pass, { answer, capture }: ToldAnswer): Promise<KeptAnswer> {
  const { before, status, headers, fetchedAt } = capture
  const isHeld = answer.notModified && before !== null
  const body = isHeld ? await pass.store.captureBody(before.id) : answer.body
  const kept = { ...capture, body, gzip: isHeld ? null : answer.gzip }
  return {
    answer: { url: answer.url, status, headers, body, fetchedAt },
    capture: isHeld ? kept : keptOfAnswer(pass.site, kept),
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
