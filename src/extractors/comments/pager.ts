import { isSameHost } from '../../normalise/url.ts'
import type { Ask } from './platform.ts'

/** The comment pages of a thread, as one of them shows them. Pages are counted from 1. */
export interface Pager {
  /** The page that was read; null when it does not tell. */
  readonly current: number | null
  readonly last: number
  /** Address of any page, with `{page}` for its number; null when pages have no address. */
  readonly template: string | null
  /** The number by which the first page is asked for, and how far the next one's is from it. Both are 1 in most engines. */
  readonly first?: number
  readonly step?: number
}

/** A pager may claim any number of pages; so many are asked for at a time. */
const pagesAtOnce = 200

/**
 * The pages that `pager` shows and that no earlier page of the thread has led to: each ask carries the
 * number of pages `known` when it was made, so that a page read later adds only what is new; the rest of
 * the earlier ask's note goes along.
 */
export function pagesToAsk(
  { current, last: shown, template, first = 1, step = 1 }: Pager,
  asked: Ask,
): Ask[] {
  if (template === null) return []
  const known = Number(asked.note?.['known'] ?? 0)
  const last = Math.min(shown, known + pagesAtOnce)
  const numbers = Array.from({ length: Math.max(0, last - known) }, (_, index) => known + index + 1)
  return numbers
    .filter((page) => page !== current)
    .map((page) => ({
      url: template.replace('{page}', String(first + (page - 1) * step)),
      accept: 'html' as const,
      note: { ...asked.note, step: 'page', page: String(page), known: String(last) },
    }))
}

/** Where a link leads, without its fragment; null when it leaves the site or the web. */
export function linkAddress(href: string | undefined, baseUrl: string): URL | null {
  if (href === undefined || !URL.canParse(href, baseUrl)) return null
  const url = new URL(href, baseUrl)
  if (!isSameHost(url.href, baseUrl)) return null
  url.hash = ''
  return url
}

/** Addresses are compared and kept unescaped where a template's braces are. */
export function templateOf(url: URL): string {
  return url.href.replace(/%7Bpage%7D/gi, '{page}')
}
