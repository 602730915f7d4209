import { withoutHostBound } from './request.ts'

/** What one hop sends, wherever it goes. */
export interface Hop {
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly body: string | null
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return redirectStatuses.has(status)
}

/**
 * The request of the next hop (RFC 9110 §15.4). A POST becomes a GET, but for 307 and 308, which repeat the request as
 * it was. Credentials, keys and validators stay behind when the host changes or TLS ends.
 */
export function redirected(hop: Hop, status: number, from: URL, to: URL): Hop {
  const downgraded = from.protocol === 'https:' && to.protocol === 'http:'
  const keepsAll = from.host === to.host && !downgraded
  const headers = keepsAll ? { ...hop.headers } : withoutHostBound(hop.headers)
  if (status === 307 || status === 308 || hop.method === 'GET') return { ...hop, headers }
  delete headers['content-type']
  return { method: 'GET', headers, body: null }
}
