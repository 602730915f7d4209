/**
 * The host that an address belongs to: without a leading "www.", with the port when it is not the default,
 * because two ports of one machine may be two sites. Null for what is not an http or https address.
 */
export function siteHost(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return null
  return parsed.host.replace(/^www\./, '')
}

/** Whether two addresses belong to one site's host. */
export function isOnSite(url: string, siteUrl: string): boolean {
  const host = siteHost(url)
  return host !== null && host === siteHost(siteUrl)
}
