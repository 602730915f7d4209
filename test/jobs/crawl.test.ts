import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DatabaseKind, type NewDatabase, newDatabase } from '../databases/new-database.ts'
import { type ArticlePage, articlePage, openSmallPaper, type SmallPaper } from './small-paper.ts'
import { environmentOf, runJob, startJob } from './start-job.ts'

const bridge = '/2026/03/bridge/'
const harbour = '/2026/03/harbour/'

async function setUp(kind: DatabaseKind = 'server') {
  const paper = await openSmallPaper()
  onTestFinished(() => paper.stop())
  const made = await newDatabase(kind)
  onTestFinished(() => made.remove())
  const env = { ...environmentOf(made.settings), LOG_LEVEL: 'warn' }
  const flags = [paper.feedUrl, '--allow-private-network']
  return {
    paper,
    flags,
    env,
    start: (...more: string[]) => startJob('crawl', [...flags, ...more], { env }),
    crawl: async (...more: string[]) => {
      const result = await runJob('crawl', [...flags, '--json', ...more], { env })
      expect(result.stdout, result.stderr).not.toBe('')
      const summary = JSON.parse(result.stdout) as Summary
      return { ...result, summary, site: summary.sites[0]! }
    },
    rows: (statement: string) => rowsOf(made, statement),
  }
}

interface Summary {
  readonly sites: readonly Record<string, unknown>[]
  readonly failures: readonly { site: string; class: string; message: string }[]
  readonly exitCode: number
}

async function rowsOf(made: NewDatabase, statement: string): Promise<unknown[]> {
  const { openDatabase } = await import('../../src/db/client.ts')
  const database = await openDatabase(made.settings)
  try {
    return [...(await database.db.execute(statement))]
  } finally {
    await database.close()
  }
}

const news: Record<string, Omit<ArticlePage, 'url'>> = {
  [bridge]: {
    title: 'Bridge reopens',
    post: 7,
    comments: ['first', 'second'],
    published: '2026-03-01T07:30:00+00:00',
  },
  [harbour]: {
    title: 'Harbour closes',
    post: 8,
    comments: ['third'],
    published: '2026-02-01T07:30:00+00:00',
  },
}

function publishNews(paper: SmallPaper): void {
  for (const [path, article] of Object.entries(news)) paper.publish(path, article)
}

describe.each<DatabaseKind>(['embedded', 'server'])('crawl into the %s database', (kind) => {
  it('stores what is new, then finds nothing changed, then stores what changed', async () => {
    const { paper, crawl, rows } = await setUp(kind)
    publishNews(paper)
    const first = await crawl()
    expect(first.summary).toMatchObject({ failures: [], exitCode: 0 })
    expect(first.code).toBe(0)
    expect(first.site).toEqual({
      site: paper.siteId,
      outcome: 'done',
      error: null,
      requests: 3,
      notModified: 0,
      bytes: expect.any(Number),
      notDue: 0,
      notArticles: 0,
      articles: { new: 2, changed: 0, unchanged: 0, gone: 0 },
      comments: { new: 3, edited: 0, removed: 0, unchanged: 0 },
      threads: { complete: 2, incomplete: 0, reasons: {} },
      failures: {},
      changed: true,
      seconds: expect.any(Number),
    })

    const second = await crawl()
    expect(second.site).toMatchObject({
      articles: { new: 0, changed: 0, unchanged: 2, gone: 0 },
      comments: { new: 0, edited: 0, removed: 0, unchanged: 3 },
      threads: { complete: 2, incomplete: 0, reasons: {} },
      changed: false,
    })
    expect(second.code).toBe(0)

    paper.publish(bridge, {
      ...news[bridge]!,
      title: 'Bridge reopens early',
      comments: ['first, edited', 'second', 'late'],
    })
    const third = await crawl()
    expect(third.site).toMatchObject({
      articles: { new: 0, changed: 1, unchanged: 1, gone: 0 },
      comments: { new: 1, edited: 1, removed: 0, unchanged: 2 },
      changed: true,
    })
    expect(
      await rows(`
        select a.title, a.revision, t.native_id as thread, t.reported_count, t.collected_count, t.complete
        from articles a join threads t on t.article_id = a.id order by a.url`),
    ).toEqual([
      {
        title: 'Bridge reopens early',
        revision: 2,
        thread: '7',
        reported_count: 3,
        collected_count: 3,
        complete: true,
      },
      {
        title: 'Harbour closes',
        revision: 1,
        thread: '8',
        reported_count: 1,
        collected_count: 1,
        complete: true,
      },
    ])
    expect(await rows('select outcome, error from runs order by id')).toEqual(
      Array.from({ length: 3 }, () => ({ outcome: 'done', error: null })),
    )
  })
})

describe('crawl', () => {
  it('tells a person what changed, and that nothing did', async () => {
    const { paper, start } = await setUp()
    publishNews(paper)
    const first = await start().result
    expect(first.stdout).toContain(paper.siteId)
    expect(first.stdout).not.toContain('Nothing changed')
    const second = await start().result
    expect(second.stdout).toContain('Nothing changed: 2 articles are as they were.')
    expect([first.code, second.code]).toEqual([0, 0])
  })

  it('stores nothing in a dry run, without any database', async () => {
    const { paper, flags } = await setUp()
    publishNews(paper)
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const { code, stdout, stderr } = await runJob('crawl', [...flags, '--dry-run', '--json'], { env })
    expect(stderr).toContain(`${paper.origin}${bridge}\n  Bridge reopens\n`)
    expect(stderr).toContain('wordpress: 2 comments, 2 reported')
    expect(JSON.parse(stdout)).toMatchObject({
      sites: [{ articles: { new: 2 }, comments: { new: 3 } }],
      exitCode: 0,
    })
    expect(code).toBe(0)
  })

  it.each([
    ['--limit', '1'],
    ['--since', '2026-02-15'],
    ['--article', 'bridge'],
  ])('takes the newest article only with %s %s', async (flag, value) => {
    const { paper, crawl, rows } = await setUp()
    publishNews(paper)
    const { site, code } = await crawl(flag, value === 'bridge' ? paper.origin + bridge : value)
    expect(site).toMatchObject({ articles: { new: 1, changed: 0, unchanged: 0, gone: 0 } })
    expect(await rows('select title from articles')).toEqual([{ title: 'Bridge reopens' }])
    expect(paper.asked).not.toContain(harbour)
    expect(code).toBe(0)
  })

  it('takes articles without their comments with --no-comments', async () => {
    const { paper, crawl, rows } = await setUp()
    publishNews(paper)
    expect((await crawl('--no-comments')).site).toMatchObject({ articles: { new: 2 }, comments: { new: 0 } })
    expect(await rows('select count(*)::int as n from comments')).toEqual([{ n: 0 }])
    expect((await crawl()).site).toMatchObject({ articles: { unchanged: 2 }, comments: { new: 3 } })
  })

  it('makes no more requests than --max-requests', async () => {
    const { paper, crawl } = await setUp()
    publishNews(paper)
    expect((await crawl('--max-requests', '2')).site).toMatchObject({ requests: 2, articles: { new: 1 } })
  })

  it('stops after a signal with exit code 130, and a later run completes', async () => {
    const { paper, start, crawl, rows } = await setUp()
    publishNews(paper)
    let release = (): void => undefined
    const wait = new Promise<void>((resolve) => {
      release = resolve
    })
    // The second page is asked for and does not answer: the run is in its middle.
    const page = articlePage({ url: paper.origin + harbour, ...news[harbour]! })
    const asked = new Promise<void>((resolve) => {
      paper.answers.set(harbour, () => {
        resolve()
        return { body: page, wait }
      })
    })
    const job = start()
    await asked
    job.process.kill('SIGINT')
    const { code, stderr } = await job.result
    release()
    expect(stderr).toContain('Stopping after the page in hand')
    expect(code).toBe(130)
    expect(await rows('select title from articles')).toEqual([{ title: 'Bridge reopens' }])
    expect(await rows('select outcome, finished_at is not null as ended from runs')).toEqual([
      { outcome: 'interrupted', ended: true },
    ])
    const later = await crawl()
    expect(later.site).toMatchObject({
      articles: { new: 1, unchanged: 1 },
      comments: { new: 1 },
      failures: {},
    })
    expect(later.code).toBe(0)
  })

  it('leaves a database that a killed run had open as it was, and completes later', async () => {
    const { paper, start, crawl } = await setUp('embedded')
    publishNews(paper)
    const asked = new Promise<void>((resolve) => {
      paper.answers.set(harbour, () => {
        resolve()
        return { wait: new Promise(() => undefined) }
      })
    })
    const job = start()
    await asked
    job.process.kill('SIGKILL')
    await once(job.process, 'exit')
    publishNews(paper)
    const later = await crawl()
    expect(later.site).toMatchObject({ articles: { new: 1, unchanged: 1 }, failures: {} })
    expect(later.code).toBe(0)
  })
})

describe('crawl of a site with faults', () => {
  it('names each by its class in one line, goes on, and ends with exit code 1', async () => {
    const { paper, crawl, rows } = await setUp()
    publishNews(paper)
    const { answers, origin } = paper
    answers.set('/robots.txt', {
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nDisallow: /private/\n',
    })
    paper.announce('/private/memo/')
    answers.set('/private/memo/', { body: 'never asked for' })
    answers.set('/huge/', { body: `<p>${'x'.repeat(11 * 1024 * 1024)}</p>` })
    paper.announce('/huge/')
    answers.set('/about/', { body: '<html><body><nav><a href="/">Home</a></nav></body></html>' })
    paper.announce('/about/')
    answers.set('/picture/', { headers: { 'content-type': 'image/png' }, body: 'PNG' })
    paper.announce('/picture/')
    answers.set('/broken/', { status: 500, body: 'oh' })
    paper.announce('/broken/')
    paper.announce('/gone/')
    endlessThread(paper, '/2026/03/endless/')

    const { code, summary, site } = await crawl()
    const found = Object.fromEntries(summary.failures.map((failure) => [failure.class, failure.message]))
    expect(found).toEqual({
      robots_refused: expect.stringContaining(`${origin}/private/memo/`),
      too_large: expect.stringContaining(`${origin}/huge/`),
      wrong_type: expect.stringContaining(`${origin}/picture/`),
      http_error: expect.stringContaining(`${origin}/broken/`),
      gone: expect.stringContaining(`${origin}/gone/`),
      thread_loop: expect.stringContaining(`${origin}/2026/03/endless/`),
    })
    for (const message of Object.values(found)) expect(message).not.toContain('\n')
    expect(site).toMatchObject({
      outcome: 'partial',
      articles: { new: 3, changed: 0, unchanged: 0, gone: 1 },
      comments: { new: 5 },
      threads: { complete: 2, incomplete: 1, reasons: { loop: 1 } },
      notArticles: 1,
    })
    expect(code).toBe(1)
    expect(summary.exitCode).toBe(1)
    expect(paper.asked).not.toContain('/private/memo/')

    expect(
      await rows("select class, replace(url, '" + origin + "', '') as url from failures order by class"),
    ).toEqual([
      { class: 'gone', url: '/gone/' },
      { class: 'http_error', url: '/broken/' },
      { class: 'not_an_article', url: '/about/' },
      { class: 'robots_refused', url: '/private/memo/' },
      { class: 'thread_loop', url: '/2026/03/endless/' },
      { class: 'too_large', url: '/huge/' },
      { class: 'wrong_type', url: '/picture/' },
    ])
    expect(
      await rows("select incomplete_reason, collected_count from threads where native_id = '9'"),
    ).toEqual([{ incomplete_reason: 'loop', collected_count: 2 }])
  })

  it('says when there is HTML where a feed should be', async () => {
    const { paper, start, rows } = await setUp()
    paper.answers.set('/feed/', { body: '<html><body>Not today</body></html>' })
    const { code, stdout } = await start().result
    expect(stdout).toMatch(/\[not_a_feed\]\n\s+check the address of the feed, or take it out of the site/)
    expect(code).toBe(1)
    expect(await rows('select distinct class, stage from failures')).toEqual([
      { class: 'not_a_feed', stage: 'discover' },
    ])
  })

  it('says when a page that was named holds no article', async () => {
    const { paper, start, rows } = await setUp()
    paper.answers.set('/about/', { body: '<html><body><nav><a href="/">Home</a></nav></body></html>' })
    const { code, stdout } = await start('--article', `${paper.origin}/about/`).result
    expect(stdout).toContain(`${paper.origin}/about/ holds no article [not_an_article]`)
    expect(code).toBe(1)
    expect(await rows('select count(*)::int as n from articles')).toEqual([{ n: 0 }])
  })

  it('asks for nothing on this machine without leave', async () => {
    const { paper, env } = await setUp()
    publishNews(paper)
    const { code, stdout } = await runJob('crawl', [paper.feedUrl, '--json'], { env })
    const { failures } = JSON.parse(stdout) as Summary
    expect(failures.map((failure) => failure.class)).toEqual(['private_address'])
    expect(paper.asked).toEqual([])
    expect(code).toBe(1)
  })
})

/** Comment pages that show the same two comments whatever their number, and name ever further ones. */
function endlessThread(paper: SmallPaper, path: string): void {
  const url = paper.origin + path
  const pageOf = (page: number) => {
    const links = [1, page + 1, page + 2, page + 300].map(
      (number) => `<a class="page-numbers" href="${url}comment-page-${number}/#comments">${number}</a>`,
    )
    const pager = `<nav class="comments-pagination"><span class="page-numbers current">${page}</span>${links.join('')}</nav>`
    return articlePage({ url, title: 'Endless', post: 9, comments: ['again', 'and again'], below: pager })
  }
  paper.publish(path, { title: 'Endless', post: 9, comments: [] })
  paper.answers.set(path, { body: pageOf(1) })
  for (let page = 1; page < 1000; page++)
    paper.answers.set(`${path}comment-page-${page}/`, () => ({ body: pageOf(page) }))
}
