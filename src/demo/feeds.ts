import { mailDate } from './clock.ts'
import { cdata, escapeHtml } from './markup.ts'

export interface FeedItem {
  readonly title: string
  readonly url: string
  /** Defaults to the address. */
  readonly guid?: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
  readonly publishedAt: Date
  readonly modifiedAt: Date
  readonly summaryHtml: string
  readonly contentHtml?: string
  readonly commentCount?: number
  readonly commentFeed?: string
}

export interface Feed {
  readonly title: string
  readonly url: string
  readonly language: string
  readonly timezone: string
  readonly charset: 'windows-1251' | 'utf-8'
  readonly items: readonly FeedItem[]
}

/** RSS 2.0 with the modules that news engines use: Dublin Core, content, slash, Well-Formed Web. */
export function rss(feed: Feed): string {
  const namespaces = [
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/"',
  ]
  return `<?xml version="1.0" encoding="${feed.charset}"?>
<rss version="2.0" ${namespaces.join(' ')}>
<channel><title>${escapeHtml(feed.title)}</title><link>${feed.url}</link><description>${escapeHtml(feed.title)}</description><language>${feed.language}</language>
${feed.items.map((item) => rssItem(item, feed.timezone)).join('\n')}
</channel></rss>`
}

function rssItem(item: FeedItem, timezone: string): string {
  const optional = [
    ...item.authors.map((author) => `<dc:creator>${cdata(author)}</dc:creator>`),
    ...item.categories.map((category) => `<category>${cdata(category)}</category>`),
    item.contentHtml === undefined ? '' : `<content:encoded>${cdata(item.contentHtml)}</content:encoded>`,
    item.commentCount === undefined ? '' : `<slash:comments>${item.commentCount}</slash:comments>`,
    item.commentFeed === undefined ? '' : `<wfw:commentRss>${item.commentFeed}</wfw:commentRss>`,
  ]
  const guid = `<guid isPermaLink="${item.guid === undefined}">${escapeHtml(item.guid ?? item.url)}</guid>`
  return `<item><title>${escapeHtml(item.title)}</title>${guid}<link>${escapeHtml(item.url)}</link>
<pubDate>${mailDate(item.publishedAt, timezone)}</pubDate><description>${cdata(item.summaryHtml)}</description>${optional.join('')}</item>`
}

/** Atom (RFC 4287). */
export function atom(feed: Feed, selfUrl: string): string {
  const updated = (feed.items[0]?.modifiedAt ?? new Date(0)).toISOString()
  const entries = feed.items.map((item) => {
    const authors = item.authors.map((author) => `<author><name>${escapeHtml(author)}</name></author>`)
    const categories = item.categories.map((category) => `<category term="${escapeHtml(category)}"/>`)
    return `<entry><title>${escapeHtml(item.title)}</title><link rel="alternate" type="text/html" href="${escapeHtml(item.url)}"/>
<id>${escapeHtml(item.url)}</id><published>${item.publishedAt.toISOString()}</published><updated>${item.modifiedAt.toISOString()}</updated>
${authors.join('')}${categories.join('')}<summary type="html">${escapeHtml(item.summaryHtml)}</summary></entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}"><title>${escapeHtml(feed.title)}</title>
<id>${feed.url}</id><link href="${feed.url}"/><link rel="self" href="${selfUrl}"/><updated>${updated}</updated>
${entries.join('\n')}
</feed>`
}

/** JSON Feed 1.1. */
export function jsonFeed(feed: Feed, selfUrl: string): unknown {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.url,
    feed_url: selfUrl,
    language: feed.language,
    items: feed.items.map((item) => ({
      id: item.url,
      url: item.url,
      title: item.title,
      content_html: item.contentHtml ?? item.summaryHtml,
      date_published: item.publishedAt.toISOString(),
      date_modified: item.modifiedAt.toISOString(),
      authors: item.authors.map((name) => ({ name })),
      tags: item.categories,
    })),
  }
}

/** An address of a sitemap; `lastModified` is written as it is given, in any form of W3C dates. */
export interface SitemapEntry {
  readonly url: string
  readonly lastModified?: string
}

/** `urlset` lists pages, `sitemapindex` lists further sitemaps (sitemaps.org). */
export function sitemap(kind: 'urlset' | 'sitemapindex', entries: readonly SitemapEntry[]): string {
  const element = kind === 'urlset' ? 'url' : 'sitemap'
  const rows = entries.map(({ url, lastModified }) => {
    const date = lastModified === undefined ? '' : `<lastmod>${lastModified}</lastmod>`
    return `<${element}><loc>${escapeHtml(url)}</loc>${date}</${element}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows.join('\n')}
</${kind}>`
}
