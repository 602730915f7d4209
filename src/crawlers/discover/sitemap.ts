import { Failure } from '../../failure.ts'
import { parseMoment } from '../../normalise/date.ts'
import { cleanLine } from '../../normalise/text.ts'
import { canonicalUrl, isSamePage } from '../../normalise/url.ts'
import { isOnSite } from '../../sites/site-host.ts'
import { type Announcement, onePerAddress } from './announcement.ts'
import { startOfDocument } from './document-start.ts'
import { readFeed } from './feed.ts'
import { newestFirst } from './merge.ts'
import { articleSitemaps, type SitemapReference } from './sitemap-order.ts'
import { decodeSitemap } from './sitemap-bytes.ts'
import { maxEntries, type SitemapEntry, readSitemapEntries } from './sitemap-entries.ts'

export type Sitemap =
  | { readonly kind: 'index'; readonly sitemaps: readonly SitemapReference[] }
  | { readonly kind: 'pages'; readonly pages: readonly Announcement[] }

/**
 * A sitemap (sitemaps.org protocol 0.9): `urlset`, `sitemapindex`, news sitemap, list of addresses as
 * plain text, or a feed, which the protocol allows too; gzip is recognised by its bytes.
 * Pages come newest first. Of an index come the sitemaps that may hold articles, the best first.
 * Addresses on other hosts are dropped: a site speaks for itself only.
 * @throws Failure `not_a_sitemap`, `too_large` (over 50 MiB, the protocol's limit) or `truncated`.
 */
export function readSitemap(body: Uint8Array | string, url: string, fetchedAt: Date = new Date()): Sitemap {
  const text = typeof body === 'string' ? body : decodeSitemap(body, url)
  const { kind, rest, saw } = startOfDocument(text)
  if (kind === 'text') return readPlainText(rest, url)
  if (kind !== 'xml') throw notASitemap(url, saw)
  if (/^<(?:[\w-]+:)?(?:rss|rdf|feed)[\s>]/i.test(rest)) {
    return {
      kind: 'pages',
      pages: readFeed(text, url, null, fetchedAt).filter((page) => isOnSite(page.url, url)),
    }
  }
  const { root, entries } = readSitemapEntries(rest, url)
  if (root === 'sitemapindex') return { kind: 'index', sitemaps: readIndex(entries, url, fetchedAt) }
  if (root === 'urlset') return { kind: 'pages', pages: readPages(entries, url, fetchedAt) }
  throw notASitemap(url, saw)
}

function readIndex(entries: readonly SitemapEntry[], url: string, fetchedAt: Date): SitemapReference[] {
  const references = new Map<string, SitemapReference>()
  for (const entry of entries) {
    const address = canonicalUrl(entry.loc, url)
    if (address === null || !isOnSite(address, url) || isSamePage(address, url)) continue
    references.set(address, { url: address, lastModified: moment(entry.lastmod, fetchedAt) })
  }
  return articleSitemaps([...references.values()])
}

function readPages(entries: readonly SitemapEntry[], url: string, fetchedAt: Date): Announcement[] {
  const pages: Announcement[] = []
  for (const entry of entries) {
    const address = canonicalUrl(entry.loc, url)
    if (address === null || !isOnSite(address, url)) continue
    pages.push({
      url: address,
      publishedAt: moment(entry.newsDate, fetchedAt),
      modifiedAt: moment(entry.lastmod, fetchedAt),
      title: cleanLine(entry.newsTitle),
      commentCount: null,
    })
  }
  return newestFirst(onePerAddress(pages))
}

/** One address on each line, and nothing else. */
function readPlainText(text: string, url: string): Sitemap {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const stray = lines.find((line) => !/^https?:\/\/\S+$/i.test(line))
  if (stray !== undefined) throw notASitemap(url, `text with the line "${cleanLine(stray, 80) ?? ''}"`)
  const entries = lines.slice(0, maxEntries).map((loc) => ({ loc, lastmod: '', newsDate: '', newsTitle: '' }))
  return { kind: 'pages', pages: readPages(entries, url, new Date(0)) }
}

/** The protocol's W3C dates carry their zone or are whole days, for which UTC is as good as any. */
function moment(raw: string, fetchedAt: Date): Date | null {
  return raw === '' ? null : parseMoment(raw, { timezone: 'UTC', fetchedAt }).at
}

function notASitemap(url: string, saw: string): Failure {
  return new Failure('not_a_sitemap', `${url} was to be a sitemap, but is ${saw}`, { url })
}
