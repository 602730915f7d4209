import { html } from 'hono/html'
import { incompleteReasons } from '../../extractors/comments/platform.ts'
import {
  countIncompleteReasons,
  type IncompleteThread,
  readIncompleteThreads,
  type SiteCoverage,
} from '../../db/reading/coverage.ts'
import { ago, number, percent } from '../figures.ts'
import { foreign, href, siteLink } from '../markup.ts'
import type { MakePageWithFigures } from '../page.ts'
import { choice, filters, textField } from '../parts/filters.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { type Column, table } from '../parts/table.ts'

/** Sites that are named; the ones that lack most. */
const MOST_SITES = 50

/** What the sites report, what is held, and why they differ. */
export const coveragePage: MakePageWithFigures = async ({ db, now, query }, { coverage }) => {
  const [siteId, reason] = [query.text('site'), query.oneOf('reason', incompleteReasons)]
  const [missing, id] = [query.whole('missing'), query.whole('before')]
  const after = missing === null || id === null ? null : { missing, id }
  const [reasons, threads] = await Promise.all([
    countIncompleteReasons(db),
    readIncompleteThreads(db, { siteId, reason, after }, withOneMore),
  ])
  const shown = threads.slice(0, PAGE)
  const here = { site: siteId, reason }
  const last = shown.at(-1)
  const next =
    threads.length > PAGE && last !== undefined
      ? href('/coverage', { ...here, missing: last.missing, before: last.id })
      : null
  const lacking = coverage
    .toSorted((a, b) => b.reported - b.covered - (a.reported - a.covered))
    .slice(0, MOST_SITES)
  return {
    title: 'Coverage',
    body: html`<h1>Coverage</h1>
      <p>Of the comments that sites report, those that are held. A thread that is not complete says why.</p>
      <div class="columns">
        <section>
          <h2>By site</h2>
          ${table('Coverage by site', siteColumns, lacking, 'No thread is held yet.')}
        </section>
        <section>
          <h2>Incomplete, by reason</h2>
          ${table('Incomplete threads by reason', reasonColumns, reasons, 'Every thread is complete.')}
        </section>
      </div>
      <h2 id="threads">Incomplete threads</h2>
      ${filters('/coverage', [textField('site', 'Site', siteId), choice('reason', 'Reason', incompleteReasons, reason)])}
      ${table('Incomplete threads, those that lack most first', threadColumns(now), shown, 'No thread matches.')}
      ${pager(after === null ? null : href('/coverage', here), next)}`,
  }
}

const siteColumns: Column<SiteCoverage>[] = [
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Threads', align: 'right', cell: ({ threads }) => number(threads), isExtra: true },
  { head: 'Complete', align: 'right', cell: ({ complete, threads }) => percent(complete, threads) },
  { head: 'Reported', align: 'right', cell: ({ reported }) => number(reported), isExtra: true },
  { head: 'Held', align: 'right', cell: ({ held }) => number(held) },
  { head: 'Coverage', align: 'right', cell: ({ covered, reported }) => percent(covered, reported) },
]

const reasonColumns: Column<{ reason: string; threads: number }>[] = [
  { head: 'Reason', cell: ({ reason }) => html`<a href="${href('/coverage', { reason })}">${reason}</a>` },
  { head: 'Threads', align: 'right', cell: ({ threads }) => number(threads) },
]

const threadColumns = (now: Date): Column<IncompleteThread>[] => [
  {
    head: 'Article',
    cell: ({ articleId, id, title }) =>
      html`<a href="${href(`/articles/${articleId}`, { thread: id })}"
        >${foreign(title ?? 'without a headline')}</a
      >`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId), isExtra: true },
  { head: 'Platform', cell: ({ platform }) => platform, isExtra: true },
  { head: 'Reason', cell: ({ reason }) => reason ?? '–' },
  { head: 'Reported', align: 'right', cell: ({ reported }) => (reported === null ? '–' : number(reported)) },
  { head: 'Held', align: 'right', cell: ({ held }) => number(held) },
  { head: 'Looked at', cell: ({ checkedAt }) => ago(checkedAt, now), isExtra: true },
]
