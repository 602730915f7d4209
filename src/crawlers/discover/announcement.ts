/** One article that a site points to, as far as a feed, sitemap or listing tells. */
export interface Announcement {
  /** Canonical (`normalise/url`). */
  readonly url: string
  readonly publishedAt: Date | null
  /** Last change, where the source tells it apart: an Atom `updated`, a sitemap's `lastmod`. Often untrue. */
  readonly modifiedAt: Date | null
  readonly title: string | null
  readonly commentCount: number | null
}

/** Says all that two announcements of the same address say; where both speak, the first one is believed. */
function combine(first: Announcement, second: Announcement): Announcement {
  return {
    url: first.url,
    publishedAt: first.publishedAt ?? second.publishedAt,
    modifiedAt: first.modifiedAt ?? second.modifiedAt,
    title: first.title ?? second.title,
    commentCount: first.commentCount ?? second.commentCount,
  }
}

/** One announcement per address, at the place of its first mention. */
export function onePerAddress(announcements: Iterable<Announcement>): Announcement[] {
  const byUrl = new Map<string, Announcement>()
  for (const announcement of announcements) {
    const known = byUrl.get(announcement.url)
    byUrl.set(announcement.url, known === undefined ? announcement : combine(known, announcement))
  }
  return [...byUrl.values()]
}
