import { createHash } from 'node:crypto'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import type { Site } from '../sites/site.ts'
import type { CaptureHead, CaptureKind, SiteStore } from '../store.ts'
import type { Door } from './fetch/door.ts'

/** What a host says of itself, apart from its pages. */
export interface HostAnswer {
  /** Address after redirects. */
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly fetchedAt: Date
}

export interface HostQuestion {
  readonly kind: Extract<CaptureKind, 'tdmrep' | 'probe'>
  /** Address to ask for; only its origin counts for whether it was asked today. */
  readonly url: string
}

/** Where answers of hosts come from: the network, or, in a replay, nowhere. */
export interface HostAnswers {
  /** The answer of the day, or null when the host could not be asked. */
  readonly today: (question: HostQuestion) => Promise<HostAnswer | null>
}

export const noHostAnswers: HostAnswers = { today: () => Promise.resolve(null) }

const day = 24 * 60 * 60 * 1000
/** Longer than any such file, and than any page that says "not found". */
const maxBytes = 512 * 1024
const keptHeaders = ['content-type', 'location']
/** Names the address that was asked for, which for a probe is another one each day. */
const answeredBy = 'answered-by'

/**
 * Asks each host each question once a day at most: what it said is kept as a capture, so that later passes and other
 * processes know it. A host that can't be asked now is not asked again in this pass, and what it said before holds.
 */
export function openHostAnswers(means: {
  readonly door: Pick<Door, 'fetch'>
  readonly store: Pick<SiteStore, 'captureHeads' | 'captureBody' | 'keepSource'>
  readonly site: Pick<Site, 'delaySeconds' | 'url'>
  readonly signal: AbortSignal
}): HostAnswers {
  const asked = new Map<string, Promise<HostAnswer | null>>()
  const answer = async (question: HostQuestion, hash: string): Promise<HostAnswer | null> => {
    const held = (await means.store.captureHeads([hash])).get(hash) ?? null
    if (held !== null && Date.now() - held.fetchedAt.getTime() < day) return heldAnswer(held)
    return (await ask(question, hash, held)) ?? (held === null ? null : heldAnswer(held))
  }
  const heldAnswer = async ({ id, headers, status, fetchedAt }: CaptureHead): Promise<HostAnswer> => ({
    url: headers[answeredBy] ?? '',
    status,
    headers,
    body: await means.store.captureBody(id),
    fetchedAt,
  })
  const ask = async ({ kind, url }: HostQuestion, hash: string, before: CaptureHead | null) => {
    const { door, store, site, signal } = means
    try {
      const pace = { delayMs: site.delaySeconds * 1000, agreedHost: new URL(site.url).host, signal }
      const purpose = kind === 'probe' ? 'article' : 'tdmrep'
      const { status, body, gzip, fetchedAt, ...said } = await door.fetch({ url, purpose, maxBytes, ...pace })
      if (status === 429 || status >= 500) return null
      const headers = { ...keptOf(said.headers), [answeredBy]: said.url }
      const bodyHash = createHash('sha256').update(body).digest('hex')
      const answer = { url, status, headers, body, fetchedAt }
      await store.keepSource({ ...answer, kind, requestHash: hash, gzip, bodyHash, before })
      return { ...answer, url: said.url }
    } catch (error) {
      // The pages of the host tell what is wrong with it; this was only a question beside.
      if (error instanceof Failure) return null
      throw error
    }
  }
  return {
    today: (question) => {
      const hash = urlHash(`${question.kind} ${new URL(question.url).origin}`)
      const known = asked.get(hash) ?? answer(question, hash)
      asked.set(hash, known)
      return known
    },
  }
}

function keptOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  )
}
