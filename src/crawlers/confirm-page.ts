import { createHash } from 'node:crypto'
import { wishHeaders } from '../extractors/usage-wishes.ts'
import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import { NORMALISER_VERSION } from '../normalise/fingerprint.ts'
import { canonicalUrl } from '../normalise/url.ts'
import type { ToldAnswer } from './kept-answer.ts'
import type { Pass } from './pass.ts'
import type { PageRequest } from './site-crawler.ts'
import { countFilled, countSaved } from './tally.ts'

const WEEK_MS = 7 * 86_400_000

/** Headers that the reading of a page depends on. What its own elements ask of machines is in its bytes. */
const readHeaders = ['content-type', 'content-language', 'link', ...wishHeaders]

/** A page as far as the key goes, with its address after redirects. */
interface Page {
  readonly answer: Pick<ToldAnswer['answer'], 'url'>
  readonly capture: ToldAnswer['capture']
}

/**
 * Names the reading of a page by all that it depends on: its bytes, what its host says of it, the site's declaration, and
 * who reads. In another week it has another name, so that once a week at least every page is read anew.
 * @returns null for a page that is to be read whenever it is looked at.
 */
export function readingKey(
  { site, zoneHint, options }: Pick<Pass, 'site' | 'zoneHint' | 'options'>,
  { answer, capture }: Page,
): string | null {
  const { bodyHash, headers, fetchedAt } = capture
  // A browser makes other bytes of a page than were sent.
  if (site.needsBrowser || !options.comments) return null
  const turn = Number.parseInt(bodyHash.slice(0, 12), 16) % WEEK_MS
  const week = Math.floor((fetchedAt.getTime() + turn) / WEEK_MS)
  const said = readHeaders.map((name) => headers[name] ?? null)
  const zone = site.timezone ?? zoneHint
  const reader = [EXTRACTOR_VERSION, NORMALISER_VERSION, site, zone, week]
  return createHash('sha256')
    .update(JSON.stringify([answer.url, bodyHash, said, reader]))
    .digest('hex')
}

/**
 * Takes down the visit to a page that is as it was when it was read last, which costs neither its bytes nor their reading.
 * @returns false when it has to be read.
 */
export async function confirmPage(pass: Pass, told: ToldAnswer, { url }: PageRequest): Promise<boolean> {
  const { options, site, store, tally, zoneHint } = pass
  const { capture } = told
  // Who names a page, or wants all of them refreshed, wants them read.
  if (options.refresh || options.articles.length > 0) return false
  const key = capture.before?.bodyHash === capture.bodyHash ? readingKey(pass, told) : null
  if (key === null) return false
  const confirmed = await store.confirmPage({
    askedUrl: canonicalUrl(url) ?? url,
    readingKey: key,
    seenAt: capture.fetchedAt,
    timezone: site.timezone ?? zoneHint ?? 'UTC',
  })
  if (confirmed === null) return false
  const { saved, rules } = confirmed
  countFilled(tally, rules, saved.thread !== null)
  countSaved(tally, saved)
  pass.onChange({ kind: 'page', url, change: saved.change, comments: saved.comments.unchanged })
  return true
}
