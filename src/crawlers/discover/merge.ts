import { type Announcement, onePerAddress } from './announcement.ts'

export interface MergeOptions {
  /** Articles known to be older are left out; those of unknown age stay. */
  readonly since?: Date
  readonly limit?: number
}

/**
 * Joins what several sources announce into one list, one entry per address, newest first.
 *
 * Articles whose publication time is known come first, then those that only a listing shows, in its
 * order; last those that only a sitemap dates, because many sitemaps claim that everything changed today.
 * Give the sources in the order in which they are to be believed.
 */
export function mergeAnnouncements(
  sources: readonly (readonly Announcement[])[],
  options: MergeOptions = {},
): Announcement[] {
  return newestFirst(onePerAddress(sources.flat()))
    .filter((announcement) => options.since === undefined || !isOlder(announcement, options.since))
    .slice(0, options.limit)
}

/** Stable: announcements of the same age keep their order. */
export function newestFirst(announcements: readonly Announcement[]): Announcement[] {
  return announcements.toSorted((a, b) => rank(a) - rank(b) || time(b) - time(a))
}

/** An article that has not changed since the day was not published since then either. */
function isOlder(announcement: Announcement, since: Date): boolean {
  const known = announcement.publishedAt ?? announcement.modifiedAt
  return known !== null && known < since
}

function rank(announcement: Announcement): number {
  if (announcement.publishedAt !== null) return 0
  return announcement.modifiedAt === null ? 1 : 2
}

function time(announcement: Announcement): number {
  return (announcement.publishedAt ?? announcement.modifiedAt)?.getTime() ?? 0
}
