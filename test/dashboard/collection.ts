import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/client.ts'
import { finishRun, recordFailure, startRun } from '../../src/db/runs.ts'
import { saveSlot } from '../../src/db/schedules.ts'
import { saveSiteCheck } from '../../src/db/site-checks.ts'
import { commentWith, later, storeOf } from '../databases/page-to-save.ts'

/** The moment at which the dashboard is looked at. */
export const lookedAt = later(5)

/** Would do something, were it taken for markup, in text, in an attribute, or in a script. */
export const hostile = `"'><img src=x onerror="alert(1)"><script>alert(1)</script><svg onload=alert(1)></title></textarea></style>`

/** Turns the direction of what follows, and stays open. */
const turned = '\u202Egniht tsrow eht\u2067'

const hostilePage = `<!DOCTYPE html><title>${hostile}</title><base href="https://evil.example/">
  <meta http-equiv="refresh" content="0;url=https://evil.example/"><link rel="stylesheet" href="https://evil.example/x.css">
  <link rel="preconnect" href="https://evil.example/"><style>body{background:url(https://evil.example/y.png)}</style>
  <script>parent.document.title = 'taken'; alert(1)</script><h1 onclick="alert(1)">Bridge</h1>
  <img src="https://evil.example/z.png" onerror="alert(1)"><iframe src="https://evil.example/"></iframe>
  <form action="https://evil.example/"><input name=a autofocus onfocus=alert(1)></form><a href="javascript:alert(1)">go</a>`

const counters = {
  requests: 12,
  bytes: 34_567,
  pages: 3,
  notArticles: 1,
  articles: { new: 1, changed: 1, unchanged: 1, gone: 0 },
  comments: { new: 5, edited: 1, removed: 1, unchanged: 2 },
  threads: { complete: 1, incomplete: 0, reasons: {} },
  failures: { timeout: 1 },
}

/** A small collection of which every field that a page can have is hostile, with an edit, a removal and failures. */
export async function fillCollection(open: OpenDatabase): Promise<{ articleId: number; captureId: number }> {
  const { db } = open
  const { save, runId } = await storeOf(open, {
    id: 'hostile',
    name: hostile + turned,
    schedule: '*/5 * * * *',
  })
  const article = {
    title: `Bridge ${hostile}${turned}`,
    subtitle: hostile,
    authors: [hostile],
    section: hostile,
    tags: [hostile],
    bodyText: `${hostile}\n\nThe mayor walked.`,
  }
  const first = commentWith({
    nativeId: '1',
    authorName: hostile,
    authorDisplay: `${hostile}${turned}`,
    authorKey: 'user:fern',
    authorBadges: [hostile],
    bodyText: hostile,
    quotes: [{ author: hostile, text: hostile, nativeId: null }],
    permalink: 'javascript:alert(1)',
  })
  const reply = commentWith({
    nativeId: '2',
    parentNativeId: '1',
    publishedAt: later(-1),
    bodyText: 'as it was written',
  })
  const lost = commentWith({
    nativeId: '3',
    parentNativeId: '2',
    publishedAt: later(-0.5),
    bodyText: 'soon gone',
  })
  await save({ article, comments: [first, reply, lost], html: hostilePage })
  const edited = { ...reply, bodyText: `as it was changed ${hostile}`, isEdited: true }
  for (const hours of [1, 2])
    await save({ article, comments: [first, edited], html: hostilePage, at: later(hours) })
  await recordFailure(db, runId, 'hostile', {
    url: 'https://gazette.example/news/bridge',
    stage: 'fetch',
    class: 'timeout',
    message: `${hostile} gave no answer`,
    at: later(3),
  })
  await recordFailure(db, runId, 'hostile', {
    url: 'javascript:alert(1)',
    stage: 'extract',
    class: 'extraction_error',
    message: hostile,
    at: later(3),
  })
  await finishRun(db, runId, { outcome: 'partial', counters, error: hostile, finishedAt: later(4) })
  await saveSiteCheck(db, {
    siteId: 'hostile',
    runId,
    at: later(4),
    pages: 4,
    fillRates: { article: 0.9, title: 1 },
    alarms: [{ kind: 'shared_thread', message: hostile, urls: [hostile] }],
  })
  const slot = { siteId: 'hostile', expression: '*/5 * * * * UTC', nextRunAt: later(6), unwellPasses: 0 }
  await saveSlot(db, slot, later(4))
  await startRun(db, 'hostile', 'schedule', later(4.5))
  await db.execute(
    sql`insert into hosts (host, retry_after_until) values (${hostile}, ${later(9).toISOString()})`,
  )
  await addHealthySites(open)
  const [ids] = await db.execute<{ article: number; capture: number }>(sql`
    select (select id::int from articles where site_id = 'hostile') as article,
      (select max(id)::int from captures where site_id = 'hostile') as capture`)
  return { articleId: ids?.article ?? 0, captureId: ids?.capture ?? 0 }
}

async function addHealthySites(open: OpenDatabase): Promise<void> {
  for (const id of ['courier', 'herald']) {
    const { save, runId } = await storeOf(open, { id, name: `The ${id}`, url: `https://${id}.example/` })
    const canonicalUrl = `https://${id}.example/news/1`
    await save({
      article: { canonicalUrl, title: `News of the ${id}` },
      comments: [commentWith({ nativeId: '9' })],
    })
    const ended = { outcome: 'done', counters: { ...counters, failures: {} }, error: null } as const
    await finishRun(open.db, runId, { ...ended, finishedAt: later(1) })
  }
}

export const paths = ({
  articleId,
  captureId,
}: {
  readonly articleId: number
  readonly captureId: number
}): string[] => [
  '/',
  '/?state=healthy',
  '/sites/hostile',
  '/runs',
  '/runs/1',
  '/coverage',
  '/queue',
  '/failures',
  '/failures?site=hostile',
  '/articles',
  `/articles?words=${encodeURIComponent(hostile)}`,
  `/articles/${articleId}`,
  '/comments',
  '/comments?author=fern&words=changed',
  '/comments?change=removed',
  `/pages/${captureId}`,
]
