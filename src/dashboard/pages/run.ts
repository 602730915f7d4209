import { html } from 'hono/html'
import { readFailures } from '../../db/reading/failure-groups.ts'
import { readRun, type RunLine } from '../../db/reading/run-list.ts'
import { exactly, number, octets } from '../figures.ts'
import { href, type Markup, siteLink } from '../markup.ts'
import { type MakePage, notFound, wholeOf } from '../page.ts'
import { failureColumns } from './failures.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { outcomeMark } from '../parts/state-mark.ts'
import { table } from '../parts/table.ts'

/** One pass over a site: what it counted and what failed. */
export const runPage: MakePage = async ({ db, now, query, parameter }) => {
  const id = wholeOf(parameter('run'))
  const run = id === null ? null : await readRun(db, id)
  if (run === null) return notFound('There is no such run.')
  const before = query.whole('before')
  const failures = await readFailures(db, { siteId: null, class: null, runId: run.id, before }, withOneMore)
  const shown = failures.slice(0, PAGE)
  const path = `/runs/${run.id}`
  const next = failures.length > PAGE ? href(path, { before: shown.at(-1)?.id ?? null }) : null
  return {
    title: `Run ${run.id}`,
    body: html`<h1>Run ${run.id} ${outcomeMark(run.outcome)}</h1>
      ${run.error === null ? '' : html`<pre class="error" dir="auto">${run.error}</pre>`} ${figures(run)}
      <h2>Failures</h2>
      ${table('Failures of this run', failureColumns(now), shown, 'Nothing failed.')}
      ${pager(before === null ? null : path, next)}`,
  }
}

function figures({ siteId, job, startedAt, finishedAt, figures }: RunLine): Markup {
  const { articles, comments, threads, requests, bytes } = figures
  const parts = (of: Readonly<Record<string, number>>): string =>
    Object.entries(of)
      .map(([name, value]) => `${number(value)} ${name}`)
      .join(', ')
  return html`<dl class="facts">
    <dt>Site</dt>
    <dd>${siteLink(siteId)}</dd>
    <dt>Job</dt>
    <dd>${job}</dd>
    <dt>Started</dt>
    <dd>${exactly(startedAt)}</dd>
    <dt>Ended</dt>
    <dd>${exactly(finishedAt)}</dd>
    <dt>Requests</dt>
    <dd>${number(requests)}, ${octets(bytes)}</dd>
    <dt>Articles</dt>
    <dd>${parts(articles)}</dd>
    <dt>Comments</dt>
    <dd>${parts(comments)}</dd>
    <dt>Threads</dt>
    <dd>${parts(threads)}</dd>
  </dl>`
}
