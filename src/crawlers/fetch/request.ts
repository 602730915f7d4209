import { acceptEncoding } from './decode-body.ts'

export type Purpose = 'article' | 'comments' | 'feed' | 'sitemap' | 'listing' | 'robots' | 'tdmrep'

export interface DoorRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  /** Those that the door sets itself (user-agent, from, accept-encoding and the framing) are passed over. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Validators of the copy that we hold, as the host gave them: an unchanged page then costs a 304. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly accept?: string
  /** Only for robots.txt itself. */
  readonly skipRobots?: boolean
  /** The site's own delay; robots.txt may ask for more. */
  readonly delayMs?: number
  /** The host that delay and connections were agreed for; when left out, the one that is asked. */
  readonly agreedHost?: string
  /** Requests that the site lets be in flight at once: 1 unless said otherwise. */
  readonly connections?: number
  readonly purpose: Purpose
  readonly signal?: AbortSignal
  /** Cap on decoded octets, in place of the door's own. */
  readonly maxBytes?: number
}

export interface DoorAnswer {
  /** Where the last redirect led. */
  readonly url: string
  readonly requestedUrl: string
  readonly status: number
  /** Names in lower case; repeated fields joined by a comma, those of X-Robots-Tag by a line break. */
  readonly headers: Readonly<Record<string, string>>
  /** Content codings undone, charset as it came; empty on 304. Owns its memory. */
  readonly body: Uint8Array
  /** The body as it came, where that is a short gzip. */
  readonly gzip: Uint8Array | null
  /** The host answered 304 to the validators that were sent. */
  readonly notModified: boolean
  /** Octets of the body as they came over the network. */
  readonly wireBytes: number
  readonly fetchedAt: Date
  /** Addresses that redirected, in order; the requested one first. */
  readonly redirects: readonly string[]
}

/** How the crawler names itself. `userAgent` begins with the product token of robots.txt (RFC 9309 §2.2.1). */
export interface Identity {
  readonly userAgent: string
  /** An address of a page or a mailbox at which the operator can be reached. */
  readonly contact: string | null
}

const html = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5'
const xml = 'application/xml, text/xml;q=0.9, */*;q=0.5'

const acceptOf: Readonly<Record<Purpose, string>> = {
  article: html,
  listing: html,
  comments: 'application/json, text/html;q=0.9, */*;q=0.5',
  feed: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  sitemap: xml,
  robots: 'text/plain, */*;q=0.5',
  tdmrep: 'application/json, */*;q=0.5',
}

const ownHeaders: ReadonlySet<string> = new Set([
  'user-agent',
  'from',
  'host',
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
])

/** The headers that say nothing but who asks for what kind of answer. All others may hold a key or a name. */
const hostlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'from',
  'user-agent',
])

/** The product token, or null when the name has none of letters, `_` and `-`. */
export function productTokenOf(userAgent: string): string | null {
  return /^([a-z_-]+)(?:$|[/\s])/i.exec(userAgent)?.[1] ?? null
}

/** Every request says who asks and where to complain (RFC 9110 §10.1.2 and §10.1.5). */
export function requestHeaders(request: DoorRequest, identity: Identity): Record<string, string> {
  const headers: Record<string, string> = { accept: request.accept ?? acceptOf[request.purpose] }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const lowerCase = name.toLowerCase()
    if (!ownHeaders.has(lowerCase)) headers[lowerCase] = value
  }
  if (request.etag) headers['if-none-match'] = request.etag
  if (request.lastModified) headers['if-modified-since'] = request.lastModified
  headers['accept-encoding'] = acceptEncoding
  headers['user-agent'] = fullUserAgent(identity)
  const mailbox = mailboxOf(identity.contact)
  if (mailbox !== null) headers['from'] = mailbox
  return headers
}

/** What is left of the headers when a redirect leads to another host (RFC 9110 §15.4). */
export function withoutHostBound(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => hostlessHeaders.has(name)))
}

/** The header of every request, contact and all. */
export function fullUserAgent({ userAgent, contact }: Identity): string {
  if (contact === null || userAgent.includes(contact)) return userAgent
  return `${userAgent} (+${contact})`
}

function mailboxOf(contact: string | null): string | null {
  const mailbox = contact?.replace(/^mailto:/i, '') ?? ''
  return /^[^\s@:/]+@[^\s@:/]+$/.test(mailbox) ? mailbox : null
}
