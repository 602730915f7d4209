import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'
import { timing } from 'hono/timing'
import { secureHeaders } from 'hono/secure-headers'
import { requireLoopbackName, requirePassword } from './access.ts'
import { script, styleSheet } from './assets.ts'
import { layout, type Theme, themes } from './layout.ts'
import type { LentDatabase } from './lent-database.ts'
import {
  cleanText,
  type Figures,
  type MakePage,
  type MakePageWithFigures,
  notFound,
  type Page,
  Query,
} from './page.ts'
import { firstHour } from './parts/plot.ts'
import { readArrivals, readDelays } from '../db/reading/arrivals.ts'
import type { Database } from '../db/client.ts'
import { articlePage } from './pages/article.ts'
import { articlesPage } from './pages/articles.ts'
import { commentsPage } from './pages/comments.ts'
import { coveragePage } from './pages/coverage.ts'
import { failuresPage } from './pages/failures.ts'
import { queuePage } from './pages/queue.ts'
import { runPage } from './pages/run.ts'
import { runsPage } from './pages/runs.ts'
import { sitePage } from './pages/site.ts'
import { sitesPage } from './pages/sites.ts'
import { storedPage } from './pages/stored-page.ts'
import { whyNotRead } from './refusal.ts'
import { readCoverage } from '../db/reading/coverage.ts'
import { readSiteOverviews } from '../db/reading/site-overview.ts'
import { metricsType, siteMetrics } from '../report/metrics.ts'
import { judgeSite } from './judged-site.ts'
import { readStoredPage } from '../db/reading/stored-page.ts'
import { Remembered } from './remembered.ts'
import { showStoredPage } from './show-stored-page.ts'

const pages: Readonly<Record<string, MakePage>> = {
  '/runs': runsPage,
  '/runs/:run': runPage,
  '/queue': queuePage,
  '/failures': failuresPage,
  '/articles': articlesPage,
  '/articles/:article': articlePage,
  '/comments': commentsPage,
  '/pages/:page': storedPage,
}

const pagesWithFigures: Readonly<Record<string, MakePageWithFigures>> = {
  '/': sitesPage,
  '/sites/:site': sitePage,
  '/coverage': coveragePage,
}

const FIGURES_AGES = { good: 15, most: 120 }

export interface DashboardOptions {
  readonly database: Pick<LentDatabase, 'read'>
  /** Null: only names of this machine itself are answered to. */
  readonly password: string | null
  readonly now: () => Date
  /** Takes what went wrong by a fault of ours. */
  readonly onFault: (error: Error, address: string) => void
}

/** The dashboard as a web application: it answers to GET, and writes nothing. */
export function dashboardApp({ database, password, now, onFault }: DashboardOptions): Hono {
  const figures = new Remembered(() => database.read((db) => readFigures(db, now())), FIGURES_AGES, now)
  const app = new Hono()
  app.use(timing(), guard)
  app.use(password === null ? requireLoopbackName : requirePassword(password))
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (context) => {
    context.header('Allow', 'GET, HEAD')
    return context.text('The dashboard only shows.\n', 405)
  })
  for (const asset of [styleSheet, script]) {
    app.get(asset.path, (context) => {
      context.header('Cache-Control', 'public, max-age=31536000, immutable')
      return context.body(asset.text, 200, { 'Content-Type': asset.type })
    })
  }
  app.get('/theme/:theme', setTheme)
  const answer = async (context: Context, make: MakePage) => {
    const at = now()
    const query = new Query((name) => context.req.query(name))
    const parameter = (name: string) => cleanText(context.req.param(name) ?? '')
    return show(context, await database.read((db) => make({ db, now: at, query, parameter })), at)
  }
  for (const [path, make] of Object.entries(pages)) app.get(path, (context) => answer(context, make))
  for (const [path, make] of Object.entries(pagesWithFigures)) {
    app.get(path, async (context) => {
      // Before the page takes a session: an embedded database has no second one to count on meanwhile.
      const held = await figures.get()
      return answer(context, (request) => make(request, held))
    })
  }
  app.get(
    '/pages/:page/body',
    showStoredPage((id) => database.read((db) => readStoredPage(db, id))),
  )
  app.get('/metrics', async (context) => {
    const at = now()
    const sites = await database.read(readSiteOverviews)
    const text = await siteMetrics(sites.map((site) => judgeSite(site, at)))
    return context.body(text, 200, { 'Content-Type': metricsType })
  })
  app.notFound((context) => show(context, notFound('There is no such page.'), now()))
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse()
    const reason = whyNotRead(error)
    if (reason === null) onFault(error, context.req.path)
    return refuse(context, reason, now())
  })
  return app
}

async function readFigures(db: Database, now: Date): Promise<Figures> {
  const since = firstHour(now)
  const [coverage, arrivals, delays] = await Promise.all([
    readCoverage(db),
    readArrivals(db, since),
    readDelays(db, since),
  ])
  return { coverage, arrivals, delays }
}

/** Nothing but our own style sheet and script is loaded, whatever a page may say that is shown here. */
const guard = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    frameSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  originAgentCluster: false,
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  // The dashboard itself speaks plain HTTP; whoever puts TLS before it decides for the whole host.
  strictTransportSecurity: false,
  // A stored page brings a stricter policy of its own.
  overwrite: false,
})

function show(context: Context, { title, body, status = 200 }: Page, at: Date): Response | Promise<Response> {
  context.header('Cache-Control', 'no-store')
  const { pathname, search } = new URL(context.req.url)
  return context.html(
    layout({ title, body, theme: themeOf(context), address: pathname + search, now: at }),
    status,
  )
}

function refuse(context: Context, reason: string | null, at: Date): Response | Promise<Response> {
  const isOurs = reason === null
  const title = isOurs ? 'A fault of ours' : 'The database can’t be read just now'
  const words = isOurs
    ? 'The page could not be made. The dashboard wrote the reason on its standard error.'
    : reason
  const body = html`<h1>${title}</h1>
    <p role="alert">${words}</p>
    <p><a href="${context.req.path}">Try again</a></p>`
  if (!isOurs) context.header('Retry-After', '5')
  context.header('Cache-Control', 'no-store')
  const frame = { title, body, theme: themeOf(context), address: context.req.path, now: at }
  return context.html(layout(frame), isOurs ? 500 : 503)
}

const themeOf = (context: Context): Theme =>
  themes.find((theme) => theme === getCookie(context, 'theme')) ?? 'auto'

/** Keeps the choice of colours with the browser, also without a script, and leads back. */
function setTheme(context: Context): Response {
  const theme = themes.find((name) => name === context.req.param('theme')) ?? 'auto'
  setCookie(context, 'theme', theme, { path: '/', maxAge: 31_536_000, httpOnly: true, sameSite: 'Lax' })
  const back = context.req.query('back') ?? '/'
  // Only an address of ours: two slashes would lead to another host.
  return context.redirect(/^\/(?![/\\])/.test(back) ? back : '/', 303)
}
