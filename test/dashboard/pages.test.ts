import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { dashboardApp } from '../../src/dashboard/app.ts'
import type { LentDatabase } from '../../src/dashboard/lent-database.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { readOnly } from '../../src/db/read-only.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { describeEachDatabase } from '../databases/each-database.ts'
import { newDatabase } from '../databases/new-database.ts'
import { commentWith, later, storeOf } from '../databases/page-to-save.ts'
import { dumpTables } from '../databases/table-dump.ts'
import { fillCollection, hostile, lookedAt, paths } from './collection.ts'

const home = 'http://127.0.0.1:8420'

function appOn(database: Pick<LentDatabase, 'read'>, password: string | null = null) {
  const faults: Error[] = []
  const app = dashboardApp({
    database,
    password,
    now: () => lookedAt,
    onFault: (error) => void faults.push(error),
  })
  return { faults, get: async (path: string, init?: RequestInit) => app.request(`${home}${path}`, init) }
}

const readingOf = (open: OpenDatabase): Pick<LentDatabase, 'read'> => ({
  read: async (work) => {
    await requireSchema(open)
    return readOnly(open, work)
  },
})

const failing = (error: Error): Pick<LentDatabase, 'read'> => ({
  read: async () => {
    throw error
  },
})

describeEachDatabase('the dashboard', (open) => {
  let filled = { articleId: 0, captureId: 0 }
  beforeAll(async () => {
    filled = await fillCollection(open())
  })
  const get = async (path: string) => {
    const { get, faults } = appOn(readingOf(open()))
    const response = await get(path)
    expect(faults).toEqual([])
    return {
      status: response.status,
      headers: response.headers,
      text: (await response.text()).replaceAll(/\s+/g, ' '),
    }
  }

  it('gives every page, whole, with hostile text as text only', async () => {
    for (const path of paths(filled)) {
      const { status, headers, text } = await get(path)
      expect(`${path} ${status}`).toBe(`${path} 200`)
      expect(text).toMatch(/<\/html>$/)
      expect(text).not.toMatch(/<img|<svg onload|<script>|href="\s*javascript/i)
      expect(text).not.toMatch(/ (?:style|on[a-z]+)="/)
      expect(headers.get('content-type')).toBe('text/html; charset=UTF-8')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'self'; script-src 'self';/,
      )
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('writes nothing', async () => {
    const before = await dumpTables(open())
    for (const path of paths(filled)) await get(path)
    expect(await dumpTables(open())).toEqual(before)
    const writing = readOnly(open(), (db) => db.execute(sql`delete from comments`))
    await expect(writing).rejects.toMatchObject({ cause: { code: '25006' } })
  })

  it('says of each site how it is, why, and since when', async () => {
    const { text } = await get('/')
    const row = /<tr>(?:(?!<\/tr>).)*?sites\/hostile.*?<\/tr>/s.exec(text)?.[0] ?? ''
    expect(row).toMatch(/class="state degraded".*degraded/s)
    expect(row).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).toMatch(/2 of 3<\/a><\/dd>/)
    expect(text).toMatch(/15 new comments in 48 hours/)
    expect((await get('/sites/nobody')).status).toBe(404)
  })

  it('shows a thread nested, with former versions and what was removed', async () => {
    const { text } = await get(`/articles/${filled.articleId}`)
    const thread = text.slice(text.indexOf('class="thread"'))
    expect(thread.match(/<article class="comment/g)).toHaveLength(3)
    expect(thread).toMatch(/<details class="replies" open>\s*<summary>1 reply<\/summary>/)
    expect(thread).toMatch(/as it was changed.*<summary>1 former version<\/summary>.*as it was written/s)
    expect(thread).toMatch(
      /<del>\s*<p class="words" dir="auto">soon gone<\/p>\s*<\/del>.*removed \(by absence\)/s,
    )
  })

  it('marks the words that were looked for, in any of their forms, and finds misspelt headlines', async () => {
    expect((await get('/articles?words=MAYORS')).text).toContain('<mark>mayor</mark>')
    expect((await get('/comments?words=soon')).text).toContain('<mark>soon</mark> gone')
    expect((await get('/articles?words=mayor&from=1')).text.match(/<th scope="row"/g)).toHaveLength(2)
    expect((await get('/articles?words=corier')).text).toMatch(
      /No article has these words\..*Headlines that are like them.*News of the courier/,
    )
  })

  it('finds articles and comments by words, writer, site and change', async () => {
    const rowsIn = async (path: string) => (await get(path)).text.match(/<th scope="row"/g)?.length ?? 0
    expect(await rowsIn('/articles?words=MAYOR')).toBe(3)
    expect(await rowsIn('/articles?words=mayor+courier')).toBe(1)
    expect(await rowsIn('/articles?words=%25')).toBe(0)
    expect(await rowsIn('/articles?site=herald')).toBe(1)
    expect(await rowsIn('/comments?author=FERN')).toBe(5)
    expect(await rowsIn('/comments?author=fern&site=herald')).toBe(1)
    expect(await rowsIn('/comments?author=fer')).toBe(0)
    expect(await rowsIn('/comments?words=soon')).toBe(1)
    expect(await rowsIn('/comments?change=edited')).toBe(1)
    expect(await rowsIn('/comments?change=removed')).toBe(1)
    expect(await rowsIn('/runs?site=hostile')).toBe(2)
    expect(await rowsIn('/runs?outcome=partial')).toBe(1)
    expect(await rowsIn('/failures?site=hostile&class=timeout')).toBe(1)
  })

  it('shows a stored page without anything that could ask, run or lead away', async () => {
    const { headers, text } = await get(`/pages/${filled.captureId}/body`)
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/)
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(text).toMatch(/<h1[^>]*>Bridge<\/h1>/)
    expect(text).not.toMatch(/<(?:script|link|meta|base|iframe)/)
    const beside = await get(`/pages/${filled.captureId}`)
    expect(beside.text).toMatch(/<iframe src="\/pages\/\d+\/body" title="[^"]+" sandbox /)
    expect(beside.text).toMatch(/The mayor walked\..*<td[^>]*>\s*layout\s*<\/td>/s)
    expect((await get('/pages/999999/body')).status).toBe(404)
  })

  it.each([
    '/runs/0',
    '/runs/x',
    '/articles/999999',
    '/articles/1e3',
    '/pages/-1',
    '/pages/999999999999999',
    '/nothing',
    '/sites/%00',
    `/sites/${encodeURIComponent(hostile)}`,
  ])('has no page %s, and says so', async (path) => {
    const { status, text } = await get(path)
    expect(status).toBe(404)
    expect(text).toMatch(/<h1>Not found<\/h1>/)
  })

  it.each([
    '/?from=999999999999999&state=no',
    '/?from=-5',
    '/runs?before=x&outcome=no&site=%00',
    '/coverage?missing=99999999999&before=1&reason=%27',
    '/queue?at=999999999999999&after=1',
    '/queue?at=-999999999999999&after=1',
    `/articles/1?thread=99999999999999&after=99999999999`,
    '/comments?words=%5C%25_%27&author=%F0%9F',
  ])('bears a senseless question: %s', async (path) => {
    expect([200, 404]).toContain((await get(path)).status)
  })

  it('shows what waits for workers, where there is a queue', async () => {
    expect((await get('/queue')).text).not.toMatch(/Orders for workers/)
    await open().db.execute(sql`create schema queue`)
    // The columns of pg-boss that are read.
    await open().db.execute(sql`create table queue.job as
      select 'crawl' as name, 'created' as state, 'hostile' as singleton_key, ${later(4).toISOString()}::timestamptz as created_on,
        null::timestamptz as started_on, 0 as priority, 1 as retry_count
      union all select 'crawl', 'active', 'courier', now(), now(), 0, 0
      union all select 'crawl', 'completed', 'herald', now(), now(), 0, 0
      union all select 'crawl-set-aside', 'created', 'herald', now(), null, 0, 0`)
    const { text } = await get('/queue')
    const orders = text.slice(text.indexOf('Orders for workers</h2>'), text.indexOf('Threads, longest'))
    expect(orders).toMatch(/--redrive.*herald.*set aside.*courier.*running.*hostile.*waiting.*1 h ago/)
    expect(orders.match(/<th scope="row"/g)).toHaveLength(3)
  })

  it('says that not all were ranked only where that is so', async () => {
    const { save } = await storeOf(open(), { id: 'birds' })
    const publish = async (index: number) =>
      save({ article: { canonicalUrl: `https://birds.example/${index}`, title: `A kingfisher ${index}.` } })
    const heron = (index: number) => commentWith({ nativeId: `h${index}`, bodyText: 'A heron.' })
    const herons = Array.from({ length: 501 }, (_, index) => heron(index))
    const url = 'https://birds.example/herons'
    for (let index = 0; index < 100; index += 1) await publish(index)
    await save({ article: { canonicalUrl: url }, comments: herons.slice(0, 500) })
    const [articles, comments] = ['/articles?words=kingfisher', '/comments?words=heron']
    for (const path of [articles, comments]) expect((await get(path)).text).toContain('<p>Best first.</p>')
    await publish(100)
    await save({ article: { canonicalUrl: url }, comments: herons })
    expect((await get(articles)).text).toContain(
      'more than 100 have the words, and any 100 of them are ranked',
    )
    expect((await get(comments)).text).toContain(
      'more than 500 have the words, and any 500 of them are ranked',
    )
    expect((await get('/comments?words=osprey')).text).not.toContain('Best first')
  })

  it('pages through lists without losing a row', async () => {
    const { save } = await storeOf(open(), { id: 'many' })
    for (let index = 1; index <= 60; index += 1) {
      await save({ article: { canonicalUrl: `https://many.example/${index}`, title: `Title ${index}.` } })
    }
    const seen: string[] = []
    for (let path: string | undefined = '/articles?site=many'; path !== undefined;) {
      const { text } = await get(path)
      seen.push(...[...text.matchAll(/Title (\d+)\./g)].map(([, number]) => number ?? ''))
      path = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => String(60 - index)))
  })
})

describeEachDatabase('the dashboard over an empty database', (open) => {
  it('gives every page, with words on what to do', async () => {
    const { get, faults } = appOn(readingOf(open()))
    for (const path of ['/', '/runs', '/coverage', '/queue', '/failures', '/articles', '/comments']) {
      expect((await get(path)).status).toBe(200)
    }
    expect(await (await get('/')).text()).toMatch(/No site is held yet. Run: npm run crawl/)
    expect(faults).toEqual([])
  })
})

describe('a database that can not be read', () => {
  it('is told with the reason, and the page can be asked for again', async () => {
    for (const error of [
      new DatabaseInUse('it is in use by process 7'),
      new DatabaseUnreachable('it is away'),
    ]) {
      const { get, faults } = appOn(failing(error))
      const response = await get('/')
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('5')
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
      expect(await response.text()).toContain(`<p role="alert">${error.message}.</p>`)
      expect(faults).toEqual([])
    }
  })

  it('for a fault of ours keeps its secrets from the page', async () => {
    const { get, faults } = appOn(failing(new Error('password of the server is hunter2')))
    const response = await get('/runs')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
    expect(faults.map(({ message }) => message)).toEqual(['password of the server is hunter2'])
  })

  it('is told while it is being migrated, and when it has become newer than the code', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const [open, migrator] = [await made.open(), await made.open()]
    const { get, faults } = appOn(readingOf(open))
    expect((await get('/articles')).status).toBe(200)
    await migrator.db.transaction(async (transaction) => {
      await transaction.execute(sql`lock table articles in access exclusive mode`)
      const response = await get('/articles')
      expect(response.status).toBe(503)
      expect(await response.text()).toMatch(/is being changed, perhaps migrated/)
    })
    expect((await get('/articles')).status).toBe(200)
    await migrator.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
    )
    const response = await get('/articles')
    expect(response.status).toBe(503)
    expect(await response.text()).toMatch(/is newer than this code/)
    expect(faults).toEqual([])
  })
})

describe('who may look', () => {
  const { get: unlocked } = appOn(failing(new DatabaseInUse('in use')))
  const { get: locked } = appOn(failing(new DatabaseInUse('in use')), 'let me in')
  const knocking = (given: string) => ({ headers: { authorization: `Basic ${btoa(given)}` } })

  it('without a password is whoever names this machine', async () => {
    expect((await unlocked('/')).status).toBe(503)
    const app = dashboardApp({
      database: failing(new DatabaseInUse('in use')),
      password: null,
      now: () => later(0),
      onFault: () => undefined,
    })
    for (const host of ['localhost:1', '127.0.0.7', '[::1]:8420']) {
      expect((await app.request(`http://${host}/`)).status).toBe(503)
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', '10.0.0.1', '[::ffff:10.0.0.1]']) {
      const response = await app.request(`http://${host}/`)
      expect(response.status).toBe(403)
      expect(await response.text()).toMatch(/COMMENTARIAT_DASHBOARD_PASSWORD/)
    }
  })

  it('with a password is whoever knows it', async () => {
    expect((await locked('/')).status).toBe(401)
    expect((await locked('/assets/x/dashboard.css')).status).toBe(401)
    for (const wrong of ['me:', 'me:let me', 'me:let me in ', 'let me in:']) {
      const response = await locked('/', knocking(wrong))
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="Commentariat"/)
    }
    expect((await locked('/', knocking('anybody:let me in'))).status).toBe(503)
  })

  it('can only look', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await unlocked('/articles', { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD')
    }
  })

  it('chooses the colours, and is led back to our own pages only', async () => {
    const chosen = await unlocked('/theme/dark?back=%2Fruns%3Fsite%3Da')
    expect(chosen.status).toBe(303)
    expect(chosen.headers.get('location')).toBe('/runs?site=a')
    expect(chosen.headers.get('set-cookie')).toMatch(/^theme=dark; .*HttpOnly; SameSite=Lax/)
    for (const back of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      'javascript:alert(1)',
      '',
    ]) {
      const led = await unlocked(`/theme/dark?back=${encodeURIComponent(back)}`)
      expect(led.headers.get('location')).toBe('/')
    }
    const dark = await unlocked('/', { headers: { cookie: 'theme=dark' } })
    expect(await dark.text()).toContain('data-theme="dark"')
    const odd = await unlocked('/', { headers: { cookie: 'theme="><script>' } })
    expect(await odd.text()).toContain('data-theme="auto"')
  })
})

describeEachDatabase('a site that has been failing for long', (open) => {
  it('is told since when, on the first page too', async () => {
    const { runId } = await storeOf(open(), { id: 'broken' })
    await open().db.execute(sql`delete from runs where id = ${runId}`)
    await open().db.execute(sql`
      insert into runs (site_id, job, started_at, finished_at, outcome, error)
      select 'broken', 'schedule', at, at, case when age < 40 then 'failed' else 'done' end, 'no answer'
      from generate_series(0, 90) age, lateral (select ${lookedAt.toISOString()}::timestamptz - age * interval '1 hour' as at) t`)
    const { get } = appOn(readingOf(open()))
    const text = (await (await get('/')).text()).replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/class="state failing".*no answer|no answer.*class="state failing"/)
    expect(text).toMatch(/<span class="one-line"><time [^>]*>39 h ago<\/time><\/span>/)
  })
})
