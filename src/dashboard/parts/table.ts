import { html } from 'hono/html'
import type { Markup } from '../markup.ts'

export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => Markup | string
  readonly align?: 'right'
  /** Left out where the screen is narrow. */
  readonly isExtra?: boolean
}

/** A table that says so where it has no rows. @param caption for those who do not see what stands above it. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string = 'Nothing here.',
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  const [first, ...others] = columns
  return html`<table>
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col" class="${classOf(column)}">${column.head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${first === undefined ? '' : html`<th scope="row" class="${classOf(first)}">${first.cell(row)}</th>`}
            ${others.map((column) => html`<td class="${classOf(column)}">${column.cell(row)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function classOf<Row>({ align, isExtra }: Column<Row>): string {
  return [align ?? '', isExtra === true ? 'extra' : ''].join(' ').trim()
}
