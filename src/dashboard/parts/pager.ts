import { html } from 'hono/html'
import { type Markup, nothing } from '../markup.ts'

/** Rows on a page of a list. */
export const PAGE = 50

/** Asked for one row more than are shown, a list knows whether it goes on. */
export const withOneMore = PAGE + 1

/** Rows on a page of a search: each comes with passages, for which its whole text is read. */
export const FOUND = 25

/** The way on from a page of a list, and back to its start. */
export function pager(start: string | null, next: string | null): Markup {
  if (start === null && next === null) return nothing
  return html`<nav class="pager" aria-label="Pages of this list">
    ${start === null ? '' : html`<a href="${start}">Back to the start</a>`}
    ${next === null ? '' : html`<a href="${next}" rel="next">Next page</a>`}
  </nav>`
}
