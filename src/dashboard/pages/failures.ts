import { html } from 'hono/html'
import {
  type FailureGroup,
  type FailureLine,
  readFailureGroups,
  readFailures,
} from '../../db/reading/failure-groups.ts'
import { type FailureClass, failureClasses } from '../../failure.ts'
import { ago, number } from '../figures.ts'
import { foreign, href, type Markup, outward, siteLink } from '../markup.ts'
import type { MakePage } from '../page.ts'
import { choice, filters, textField } from '../parts/filters.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { type Column, table } from '../parts/table.ts'

const DAYS = 7
const MOST_GROUPS = 100

const failureNames = Object.keys(failureClasses).filter((name): name is FailureClass =>
  Object.hasOwn(failureClasses, name),
)

/** What failed lately, by site and class with the remedy; with a site or class named, each failure by itself. */
export const failuresPage: MakePage = async ({ db, now, query }) => {
  const [siteId, name] = [query.text('site'), query.oneOf('class', failureNames)]
  const before = query.whole('before')
  const since = new Date(now.getTime() - DAYS * 86_400_000)
  const isNarrow = siteId !== null || name !== null || before !== null
  const [groups, failures] = await Promise.all([
    isNarrow ? [] : readFailureGroups(db, since, null, MOST_GROUPS),
    isNarrow ? readFailures(db, { siteId, class: name, runId: null, before }, withOneMore) : [],
  ])
  const shown = failures.slice(0, PAGE)
  const here = { site: siteId, class: name }
  const next =
    failures.length > PAGE ? href('/failures', { ...here, before: shown.at(-1)?.id ?? null }) : null
  return {
    title: 'Failures',
    body: html`<h1>Failures</h1>
      ${filters('/failures', [textField('site', 'Site', siteId), choice('class', 'Class', failureNames, name)])}
      ${isNarrow ? list(name, shown, now) : groupTable(groups, now)}
      ${pager(isNarrow ? '/failures' : null, next)}`,
  }
}

const groupTable = (groups: readonly FailureGroup[], now: Date): Markup =>
  html` <p>What failed in the last ${DAYS} days, by site and class.</p>
    ${table('Failures by site and class, most frequent first', groupColumns(now), groups, `Nothing failed in the last ${DAYS} days.`)}`

const list = (name: FailureClass | null, failures: readonly FailureLine[], now: Date): Markup =>
  html` ${name === null ? '' : html`<p><strong>${name}</strong>: ${failureClasses[name].advice}.</p>`}
  ${table('Failures, newest first', failureColumns(now), failures, 'No failure matches.')}`

export const groupColumns = (now: Date): Column<FailureGroup>[] => [
  {
    head: 'What failed, and what to do',
    cell: ({ siteId, class: name, message }) =>
      html`<a href="${href('/failures', { site: siteId, class: name })}">${name}</a>
        <div>${foreign(message)}</div>
        <p class="reason">${adviceOn(name)}</p>`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Times', align: 'right', cell: ({ count }) => number(count) },
  { head: 'Last', cell: ({ lastAt }) => ago(lastAt, now) },
]

const adviceOn = (name: string): string => {
  const known = failureNames.find((of) => of === name)
  return known === undefined ? '' : failureClasses[known].advice
}

export const failureColumns = (now: Date): Column<FailureLine>[] => [
  { head: 'When', cell: ({ at, runId }) => html`<a href="${`/runs/${runId}`}">${ago(at, now)}</a>` },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId), isExtra: true },
  { head: 'Class', cell: ({ class: name }) => name },
  {
    head: 'What happened',
    cell: ({ message, url }) =>
      html`${foreign(message)}${url === null || message.includes(url) ? '' : html`<p class="reason">${outward(url)}</p>`}`,
  },
  { head: 'Held', cell: heldOf },
]

function heldOf({ captureId, articleId }: FailureLine): Markup {
  return html`${captureId === null ? '' : html`<a href="${`/pages/${captureId}`}">page</a> `}${
    articleId === null ? '' : html`<a href="${`/articles/${articleId}`}">article</a>`
  }`
}
