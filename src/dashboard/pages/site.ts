import { html } from 'hono/html'
import { readArticles } from '../../db/reading/article-list.ts'
import type { SiteCoverage } from '../../db/reading/coverage.ts'
import { readFailureGroups } from '../../db/reading/failure-groups.ts'
import { type FieldFills, readFieldFills } from '../../db/reading/field-fills.ts'
import { readRuns } from '../../db/reading/run-list.ts'
import { readSiteOverviews } from '../../db/reading/site-overview.ts'
import { ago, number, percent } from '../figures.ts'
import { type JudgedSite, judgeSite } from '../judged-site.ts'
import { foreign, href, type Markup, outward } from '../markup.ts'
import { type MakePageWithFigures, notFound } from '../page.ts'
import { arrivalsPlot, delaysPlot } from '../parts/plot.ts'
import { stateMark } from '../parts/state-mark.ts'
import { type Column, table } from '../parts/table.ts'
import { articleColumns } from './articles.ts'
import { groupColumns } from './failures.ts'
import { runColumns } from './runs.ts'
import { since } from './sites.ts'

const FEW = 10
const DAYS = 7

/** One site: its state and why, its last passes, failures, fields and articles. */
export const sitePage: MakePageWithFigures = async ({ db, now, parameter }, figures) => {
  const id = parameter('site')
  const [overviews, failures, fills, runs, articles] = await Promise.all([
    readSiteOverviews(db, [id]),
    readFailureGroups(db, new Date(now.getTime() - DAYS * 86_400_000), id, FEW),
    readFieldFills(db, id),
    readRuns(db, { siteId: id, outcome: null, before: null }, FEW),
    readArticles(db, { siteId: id, before: null }, FEW),
  ])
  const [overview] = overviews
  if (overview === undefined) return notFound('No site of this id is held.')
  const site = judgeSite(overview, now)
  const ofSite = <Of extends { readonly siteId: string | null }>(all: readonly Of[]): Of[] =>
    all.filter(({ siteId }) => siteId === id)
  const counts = new Map(ofSite(figures.arrivals).map(({ hour, comments }) => [hour.getTime(), comments]))
  return {
    title: site.name,
    body: html`<div data-refresh>
      <h1>${foreign(site.name)} ${stateMark(site.state.name)}</h1>
      ${facts(site, ofSite(figures.coverage)[0], now)}
      <div class="plots">${arrivalsPlot(counts, now)}${delaysPlot(ofSite(figures.delays), now)}</div>
      <h2>Last runs</h2>
      ${table('Last runs', ofOneSite(runColumns(now)), runs, 'It was never crawled.')}
      <p><a href="${href('/runs', { site: id })}">All runs of this site</a></p>
      <h2>Failures of the last ${DAYS} days</h2>
      ${table('Failures by class', ofOneSite(groupColumns(now)), failures, 'Nothing failed.')}
      <h2>Fields</h2>
      ${table('How often each field was found', fillColumns, fills, 'No page was read yet.')}
      <h2>Newest articles</h2>
      ${table('Newest articles', ofOneSite(articleColumns(now)), articles, 'No article is held yet.')}
      <p><a href="${href('/articles', { site: id })}">All articles of this site</a></p>
    </div>`,
  }
}

function facts(site: JudgedSite, coverage: SiteCoverage | undefined, now: Date): Markup {
  const { state, passes, schedule, nextRunAt, language, timezone } = site
  const alarms = passes.find(({ alarms }) => alarms.length > 0)?.alarms ?? []
  return html`<dl class="facts">
    <dt>State</dt>
    <dd>${stateMark(state.name)} ${foreign(state.reason)}</dd>
    <dt>Since</dt>
    <dd>${since(state, now)}</dd>
    <dt>Address</dt>
    <dd>${outward(site.url)}</dd>
    <dt>Schedule</dt>
    <dd>
      ${schedule === null ? 'none yet' : html`<code>${schedule}</code>`}, next pass ${ago(nextRunAt, now)}
    </dd>
    <dt>Language, zone</dt>
    <dd>${language ?? 'not told'}, ${timezone ?? 'not known'}</dd>
    ${
      coverage === undefined
        ? ''
        : html`<dt>Threads</dt>
            <dd>${number(coverage.threads)}, ${percent(coverage.complete, coverage.threads)} complete</dd>
            <dt>Comments</dt>
            <dd>${number(coverage.held)} held; coverage ${percent(coverage.covered, coverage.reported)}</dd>`
    }
    ${
      alarms.length === 0
        ? ''
        : html`<dt>Alarms</dt>
            <dd>
              <ul>
                ${alarms.map((alarm) => html`<li>${foreign(alarm)}</li>`)}
              </ul>
            </dd>`
    }
  </dl>`
}

/** Which site it is, the page says already. */
const ofOneSite = <Row>(columns: readonly Column<Row>[]): Column<Row>[] =>
  columns.filter(({ head }) => head !== 'Site')

const share = (value: number | null): string => (value === null ? '–' : percent(value, 1))

const fillColumns: Column<FieldFills>[] = [
  { head: 'Field', cell: ({ field }) => field },
  { head: 'In the last pass', align: 'right', cell: ({ latest }) => share(latest) },
  { head: 'In the passes before', align: 'right', cell: ({ before }) => share(before) },
]
