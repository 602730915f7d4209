import type { Ask } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import type { CaptureHead } from '../store.ts'
import { requestOf } from './ask-request.ts'
import { renderPage } from './browser/render-page.ts'
import { failureOfStatus } from './fetch/failure-of-status.ts'
import type { DoorAnswer, DoorRequest } from './fetch/request.ts'
import { keepAnswer, type KeptAnswer, requestHash, tellAnswer } from './kept-answer.ts'
import type { Pass } from './pass.ts'
import { conditionsOf } from './validators.ts'

/** Makes one request of a comment platform; any HTTP status is an answer. @throws Failure */
export async function fetchAsk(pass: Pass, ask: Ask): Promise<KeptAnswer> {
  const hash = requestHash(ask)
  const before = (await pass.store.captureHeads([hash])).get(hash) ?? null
  pass.tally.requests++
  const answer = await pass.door.fetch({
    ...requestOf(ask),
    ...paceOf(pass),
    ...conditionsOf(before, new Date()),
  })
  return keepAnswer(pass, await tellAnswer(pass, answer, { url: ask.url, hash, kind: 'comments', before }))
}

/** Fetches another page of an article, as it was sent; what is unchanged comes from the store. @throws Failure */
export async function fetchPage(pass: Pass, url: string, kind: 'article' | 'part'): Promise<KeptAnswer> {
  const hash = urlHash(url)
  const before = (await pass.store.captureHeads([hash])).get(hash) ?? null
  const answer = await askForPage(pass, { url, purpose: 'article' }, before)
  return keepAnswer(pass, await tellAnswer(pass, answer, { url, hash, kind, before }))
}

/**
 * Asks the site for a page.
 * @param before what is held of it.
 * @throws Failure, also of an answer with a status that is no page's.
 */
export async function askForPage(
  pass: Pass,
  { url, purpose }: Pick<DoorRequest, 'url' | 'purpose'>,
  before: CaptureHead | null,
): Promise<DoorAnswer> {
  pass.tally.requests++
  // What is held of a page that a browser showed is not what the host sent, so it can't stand in for it.
  const isRendered = pass.site.needsBrowser && purpose === 'article'
  const conditions = isRendered ? {} : conditionsOf(before, new Date())
  const answer = await pass.door.fetch({ url, purpose, ...paceOf(pass), ...conditions })
  const failure = failureOfStatus(answer)
  if (failure !== null) throw failure
  return answer
}

/** An answer as the page that its readers see. @throws Failure when it is none. */
export async function shownPage(pass: Pass, kept: KeptAnswer): Promise<KeptAnswer> {
  refuseOtherTypes(kept)
  return pass.site.needsBrowser ? renderPage(pass, kept) : kept
}

const paceOf = ({ site, signal }: Pass) => ({
  delayMs: site.delaySeconds * 1000,
  agreedHost: new URL(site.url).host,
  connections: site.connections,
  signal,
})

function refuseOtherTypes({ answer }: KeptAnswer): void {
  const { url } = answer
  if (answer.body.length === 0) throw new Failure('empty', `${url} answered without a body`, { url })
  const type = answer.headers['content-type'] ?? 'text/html'
  if (!/html|xml|text\/plain|octet-stream/i.test(type)) {
    throw new Failure('wrong_type', `${url} is ${type}, not a page`, { url })
  }
}
