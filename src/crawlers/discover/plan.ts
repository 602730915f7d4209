import { canonicalUrl } from '../../normalise/url.ts'
import { feed, listing, type Site, sitemap, type Source } from '../../sites/site.ts'

/** Sitemaps that robots.txt may name; more is a mistake or a trap. */
const maxSitemaps = 10

/**
 * What to read first to learn of a site's articles: the sources it declares, and nothing else;
 * for a bare address its front page (which names feeds too) and the sitemaps that robots.txt names,
 * else the one at the usual place.
 */
export function firstRequests(site: Site, robotsSitemaps: readonly string[]): readonly Source[] {
  if (site.sources.length > 0) return site.sources
  const named = robotsSitemaps.map((url) => canonicalUrl(url, site.url)).filter((url) => url !== null)
  const sitemaps = named.length > 0 ? [...new Set(named)] : [new URL('/sitemap.xml', site.url).href]
  return [listing(site.url), ...sitemaps.slice(0, maxSitemaps).map(sitemap)]
}

/** Where engines put their feeds. To be tried one by one, and only when no other source gave an article. */
export function usualFeeds(site: Pick<Site, 'url'>): readonly Source[] {
  const paths = ['/feed/', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml']
  return paths.map((path) => feed(new URL(path, site.url).href))
}
