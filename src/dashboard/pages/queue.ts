import { html } from 'hono/html'
import {
  countDueThreads,
  type DueThread,
  type NextPass,
  readDueThreads,
  readNextPasses,
  readWaitingHosts,
  type WaitingHost,
} from '../../db/reading/due-work.ts'
import { type CrawlOrder, readCrawlOrders } from '../../db/reading/crawl-orders.ts'
import { ago, exactly, number } from '../figures.ts'
import { foreign, href, type Markup, siteLink } from '../markup.ts'
import type { MakePage } from '../page.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { type Column, table } from '../parts/table.ts'

const MOST = 50

/** What is to be done next: passes over sites, threads, and hosts that asked us to wait. */
export const queuePage: MakePage = async ({ db, now, query }) => {
  const [nextCheckAt, id] = [query.moment('at'), query.whole('after')]
  const after = nextCheckAt === null || id === null ? null : { nextCheckAt, id }
  const [passes, orders, due, threads, hosts] = await Promise.all([
    readNextPasses(db, MOST),
    readCrawlOrders(db, MOST),
    countDueThreads(db, now),
    readDueThreads(db, after, withOneMore),
    readWaitingHosts(db, now, MOST),
  ])
  const shown = threads.slice(0, PAGE)
  const last = shown.at(-1)
  const next =
    threads.length > PAGE && last !== undefined
      ? href('/queue', { at: last.nextCheckAt.getTime(), after: last.id })
      : null
  return {
    title: 'Queue',
    body: html`<h1>Queue</h1>
      <dl class="tally">
        <div>
          <dt>threads due now</dt>
          <dd>${number(due.overdue)}</dd>
        </div>
        <div>
          <dt>within the hour</dt>
          <dd>${number(due.withinHour)}</dd>
        </div>
        <div>
          <dt>later within a day</dt>
          <dd>${number(due.withinDay)}</dd>
        </div>
      </dl>
      <div class="columns">
        <section>
          <h2>Passes over sites</h2>
          ${table('Sites by their next pass', passColumns(now), passes, 'No site is on a schedule. Start it with: npm run schedule')}
        </section>
        <section>
          <h2>Hosts that asked us to wait</h2>
          ${table('Hosts that asked us to wait', hostColumns, hosts, 'None.')}
        </section>
      </div>
      ${orders === null ? '' : orderList(orders, now)}
      <h2>Threads, longest overdue first</h2>
      <p>A thread is looked at in the next pass over its site after its time has come.</p>
      ${table('Threads by when they are looked at next', threadColumns(now), shown, 'No thread is held yet.')}
      ${pager(after === null ? null : '/queue', next)}`,
  }
}

const orderList = (orders: readonly CrawlOrder[], now: Date): Markup =>
  html`<h2>Orders for workers</h2>
    ${orders.some(({ state }) => state === 'set aside') ? html`<p>What was set aside failed too often. Put it back with: <code>npm run doctor -- --redrive</code></p>` : ''}
    ${table('Orders for workers', orderColumns(now), orders, 'No order waits.')}`

const orderColumns = (now: Date): Column<CrawlOrder>[] => [
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'State', cell: ({ state }) => state },
  { head: 'Since', cell: ({ since }) => ago(since, now) },
  { head: 'Attempts before', align: 'right', cell: ({ attempts }) => number(attempts) },
]

const passColumns = (now: Date): Column<NextPass>[] => [
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Next pass', cell: ({ nextRunAt }) => ago(nextRunAt, now) },
  { head: 'By', cell: ({ expression }) => html`<code>${expression}</code>`, isExtra: true },
]

const hostColumns: Column<WaitingHost>[] = [
  { head: 'Host', cell: ({ host }) => foreign(host) },
  { head: 'Until', cell: ({ retryAfterUntil }) => exactly(retryAfterUntil) },
]

const threadColumns = (now: Date): Column<DueThread>[] => [
  {
    head: 'Article',
    cell: ({ articleId, id, title }) =>
      html`<a href="${href(`/articles/${articleId}`, { thread: id })}"
        >${foreign(title ?? 'without a headline')}</a
      >`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Platform', cell: ({ platform }) => platform, isExtra: true },
  { head: 'Held', align: 'right', cell: ({ held }) => number(held), isExtra: true },
  { head: 'Due', cell: ({ nextCheckAt }) => ago(nextCheckAt, now) },
]
