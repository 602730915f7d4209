import { html } from 'hono/html'

/** HTML in which everything that came from outside is escaped: only `html` makes it. */
export type Markup = ReturnType<typeof html>

export const nothing: Markup = html``

/** Text of somebody else's: its direction must not spill over into what stands beside it. */
export const foreign = (text: string): Markup => html`<bdi>${text}</bdi>`

/** Text in which the database marked the words that were looked for, as `search_highlights` gives it. */
export const marked = (highlights: string): Markup =>
  html`<span dir="auto"
    >${highlights
      .split('<mark>')
      .map((part, index) => (index === 0 ? plainText(part) : startMarked(part)))}</span
  >`

/** A part of highlights that begins within a mark. */
function startMarked(part: string): Markup {
  const [words = '', ...rest] = part.split('</mark>')
  return html`<mark>${plainText(words)}</mark>${plainText(rest.join(''))}`
}

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

const plainText = (escaped: string): string =>
  escaped.replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => characters[entity] ?? entity)

/** An address of ours with its query; what is null is left out. */
export function href(path: string, query: Readonly<Record<string, string | number | null>> = {}): string {
  const given = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== null) given.set(key, String(value))
  return given.size === 0 ? path : `${path}?${given.toString()}`
}

/** A link to somebody else's page, which is told nothing; what is no address of the web stays text. */
export function outward(url: string, text: string = url): Markup {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return isWeb
    ? html`<a href="${url}" rel="noopener noreferrer nofollow"><bdi>${text}</bdi></a>`
    : foreign(text)
}

export const siteLink = (siteId: string): Markup =>
  html`<a href="${`/sites/${encodeURIComponent(siteId)}`}"><bdi>${siteId}</bdi></a>`
