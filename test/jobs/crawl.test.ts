import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bridge, harbour, news, paperCrawl, summaryOf } from './paper-crawl.ts'
import { runJob } from './start-job.ts'

describe('crawl', () => {
  it('counts the articles that its feeds no longer name', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    const published = new Date().toISOString()
    paper.publish(bridge, { ...news[bridge], published })
    await crawl()
    const feed = paper.answers.get('/feed/')
    paper.answers.set('/feed/', typeof feed === 'function' ? feed('/feed/') : {})
    paper.publish('/2026/03/tower/', { title: 'Tower falls', post: 9, comments: [], published })
    await crawl('--article', `${paper.origin}/2026/03/tower/`)
    await crawl()
    expect(
      await rows(`select r.counters->'feeds' as counted, c.figures->'unnamed' as unnamed
        from runs r left join site_checks c on c.run_id = r.id order by r.id`),
    ).toEqual([
      { counted: { read: 1, recent: 0, named: 0 }, unnamed: 0 },
      { counted: { read: 0, recent: 0, named: 0 }, unnamed: 0 },
      { counted: { read: 1, recent: 2, named: 1 }, unnamed: 1 },
    ])
  })

  it('stores what is new, then finds nothing changed, then stores what changed and what is gone', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    const first = await crawl()
    expect(first.summary).toMatchObject({ failures: [], exitCode: 0 })
    expect(first.code).toBe(0)
    expect(first.site).toEqual({
      site: paper.siteId,
      outcome: 'done',
      error: null,
      requests: 3,
      notModified: 0,
      untrueValidators: 0,
      bytes: expect.any(Number),
      notDue: 0,
      sourcesNotDue: 0,
      notArticles: 0,
      articles: { new: 2, changed: 0, unchanged: 0, gone: 0 },
      comments: { new: 3, edited: 0, removed: 0, unchanged: 0 },
      threads: { complete: 2, incomplete: 0, partial: 0, reasons: {} },
      alarms: [],
      failures: {},
      changed: true,
      seconds: expect.any(Number),
    })

    const second = await crawl()
    expect(second.site).toMatchObject({
      articles: { new: 0, changed: 0, unchanged: 2, gone: 0 },
      comments: { new: 0, edited: 0, removed: 0, unchanged: 3 },
      threads: { complete: 2, incomplete: 0, partial: 0, reasons: {} },
      changed: false,
    })
    expect(second.code).toBe(0)

    const comments = ['first, edited', 'second', 'late']
    paper.publish(bridge, { ...news[bridge], title: 'Bridge reopens early', comments })
    paper.answers.delete(harbour)
    const third = await crawl()
    expect(third.site).toMatchObject({
      articles: { new: 0, changed: 1, unchanged: 0, gone: 1 },
      comments: { new: 1, edited: 1, removed: 0, unchanged: 1 },
      failures: {},
      changed: true,
    })
    expect(third.code).toBe(0)
    expect(
      await rows(`
        select a.title, a.revision, a.gone_at is not null as gone, t.native_id as thread, t.reported_count, t.collected_count, t.complete
        from articles a join threads t on t.article_id = a.id order by a.url`),
    ).toEqual([
      {
        title: 'Bridge reopens early',
        revision: 2,
        gone: false,
        thread: '7',
        reported_count: 3,
        collected_count: 3,
        complete: true,
      },
      {
        title: 'Harbour closes',
        revision: 1,
        gone: true,
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

  it('tells a person what changed, and that nothing did, on the embedded database', async () => {
    const { paper, start, rows } = await paperCrawl('embedded')
    const first = await start().result
    expect(first.stdout).toContain(paper.siteId)
    expect(first.stdout).not.toContain('Nothing changed')
    const second = await start().result
    expect(second.stdout).toContain('Nothing changed: 2 articles are as they were.')
    expect([first.code, second.code]).toEqual([0, 0])
    expect(await rows('select count(*)::int as comments, max(revision) as revision from comments')).toEqual([
      { comments: 3, revision: 1 },
    ])
  })

  it('raises an alarm when articles name one thread, and when a site shows no comment any more', async () => {
    const { paper, crawl, start } = await paperCrawl()
    for (const [path, article] of Object.entries(news)) paper.publish(path, { ...article, post: 7 })
    const { site, code } = await crawl()
    expect(site).toMatchObject({ comments: { new: 3 }, alarms: [{ kind: 'shared_thread' }] })
    expect(code).toBe(0)
    for (const [path, article] of Object.entries(news)) paper.publish(path, { ...article, comments: [] })
    const { stdout } = await start('--refresh').result
    expect(stdout).toMatch(
      /^Alarms\n(?:.*\n)?.* no comment was read, and 3 are held .* \[comments_vanished\]$/m,
    )
  })

  it('stores nothing in a dry run, without any database, and leaves out what is older than --since', async () => {
    const { paper } = await paperCrawl()
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const flags = [paper.feedUrl, '--allow-private-network', '--dry-run', '--json', '--since', '2026-02-15']
    const result = await runJob('crawl', flags, { env })
    expect(result.stderr).toContain(`${paper.origin}${bridge}\n  Bridge reopens\n`)
    expect(result.stderr).toContain('wordpress: 2 comments, 2 reported')
    expect(summaryOf(result)).toMatchObject({
      sites: [{ articles: { new: 1 }, comments: { new: 2 }, threads: { complete: 1 } }],
      failures: [],
      exitCode: 0,
    })
    expect(paper.asked).not.toContain(harbour)
    expect(result.code).toBe(0)
  })

  it('takes the newest article only with --limit 1, without comments with --no-comments, and the rest later', async () => {
    const { crawl, rows } = await paperCrawl()
    const { site } = await crawl('--limit', '1', '--no-comments')
    expect(site).toMatchObject({ articles: { new: 1, unchanged: 0 }, comments: { new: 0 } })
    expect(await rows('select title from articles')).toEqual([{ title: 'Bridge reopens' }])
    const later = await crawl()
    expect(later.site).toMatchObject({ articles: { new: 1, unchanged: 1 }, comments: { new: 3 } })
  })

  it('takes single pages with --article, and says which of them holds no article', async () => {
    const { paper, start, rows } = await paperCrawl()
    paper.answers.set('/about/', { body: '<html><body><nav><a href="/">Home</a></nav></body></html>' })
    const named = [bridge, '/about/'].flatMap((path) => ['--article', paper.origin + path])
    const { code, stdout } = await start(...named).result
    expect(stdout).toContain(`${paper.origin}/about/ holds no article [not_an_article]`)
    expect(code).toBe(1)
    expect(await rows('select title from articles')).toEqual([{ title: 'Bridge reopens' }])
    const ofHost = new Set(['/robots.txt', '/.well-known/tdmrep.json'])
    expect(paper.asked.filter((path) => !ofHost.has(path)).toSorted()).toEqual([bridge, '/about/'].toSorted())
  })

  it('makes no more requests than --max-requests', async () => {
    const { crawl } = await paperCrawl()
    expect((await crawl('--max-requests', '2')).site).toMatchObject({ requests: 2, articles: { new: 1 } })
  })

  it('has as many requests in flight as the site allows, and writes no clock of a host that is not paced', async () => {
    const { paper, env, rows } = await paperCrawl()
    const folder = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const site = { id: 'busy', name: 'Busy Paper', url: `${paper.origin}/`, delaySeconds: 0, connections: 14 }
    const sources = [{ kind: 'feed', url: paper.feedUrl }]
    writeFileSync(join(folder, 'busy.json'), JSON.stringify({ ...site, sources }))
    // Nothing is answered before all are asked for.
    let waiting = 0
    let answerAll = (): void => undefined
    const wait = new Promise<void>((resolve) => (answerAll = resolve))
    for (let post = 100; post < 114; post++) {
      const path = `/2026/03/${post}/`
      paper.publish(path, {
        title: `News ${post}`,
        post,
        comments: ['first'],
        published: '2026-03-02T07:30:00Z',
      })
      const page = paper.answers.get(path)
      paper.answers.set(path, () => {
        if (++waiting === 14) answerAll()
        return { ...(typeof page === 'object' ? page : {}), wait }
      })
    }
    const flags = ['busy', '--allow-private-network', '--json', '--limit', '14']
    const { code, stderr } = await runJob('crawl', flags, { env: { ...env, COMMENTARIAT_SITES: folder } })
    expect([code, stderr]).toEqual([0, ''])
    expect(
      await rows(
        'select count(*)::int as articles, (select count(*)::int from hosts) as hosts from articles',
      ),
    ).toEqual([{ articles: 14, hosts: 0 }])
  })
})
