import type { Handler } from 'hono'
import sanitize from 'sanitize-html'
import type { StoredAnswerPage } from '../db/reading/stored-page.ts'
import { decodeBytes } from '../normalise/charset.ts'
import { wholeOf } from './page.ts'

/** Somebody else's page, in a frame: no script, no form, no request to anybody, and nothing of ours in reach. */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/** What may ask the network before any policy is read, or leads away by itself. */
const without = new Set(
  'script link meta base iframe frame frameset object embed applet portal noscript template'.split(' '),
)

/** A stored page as its readers saw it, as far as that goes without asking anybody for anything. */
export function showStoredPage(read: (id: number) => Promise<StoredAnswerPage | null>): Handler {
  return async (context) => {
    const page = await read(wholeOf(context.req.param('page')) ?? 0)
    if (page === null) return context.text('This page is no longer stored.\n', 404)
    context.header('Content-Security-Policy', POLICY)
    context.header('X-Frame-Options', 'SAMEORIGIN')
    context.header('Cache-Control', 'no-store')
    const { text } = decodeBytes(page.body, page.headers['content-type'] ?? null)
    return context.html(withoutRequests(text))
  }
}

function withoutRequests(markup: string): string {
  return sanitize(markup, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: withoutAsking(attribs) }) },
    exclusiveFilter: ({ tag }) => without.has(tag),
    disallowedTagsMode: 'discard',
  })
}

/** Whatever would run or be fetched at once; the policy forbids both, and nothing need be tried. */
const asking = /^(?:on|src$|srcset$|poster$|background$|data$|autofocus$|http-equiv$)/i

function withoutAsking(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const isAsking = ([name, value]: [string, string]) => asking.test(name) && !/^data:/i.test(value)
  return Object.fromEntries(Object.entries(attributes).filter((attribute) => !isAsking(attribute)))
}
