import { defineSite, feed, listing, type Site, sitemap, type Source } from './site.ts'
import { SiteError } from './site-error.ts'
import { isOnSite, siteHost } from './site-host.ts'

export { loadSites } from './load-sites.ts'

/**
 * The site that a person means: by id, or by an address or host name. An address on the host of a declared
 * site means that site; any other address makes a site of its own, whose articles are discovered.
 * @throws SiteError that names the nearest ids.
 */
export function resolveSite(argument: string, sites: readonly Site[]): Site {
  const wanted = argument.trim()
  const declared = sites.find((site) => site.id === wanted.toLowerCase())
  if (declared !== undefined) return declared

  const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(wanted)
  if (isAddress && siteHost(wanted) === null)
    throw new SiteError([`"${wanted}" is not an address such as https://example.com/`])
  const address = isAddress ? wanted : `https://${wanted}/`
  const onHost = sites.find((site) => isOnSite(address, site.url))
  if (onHost !== undefined) return onHost
  const generic = isAddress ? siteFromAddress(address) : null
  if (generic === null) throw unknownSite(wanted, sites)
  return generic
}

/** A site known by nothing but its address. An address below the front page is where its articles are announced. */
function siteFromAddress(address: string): Site | null {
  const host = siteHost(address)
  if (host === null) return null
  const { origin, hostname, pathname, search, href } = new URL(address)
  const isFrontPage = pathname === '/' && search === ''
  return defineSite({
    id: host.replace(/[^a-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, ''),
    name: host,
    url: `${origin}/`,
    delaySeconds: isThisMachine(hostname) ? 0 : 1,
    sources: isFrontPage ? [] : [sourceOf(href, pathname)],
  })
}

/** A site of one's own, being tried out: it asks for no patience but its own. */
function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function sourceOf(href: string, pathname: string): Source {
  const name = pathname.toLowerCase()
  if (name.includes('sitemap')) return sitemap(href)
  return /\.(?:xml|rss|atom|rdf)$|\/(?:feed|rss|atom)\/?$/.test(name) ? feed(href) : listing(href)
}

function unknownSite(wanted: string, sites: readonly Site[]): SiteError {
  const nearest = sites
    .map((site) => ({ id: site.id, distance: editDistance(wanted.toLowerCase(), site.id) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ id }) => id)
  const known = nearest.length === 0 ? 'none is declared' : `did you mean ${nearest.join(', ')}?`
  return new SiteError([
    `There is no site "${wanted}": ${known} Any site can be named by its address: https://example.com/`,
  ])
}

/** Levenshtein distance; what is over 100 characters long is no mistyped id. */
function editDistance(a: string, b: string): number {
  const from = a.slice(0, 100)
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + (from[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
