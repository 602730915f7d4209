import { html } from 'hono/html'
import type { Markup } from '../markup.ts'

/** A form that narrows a list; it only asks. */
export const filters = (action: string, fields: readonly Markup[]): Markup =>
  html`<form class="filters" role="search" action="${action}" method="get">
    ${fields}<button>Show</button>
  </form>`

export const textField = (name: string, label: string, value: string | null): Markup =>
  html`<label
    >${label} <input type="search" name="${name}" value="${value ?? ''}" dir="auto" maxlength="200"
  /></label>`

export const choice = (
  name: string,
  label: string,
  choices: readonly string[],
  chosen: string | null,
): Markup =>
  html`<label
    >${label}
    <select name="${name}">
      <option value="">any</option>
      ${choices.map((value) => html`<option${value === chosen ? html` selected` : ''}>${value}</option>`)}
    </select></label
  >`
