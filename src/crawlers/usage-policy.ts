import {
  isNotToBeArchived,
  refusedUse,
  taggedDirectives,
  type UsageWishes,
} from '../extractors/usage-wishes.ts'
import type { Site } from '../sites/site.ts'
import type { CapturedAnswer } from '../store.ts'

type Policy = Pick<Site, 'usageWishes'>

/**
 * Why an article is not to be stored, or null. Only its own page is asked: interfaces of comment systems say "noindex"
 * of themselves (WordPress does of all of REST), not of what they hold.
 */
export function refusalOf({ usageWishes }: Policy, wishes: UsageWishes, at: Date): string | null {
  return usageWishes === 'obey' ? refusedUse(wishes, at) : null
}

/** What may be kept of an article's page, with what its elements ask beside its headers. */
export function keptOfPage(site: Policy, capture: CapturedAnswer, wishes: UsageWishes): CapturedAnswer {
  const marked = { ...capture, headers: { ...capture.headers, ...wishes.marks } }
  const isRefused = isNotToBeArchived(wishes) || refusedUse(wishes, capture.fetchedAt) !== null
  return isRefused && site.usageWishes === 'obey' ? withoutBytes(marked) : marked
}

/** What may be kept of any answer, by its own headers. */
export function keptOfAnswer(site: Policy, capture: CapturedAnswer): CapturedAnswer {
  const directives = taggedDirectives(capture.headers['x-robots-tag'] ?? '')
  return isNotToBeArchived({ directives }) && site.usageWishes === 'obey' ? withoutBytes(capture) : capture
}

/** A copy that may not be kept is let go, with its validators: they speak for a copy that one has. */
export function withoutBytes(capture: CapturedAnswer): CapturedAnswer {
  const { etag: _etag, 'last-modified': _lastModified, ...headers } = capture.headers
  return { ...capture, headers, body: new Uint8Array(), gzip: null }
}
