/** Whether an address is at `domain` or at a host below it: for systems that one publisher alone has. */
export function isHostOf(url: string, domain: string): boolean {
  const { hostname } = new URL(url)
  return hostname === domain || hostname.endsWith(`.${domain}`)
}
