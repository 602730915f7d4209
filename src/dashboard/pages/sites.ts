import { html } from 'hono/html'
import { countDueThreads, type DueCounts } from '../../db/reading/due-work.ts'
import { groupBy } from '../../db/reading/group-by.ts'
import type { SiteCoverage } from '../../db/reading/coverage.ts'
import type { Database } from '../../db/client.ts'
import { readSiteOverviews } from '../../db/reading/site-overview.ts'
import { type SiteState, siteStates } from '../../report/site-state.ts'
import { ago, number, percent, plural } from '../figures.ts'
import { byUrgency, type JudgedSite, judgeSite } from '../judged-site.ts'
import { foreign, href, type Markup } from '../markup.ts'
import type { MakePageWithFigures } from '../page.ts'
import { PAGE, pager } from '../parts/pager.ts'
import { arrivalsPlot, delaysPlot, sparkline } from '../parts/plot.ts'
import { stateMark } from '../parts/state-mark.ts'
import { type Column, table } from '../parts/table.ts'

const DAY = 86_400_000

/** The state of every site at a glance, what needs a person first. */
export const sitesPage: MakePageWithFigures = async ({ db, now, query }, figures) => {
  const { arrivals, delays, coverage } = figures
  const [overviews, due] = await Promise.all([readSiteOverviews(db), countDueThreads(db, now)])
  const named = query.oneOf('state', siteStates)
  const judged = overviews.map((site) => judgeSite(site, now))
  const sites = (await withBeginnings(db, judged, now)).toSorted(byUrgency)
  const chosen = named === null ? sites : sites.filter(({ state }) => state.name === named)
  const from = Math.max(0, query.whole('from') ?? 0)
  const bySite = groupBy(arrivals, ({ siteId }) => siteId)
  const rows = chosen.slice(from, from + PAGE).map((site) => ({
    site,
    counts: countsOf(bySite.get(site.id) ?? []),
    covered: coverage.find(({ siteId }) => siteId === site.id),
  }))
  const next = from + PAGE < chosen.length ? href('/', { state: named, from: from + PAGE }) : null
  const today = arrivals.filter(({ hour }) => hour.getTime() >= now.getTime() - DAY)
  return {
    title: 'Sites',
    body: html`<div data-refresh>
      <h1>Sites</h1>
      ${tally(
        sites,
        today.reduce((sum, { comments }) => sum + comments, 0),
        due,
        coverage,
      )}
      <div class="plots">
        ${arrivalsPlot(countsOf(arrivals), now)}${delaysPlot(
          delays.filter(({ siteId }) => siteId === null),
          now,
        )}
      </div>
      ${stateLinks(sites, named)}
      ${table('Sites, what needs a person first', columns(now), rows, noSites(named))}
      ${pager(from > 0 ? href('/', { state: named }) : null, next)}
    </div>`,
  }
}

const LOOKED_INTO = 20

/** Looks further back where something is wrong, and has been for as long as was looked at. */
async function withBeginnings(db: Database, sites: readonly JudgedSite[], now: Date): Promise<JudgedSite[]> {
  const isUnsure = ({ state }: JudgedSite) =>
    state.isLonger && state.name !== 'healthy' && state.name !== 'paused'
  const ids = sites.filter(isUnsure).map(({ id }) => id)
  if (ids.length === 0) return [...sites]
  const found = await readSiteOverviews(db, ids.slice(0, LOOKED_INTO))
  const states = new Map(found.map((site) => [site.id, judgeSite(site, now).state]))
  return sites.map((site) => ({ ...site, state: states.get(site.id) ?? site.state }))
}

const noSites = (state: string | null): string =>
  state === null ? 'No site is held yet. Run: npm run crawl -- https://example.com/' : `No site is ${state}.`

/** Comments by the hour, over all that are given. */
function countsOf(
  arrivals: readonly { readonly hour: Date; readonly comments: number }[],
): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { hour, comments } of arrivals) {
    counts.set(hour.getTime(), (counts.get(hour.getTime()) ?? 0) + comments)
  }
  return counts
}

function tally(
  sites: readonly JudgedSite[],
  newComments: number,
  due: DueCounts,
  coverage: readonly SiteCoverage[],
): Markup {
  const sum = (figure: (of: SiteCoverage) => number) => coverage.reduce((total, of) => total + figure(of), 0)
  const healthy = sites.filter(({ state }) => state.name === 'healthy').length
  const figures = [
    ['healthy sites', `${number(healthy)} of ${number(sites.length)}`, '/?state=healthy'],
    ['new comments, 24 h', number(newComments), '/comments'],
    ['comments held', number(sum(({ held }) => held)), '/articles'],
    [
      'coverage',
      percent(
        sum(({ covered }) => covered),
        sum(({ reported }) => reported),
      ),
      '/coverage',
    ],
    ['threads due', number(due.overdue), '/queue'],
  ] as const
  return html`<dl class="tally">
    ${figures.map(
      ([name, figure, path]) =>
        html`<div>
          <dt>${name}</dt>
          <dd><a href="${path}">${figure}</a></dd>
        </div>`,
    )}
  </dl>`
}

function stateLinks(sites: readonly JudgedSite[], chosen: string | null): Markup {
  const present = siteStates
    .map((name) => ({ name, sites: sites.filter(({ state }) => state.name === name).length }))
    .filter((state) => state.sites > 0)
  return html`<nav class="choices" aria-label="Sites by state">
    <a href="/" ${chosen === null ? html` aria-current="true"` : ''}>all ${number(sites.length)}</a>
    ${present.map(
      (state) =>
        html`<a
          href="${href('/', { state: state.name })}"
          ${state.name === chosen ? html` aria-current="true"` : ''}
          >${stateMark(state.name)} ${number(state.sites)}</a
        >`,
    )}
  </nav>`
}

interface SiteRow {
  readonly site: JudgedSite
  readonly counts: ReadonlyMap<number, number>
  readonly covered: SiteCoverage | undefined
}

const columns = (now: Date): Column<SiteRow>[] => [
  { head: 'Site', cell: ({ site }) => siteCell(site) },
  { head: 'State', cell: ({ site }) => stateMark(site.state.name) },
  { head: 'Since', cell: ({ site }) => since(site.state, now), isExtra: true },
  { head: 'Last pass', cell: ({ site }) => lastPass(site, now), isExtra: true },
  { head: 'Next due', cell: ({ site }) => ago(site.nextRunAt, now), isExtra: true },
  { head: 'New, 24 h', align: 'right', cell: ({ counts }) => newComments(counts, now) },
  { head: 'By hour', cell: ({ counts }) => sparkline(counts, now), isExtra: true },
  {
    head: 'Coverage',
    align: 'right',
    cell: ({ covered }) => (covered === undefined ? '–' : percent(covered.covered, covered.reported)),
  },
]

export const since = ({ since, isLonger }: SiteState, now: Date): Markup =>
  html`<span class="one-line">${isLonger && since !== null ? 'over ' : ''}${ago(since, now)}</span>`

const siteCell = ({ id, name, state }: JudgedSite): Markup =>
  html`<a href="${`/sites/${encodeURIComponent(id)}`}">${foreign(name)}</a>
    <span class="faint">${foreign(id)}</span>
    ${state.name === 'healthy' ? '' : html`<p class="reason">${foreign(state.reason)}</p>`}`

function lastPass({ passes }: JudgedSite, now: Date): Markup {
  const [latest] = passes
  if (latest === undefined) return html`<span class="faint">never</span>`
  return latest.finishedAt === null ? html`began ${ago(latest.startedAt, now)}` : ago(latest.finishedAt, now)
}

function newComments(counts: ReadonlyMap<number, number>, now: Date): Markup {
  const sum = [...counts]
    .filter(([hour]) => hour >= now.getTime() - DAY)
    .reduce((total, [, comments]) => total + comments, 0)
  return html`<span title="${plural(sum, 'new comment')} in 24 hours">${number(sum)}</span>`
}
