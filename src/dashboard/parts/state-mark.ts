import { html } from 'hono/html'
import type { SiteStateName } from '../../report/site-state.ts'
import type { Markup } from '../markup.ts'

/** A shape of its own for each state, so that none is told by its colour alone. */
const shapes: Record<SiteStateName, string> = {
  healthy: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z',
  degraded: 'M8 1 15 8 8 15 1 8Z',
  failing: 'M8 1 15.5 14.5H.5Z',
  blocked: 'M2 2h12v12H2ZM5 7v2h6V7Z',
  paused: 'M3 2h4v12H3ZM9 2h4v12H9Z',
  new: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
}

function mark(name: SiteStateName, word: string): Markup {
  return html`<span class="state ${name}"
    ><svg viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d="${shapes[name]}" /></svg
    >${word}</span
  >`
}

/** A site's state, in a shape and a word. */
export const stateMark = (name: SiteStateName): Markup => mark(name, name)

const outcomes: Readonly<Record<string, SiteStateName>> = {
  done: 'healthy',
  partial: 'degraded',
  failed: 'failing',
  interrupted: 'paused',
}

/** How a pass ended. One without an end runs, or was killed. */
export const outcomeMark = (outcome: string | null): Markup =>
  mark(outcomes[outcome ?? ''] ?? 'new', outcome ?? 'no end yet')
