import { Failure } from '../../failure.ts'
import { urlHash } from '../../normalise/url.ts'
import type { StoredAnswers } from '../../stored-answers.ts'
import type { DoorAnswer, DoorRequest } from '../fetch/request.ts'
import { requestHash } from '../kept-answer.ts'
import type { Pass } from '../pass.ts'

/** The status of what was asked for and is not stored: the host's own refusals never are, so that it may be one. */
const NOT_STORED = 404

/** Stands in for the door to the network: answers with what is stored, as of when it was stored. */
export class ReplayDoor implements Readonly<Pass['door']> {
  readonly #stored: Pick<StoredAnswers, 'newest'>

  constructor(stored: Pick<StoredAnswers, 'newest'>) {
    this.#stored = stored
  }

  async fetch(request: DoorRequest): Promise<DoorAnswer> {
    const stored = await this.#stored.newest(hashOfRequest(request))
    const { url } = request
    return {
      url,
      requestedUrl: url,
      status: stored?.status ?? NOT_STORED,
      headers: stored?.headers ?? {},
      body: stored?.body ?? new Uint8Array(),
      gzip: null,
      notModified: false,
      wireBytes: 0,
      fetchedAt: stored?.fetchedAt ?? new Date(0),
      redirects: [],
    }
  }

  /** Nobody is asked. */
  async leaveAlone(): Promise<void> {}

  /** A replay discovers nothing. */
  async robots(url: string): Promise<never> {
    throw new Failure('robots_unreachable', `${url} is not asked for in a replay`, { url })
  }
}

/** The hash under which the answer to a request was stored: that of the ask which `requestOf` made it from. */
export function hashOfRequest({ url, body, headers = {} }: DoorRequest): string {
  const { 'content-type': type, ...given } = headers
  const others = Object.keys(given).length === 0 ? {} : { headers: given }
  if (body === undefined)
    return Object.keys(headers).length === 0 ? urlHash(url) : requestHash({ url, headers })
  if (type === 'application/json') {
    const json: unknown = JSON.parse(body)
    return requestHash({ url, json, ...others })
  }
  return requestHash({ url, form: Object.fromEntries(new URLSearchParams(body)), ...others })
}
