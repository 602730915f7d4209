import type { AtomFeed, AtomNs, DcNs, DcTermsNs, JsonFeed, RdfFeed, RssFeed, SlashNs, ThrNs } from 'feedsmith'
import { parseFeed } from 'feedsmith'

/** What all feed formats say of an article, before any of it is cleaned or resolved. */
export interface FeedEntry {
  /** The first one that is an address is taken. */
  readonly links: readonly (string | undefined)[]
  /** Addresses that relative links are resolved against, outermost first. */
  readonly bases: readonly (string | undefined)[]
  readonly published: string | undefined
  readonly modified: string | undefined
  readonly title: string | undefined
  /** The title may hold tags and entities. Always true for RSS, which never says. */
  readonly titleIsMarkup: boolean
  readonly commentCount: number | undefined
}

/**
 * Entries of an RSS 0.9x to 2.0, RDF, Atom 0.3 or 1.0, or JSON feed, in feed order.
 * @throws what feedsmith throws when it recognises no feed.
 */
export function parseEntries(text: string): FeedEntry[] {
  const { format, feed } = parseFeed(text)
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map((item) => rssEntry(item, feed.xml?.base ?? feed.link))
    case 'rdf':
      return (feed.items ?? []).map((item) => rdfEntry(item, feed.xml?.base ?? feed.link))
    case 'atom':
      return (feed.entries ?? []).map((entry) => atomEntry(entry, feed.xml?.base))
    case 'json':
      return (feed.items ?? []).map((item) => jsonEntry(item, feed.home_page_url))
  }
}

type Incomplete<T> = { readonly [K in keyof T]?: T[K] | undefined }

function rssEntry(item: Incomplete<RssFeed.Item<string>>, base: string | undefined): FeedEntry {
  const identifier = item.guid?.isPermaLink === false ? undefined : item.guid?.value
  const dates = extendedDates(item)
  return {
    links: [item.link, alternateLink(item.atom), absolute(identifier)],
    bases: [base, item.xml?.base],
    published: item.pubDate ?? dates.published,
    modified: dates.modified,
    title: item.title ?? item.dc?.titles?.[0],
    titleIsMarkup: true,
    commentCount: commentCount(item),
  }
}

function rdfEntry(item: Incomplete<RdfFeed.Item<string>>, base: string | undefined): FeedEntry {
  return {
    links: [item.link, alternateLink(item.atom), absolute(item.rdf?.about)],
    bases: [base, item.xml?.base],
    ...extendedDates(item),
    title: item.title ?? item.dc?.titles?.[0],
    titleIsMarkup: true,
    commentCount: commentCount(item),
  }
}

function atomEntry(entry: Incomplete<AtomFeed.Entry<string>>, base: string | undefined): FeedEntry {
  const type = entry.title?.type ?? 'text'
  return {
    links: [alternateLink(entry), absolute(entry.id)],
    bases: [base, entry.xml?.base],
    published: entry.published ?? extendedDates(entry).published,
    modified: entry.updated,
    title: entry.title?.value,
    titleIsMarkup: type !== 'text' && type !== 'text/plain',
    commentCount: commentCount(entry) ?? repliesCount(entry.links),
  }
}

function jsonEntry(item: Incomplete<JsonFeed.Item<string>>, base: string | undefined): FeedEntry {
  return {
    links: [item.url, absolute(item.id), item.external_url],
    bases: [base],
    published: item.date_published,
    modified: item.date_modified,
    title: item.title,
    titleIsMarkup: false,
    commentCount: undefined,
  }
}

/** What extensions of RSS and Atom add: Dublin Core, Slash, Atom Threading (RFC 4685), Atom within RSS. */
interface Extensions {
  readonly dc?: DcNs.ItemOrFeed<string> | undefined
  readonly dcterms?: DcTermsNs.ItemOrFeed<string> | undefined
  readonly slash?: SlashNs.Item | undefined
  readonly thr?: ThrNs.Item | undefined
  readonly atom?: Incomplete<AtomNs.Entry<string>> | undefined
}

function extendedDates({ dc, dcterms, atom }: Extensions): Pick<FeedEntry, 'published' | 'modified'> {
  return {
    published: dcterms?.issued?.[0] ?? dc?.dates?.[0] ?? atom?.published,
    modified: dcterms?.modified?.[0] ?? atom?.updated,
  }
}

function commentCount({ slash, thr }: Extensions): number | undefined {
  return slash?.comments ?? thr?.total
}

type Link = AtomFeed.Link<string>

/** A link without `rel` is an alternate one (RFC 4287, 4.2.7.2); among several, the web page is meant. */
function alternateLink(entry: Incomplete<AtomNs.Entry<string>> | undefined): string | undefined {
  const alternates = (entry?.links ?? []).filter((link) => (link.rel ?? 'alternate') === 'alternate')
  return (alternates.find((link) => link.type?.includes('html') ?? true) ?? alternates[0])?.href
}

/** Comment count as RFC 4685 puts it on the link to the replies. */
function repliesCount(links: readonly Incomplete<Link>[] | undefined): number | undefined {
  return links?.find((link) => link.rel === 'replies' && link.thr?.count !== undefined)?.thr?.count
}

/** Identifiers are links only when they are whole addresses. */
function absolute(identifier: string | undefined): string | undefined {
  return identifier !== undefined && /^https?:\/\//i.test(identifier) ? identifier : undefined
}
