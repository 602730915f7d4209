import { html } from 'hono/html'
import type { Found } from '../../db/reading/article-list.ts'
import { number } from '../figures.ts'
import { type Markup, nothing } from '../markup.ts'

/** How what was found is ordered, and that better ones may be missing where not all could be ranked. */
export function rankedBy<Line>({ lines, isCut }: Found<Line>, most: number): Markup {
  if (lines.length === 0) return nothing
  if (!isCut) return html`<p>Best first.</p>`
  return html`<p>
    Best first; more than ${number(most)} have the words, and any ${number(most)} of them are ranked.
  </p>`
}
