import { ParseError } from 'feedsmith'
import { parseHtml } from '../../extractors/page.ts'
import { Failure } from '../../failure.ts'
import { parseMoment } from '../../normalise/date.ts'
import { htmlToText } from '../../normalise/html.ts'
import { cleanLine } from '../../normalise/text.ts'
import { canonicalUrl } from '../../normalise/url.ts'
import { type Announcement, onePerAddress } from './announcement.ts'
import { startOfDocument } from './document-start.ts'
import { type FeedEntry, parseEntries } from './feed-entries.ts'
import { newestFirst } from './merge.ts'
import { mendXml } from './mend-xml.ts'

/** Entries that are kept of one feed, newest first. */
const maxEntries = 2_000

/** Characters of stray output (a PHP warning) that may come before the feed. */
const maxJunk = 20_000

const feedRoot = /<(?:[\w-]+:)?(?:rss|rdf|feed)[\s>]/i

/**
 * The articles that a feed announces: RSS 0.9x to 2.0, RDF, Atom or JSON Feed, well-formed or not.
 * Newest first, one per address, at most 2,000. `text` is decoded; entities that a DOCTYPE declares
 * are not expanded. Dates without a zone are read as UTC.
 * @throws Failure `not_a_feed`, which says what was there instead.
 */
export function readFeed(
  text: string,
  url: string,
  contentType: string | null,
  fetchedAt: Date = new Date(),
): Announcement[] {
  const entries = readEntries(text, url, contentType)
  const announcements = entries
    .map((entry) => announce(entry, url, fetchedAt))
    .filter((announcement) => announcement !== null)
  return newestFirst(onePerAddress(announcements)).slice(0, maxEntries)
}

function readEntries(text: string, url: string, contentType: string | null): FeedEntry[] {
  const { kind, rest, saw } = startOfDocument(text)
  const root = kind === 'json' ? 0 : rest.slice(0, maxJunk).search(feedRoot)
  if (kind === 'html' || root < 0) throw notAFeed(url, contentType, saw)

  const feed = rest.slice(root)
  try {
    return parseEntries(feed)
  } catch (cause) {
    if (cause instanceof ParseError) return []
    if (kind === 'json') throw notAFeed(url, contentType, saw, cause)
  }
  return parseMendedEntries(feed, url, contentType)
}

/** A feed that is cut off or not well-formed is read as a browser would read it. */
function parseMendedEntries(feed: string, url: string, contentType: string | null): FeedEntry[] {
  try {
    return parseEntries(mendXml(feed))
  } catch (cause) {
    if (cause instanceof ParseError) return []
    throw notAFeed(url, contentType, 'XML that could not be read', cause)
  }
}

function announce(entry: FeedEntry, feedUrl: string, fetchedAt: Date): Announcement | null {
  const url = firstAddress(entry, feedUrl)
  if (url === null) return null
  return {
    url,
    publishedAt: moment(entry.published, fetchedAt),
    modifiedAt: moment(entry.modified, fetchedAt),
    title: title(entry),
    commentCount: entry.commentCount !== undefined && entry.commentCount >= 0 ? entry.commentCount : null,
  }
}

function firstAddress(entry: FeedEntry, feedUrl: string): string | null {
  const base = entry.bases.reduce<string>(
    (outer, inner) => (inner === undefined ? outer : (canonicalUrl(inner, outer) ?? outer)),
    feedUrl,
  )
  for (const link of entry.links) {
    const url = link === undefined ? null : canonicalUrl(link, base)
    if (url !== null) return url
  }
  return null
}

function moment(raw: string | undefined, fetchedAt: Date): Date | null {
  return parseMoment(raw, { timezone: 'UTC', fetchedAt }).at
}

function title(entry: FeedEntry): string | null {
  if (entry.title === undefined || !entry.titleIsMarkup || !/[<&]/.test(entry.title)) {
    return cleanLine(entry.title)
  }
  return cleanLine(htmlToText(parseHtml(entry.title).children))
}

function notAFeed(url: string, contentType: string | null, saw: string, cause?: unknown): Failure {
  const type = contentType === null ? 'without a content type' : `sent as ${contentType}`
  return new Failure('not_a_feed', `${url} was to be a feed, but is ${saw}, ${type}`, { url, cause })
}
