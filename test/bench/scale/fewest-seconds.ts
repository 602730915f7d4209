import { ANSWER_MS } from './sites.ts'

/** What politeness asks of one site's pass: so many requests, each so long after the answer to the one before. */
export interface PolitePass {
  readonly host: string
  readonly delayMs: number
  readonly requests: number
}

/**
 * Seconds in which so many places can crawl all sites at the very least, taken in their order, if nothing took time but
 * answers and the distances between requests. What a measured round takes beyond that is ours; that more places need not
 * be so many times faster, since the last sites end alone, is not.
 */
export function fewestSeconds(sites: readonly PolitePass[], places: number): number {
  const free = new Map<string, number>()
  const running = sites.slice(0, places).map((site) => ({ site, left: site.requests, at: 0 }))
  let next = running.length
  let ended = 0
  for (;;) {
    const place = running.reduce((least, one) => (one.at < least.at ? one : least))
    if (place.at === Number.POSITIVE_INFINITY) return ended / 1000
    const { host, delayMs } = place.site
    const turn = free.get(host) ?? 0
    if (place.at < turn) {
      place.at = turn
      continue
    }
    const answered = place.at + ANSWER_MS
    free.set(host, answered + delayMs)
    ended = Math.max(ended, answered)
    place.left -= 1
    place.at = place.left > 0 ? answered + delayMs : answered
    if (place.left > 0) continue
    const site = sites[next++]
    if (site === undefined) place.at = Number.POSITIVE_INFINITY
    else Object.assign(place, { site, left: site.requests })
  }
}
