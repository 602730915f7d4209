/** The end of a date with its time, by which dates are found the fastest; what it is of is then read before it. */
const stamp = /-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?([+-]\d\d:?\d\d)/g
const nameBefore =
  /(?:published_time|modified_time|datePublished|dateModified|datetime)["']?[^<>]{0,60}\d{4}-\d\d$/
const longestBefore = `published_time"2026-03`.length + 60
const feedTime =
  /<(?:pubDate|published|updated|dc:date)>[^<]{0,60}?\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?([+-]\d\d:?\d\d)\s*</g

/**
 * The zone of a site's clock as the times of one of its pages tell it: those for machines carry their
 * offset, those for readers don't. Null when none does, or all are in UTC, which many sites convert to.
 * @returns an offset that luxon takes for a zone, such as `UTC+03:00`.
 */
export function zoneOfPage(html: string): string | null {
  const offsets: string[] = []
  let last = 0
  for (const { 0: words, 1: offset = '', index } of html.matchAll(stamp)) {
    if (!nameBefore.test(html.slice(Math.max(last, index - longestBefore), index))) continue
    offsets.push(offset)
    last = index + words.length
  }
  return mostFrequent(offsets)
}

/** The same for the text of a feed. */
export function zoneOfFeed(xml: string): string | null {
  return mostFrequent([...xml.matchAll(feedTime)].map(([, offset = '']) => offset))
}

function mostFrequent(offsets: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const offset of offsets) {
    const zone = `UTC${offset.slice(0, 3)}:${offset.slice(-2)}`
    counts.set(zone, (counts.get(zone) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)
  return most === undefined || /[+-]00:00$/.test(most[0]) ? null : most[0]
}
