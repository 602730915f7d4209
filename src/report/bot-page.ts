import { isIP } from 'node:net'
import { html } from 'hono/html'
import ipaddr from 'ipaddr.js'

/** An address, or a range in CIDR notation, from which requests leave. */
export interface Origin {
  readonly ipv4Prefix?: string
  readonly ipv6Prefix?: string
}

/** Null for what is neither, and for addresses that nobody could meet on the public internet. */
export function parseOrigin(told: string): Origin | null {
  const range = told.includes('/') ? told : `${told}/${told.includes(':') ? '128' : '32'}`
  if (isIP(range.split('/', 1)[0] ?? '') === 0 || !ipaddr.isValidCIDR(range)) return null
  const [address, bits] = ipaddr.parseCIDR(range)
  if (address.range() !== 'unicast') return null
  const prefix = `${address.toString()}/${bits}`
  return address.kind() === 'ipv4' ? { ipv4Prefix: prefix } : { ipv6Prefix: prefix }
}

/** The addresses of a crawler in the form in which Google publishes its own (`googlebot.json`). */
export function renderOrigins(origins: readonly Origin[], madeAt: Date): string {
  return `${JSON.stringify({ creationTime: madeAt.toISOString(), prefixes: origins }, null, 1)}\n`
}

export interface BotFacts {
  /** Product token, by which robots.txt names the crawler. */
  readonly token: string
  readonly userAgent: string
  readonly contact: string
  /** Whether a list of addresses stands beside the page, as `addresses.json`. */
  readonly hasOrigins: boolean
}

/** The page that tells a site's operator who asks, why, how to be left alone and whom to turn to. */
export async function renderBotPage({ token, userAgent, contact, hasOrigins }: BotFacts): Promise<string> {
  const isMailbox = !/^https?:/i.test(contact)
  const mailbox = contact.replace(/^mailto:/i, '')
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${token}, a crawler of news and their comments</title>
        <style>
          :root {
            color-scheme: light dark;
            font:
              1rem/1.6 system-ui,
              sans-serif;
          }
          body {
            max-width: 42rem;
            margin: 2rem auto;
            padding: 0 1rem;
            overflow-wrap: anywhere;
          }
          pre {
            padding: 0.75rem;
            border: 1px solid;
            border-radius: 0.25rem;
            white-space: pre-wrap;
          }
        </style>
      </head>
      <body>
        <h1>${token}</h1>
        <p>
          ${token} reads public news articles and the comments below them for an archive. It runs no scripts
          unless a site needs them, passes no login, payment or captcha, and sends no cookies back.
        </p>
        <h2>How to tell it</h2>
        <p>Each request says:</p>
        <pre>User-Agent: ${userAgent}</pre>
        ${hasOrigins ? html`<p>Its requests come from <a href="addresses.json">these addresses</a> only.</p>` : ''}
        ${manners}
        <h2>How to keep it out, or slow it down</h2>
        <p>In robots.txt:</p>
        <pre>
User-agent: ${token}
Disallow: /</pre>
        <pre>
User-agent: ${token}
Crawl-delay: 30</pre>
        <p>A change is heeded within a day.</p>
        <h2>Whom to turn to</h2>
        <p>
          ${isMailbox ? html`<a href="mailto:${mailbox}">${mailbox}</a>` : html`<a href="${contact}">${contact}</a>`},
          also to have what you wrote erased.
        </p>
      </body>
    </html> `
  return page.toString()
}

const manners = html`
  <h2>How it behaves</h2>
  <ul>
    <li>
      It reads robots.txt (RFC 9309) first, Crawl-delay included, and stays away while that can't be had.
    </li>
    <li>It has one request at a time in flight to a host, and waits between two.</li>
    <li>It heeds <code>Retry-After</code>, and leaves a host alone that fails or refuses.</li>
    <li>
      It asks with <code>If-None-Match</code> and <code>If-Modified-Since</code>, so that what is unchanged is
      not sent again.
    </li>
    <li>
      It heeds <code>noindex</code> and <code>noarchive</code>, and does not store pages whose text and data
      mining is reserved, unless its operator agreed otherwise with the site.
    </li>
  </ul>
`
