import { html } from 'hono/html'
import { readRuns, type RunLine } from '../../db/reading/run-list.ts'
import { ago, count, duration } from '../figures.ts'
import { href, siteLink } from '../markup.ts'
import type { MakePage } from '../page.ts'
import { choice, filters, textField } from '../parts/filters.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { outcomeMark } from '../parts/state-mark.ts'
import { type Column, table } from '../parts/table.ts'

const outcomes = ['done', 'partial', 'failed', 'interrupted', 'running'] as const

/** Every pass over every site, newest first. */
export const runsPage: MakePage = async ({ db, now, query }) => {
  const [siteId, outcome] = [query.text('site'), query.oneOf('outcome', outcomes)]
  const before = query.whole('before')
  const runs = await readRuns(db, { siteId, outcome, before }, withOneMore)
  const shown = runs.slice(0, PAGE)
  const here = { site: siteId, outcome }
  const next = runs.length > PAGE ? href('/runs', { ...here, before: shown.at(-1)?.id ?? null }) : null
  return {
    title: 'Runs',
    body: html`<h1>Runs</h1>
      ${filters('/runs', [textField('site', 'Site', siteId), choice('outcome', 'Outcome', outcomes, outcome)])}
      ${table('Runs, newest first', runColumns(now), shown, 'No run matches.')}
      ${pager(before === null ? null : href('/runs', here), next)}`,
  }
}

export const runColumns = (now: Date): Column<RunLine>[] => [
  {
    head: 'Run',
    cell: ({ id, startedAt }) => html`<a href="${`/runs/${id}`}">${id}, ${ago(startedAt, now)}</a>`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Outcome', cell: ({ outcome }) => outcomeMark(outcome) },
  { head: 'Job', cell: ({ job }) => job, isExtra: true },
  { head: 'Took', align: 'right', cell: took, isExtra: true },
  { head: 'Requests', align: 'right', cell: ({ figures }) => count(figures.requests), isExtra: true },
  { head: 'New articles', align: 'right', cell: ({ figures }) => count(figures.articles.new) },
  { head: 'New comments', align: 'right', cell: ({ figures }) => count(figures.comments.new) },
  { head: 'Edited', align: 'right', cell: ({ figures }) => count(figures.comments.edited), isExtra: true },
  { head: 'Removed', align: 'right', cell: ({ figures }) => count(figures.comments.removed), isExtra: true },
  { head: 'Failures', align: 'right', cell: ({ figures }) => count(failuresIn(figures.failures)) },
]

const took = ({ startedAt, finishedAt }: RunLine): string =>
  finishedAt === null ? '–' : duration((finishedAt.getTime() - startedAt.getTime()) / 1000)

const failuresIn = (failures: Readonly<Record<string, number>>): number =>
  Object.values(failures).reduce((sum, of) => sum + of, 0)
