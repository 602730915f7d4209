import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { harbour, news, paperCrawl, publishNews, summaryOf } from './paper-crawl.ts'
import { articlePage, type SmallPaper } from './small-paper.ts'
import { runJob } from './start-job.ts'

describe('a crawl that is broken off', () => {
  it('by a signal ends with exit code 130, and a later run completes it', async () => {
    const { paper, start, crawl, rows } = await paperCrawl()
    const { asked, release } = holdBack(paper, harbour)
    const job = start()
    await asked
    job.process.kill('SIGINT')
    const { code, stderr } = await job.result
    release()
    expect(stderr).toContain('stopping after the page in hand')
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

  it('by kill -9 leaves what was stored, and a later run completes it', async () => {
    const { paper, start, crawl } = await paperCrawl('embedded')
    const { asked, release } = holdBack(paper, harbour)
    const job = start()
    await asked
    job.process.kill('SIGKILL')
    await once(job.process, 'exit')
    release()
    publishNews(paper)
    const later = await crawl()
    expect(later.site).toMatchObject({
      articles: { new: 1, unchanged: 1 },
      comments: { new: 1 },
      failures: {},
    })
    expect(later.code).toBe(0)
  })
})

describe('a crawl of a site with faults', () => {
  it('names each by its class in one line, stores the rest, and ends with exit code 1', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    const { origin } = paper
    addFaults(paper)
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
      articles: { new: 3, changed: 0, unchanged: 0, gone: 0 },
      comments: { new: 5 },
      threads: { complete: 2, incomplete: 1, reasons: { loop: 1 } },
      notArticles: 1,
    })
    expect([code, summary.exitCode]).toEqual([1, 1])
    expect(paper.asked).not.toContain('/private/memo/')

    expect(
      await rows(`select class, replace(url, '${origin}', '') as url from failures order by class`),
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
    const { paper, start, rows } = await paperCrawl()
    paper.answers.set('/feed/', { body: '<html><body>Not today</body></html>' })
    const { code, stdout } = await start().result
    expect(stdout).toMatch(/\[not_a_feed\]\n\s+check the address of the feed, or take it out of the site/)
    expect(code).toBe(1)
    expect(await rows('select class, stage from failures')).toEqual([
      { class: 'not_a_feed', stage: 'discover' },
    ])
  })

  it.each([
    [403, ['blocked']],
    [500, ['http_error']],
    [404, ['gone', 'not_a_feed']],
  ] as const)('whose feed answers %i tells one cause once', async (status, classes) => {
    const { paper, crawl, rows } = await paperCrawl()
    paper.answers.set('/feed/', { status, body: 'no' })
    const { summary, code } = await crawl()
    expect(summary.failures.map((failure) => failure.class)).toEqual(classes)
    expect(await rows('select class from failures order by id')).toEqual(
      classes.map((name) => ({ class: name })),
    )
    expect(code).toBe(1)
  })

  it('asks for nothing on this machine without leave', async () => {
    const { paper, env } = await paperCrawl()
    const result = await runJob('crawl', [paper.feedUrl, '--json'], { env })
    expect(summaryOf(result).failures.map((failure) => failure.class)).toEqual(['private_address'])
    expect(paper.asked).toEqual([])
    expect(result.code).toBe(1)
  })
})

/** Lets an article be asked for, and answers only when it is released. */
function holdBack(paper: SmallPaper, path: keyof typeof news) {
  let release = (): void => undefined
  const wait = new Promise<void>((resolve) => {
    release = resolve
  })
  const body = articlePage({ url: paper.origin + path, ...news[path] })
  const asked = new Promise<void>((resolve) => {
    paper.answers.set(path, () => {
      resolve()
      return { body, wait }
    })
  })
  return { asked, release }
}

function addFaults(paper: SmallPaper): void {
  const faults = {
    '/private/memo/': { body: 'never asked for' },
    '/huge/': { body: `<p>${'x'.repeat(11 * 1024 * 1024)}</p>` },
    '/about/': { body: '<html><body><nav><a href="/">Home</a></nav></body></html>' },
    '/picture/': { headers: { 'content-type': 'image/png' }, body: 'PNG' },
    '/broken/': { status: 500, body: 'oh' },
    '/gone/': { status: 404 },
  }
  for (const [path, answer] of Object.entries(faults)) {
    paper.announce(path)
    paper.answers.set(path, answer)
  }
  const robots = 'User-agent: *\nDisallow: /private/\n'
  paper.answers.set('/robots.txt', { headers: { 'content-type': 'text/plain' }, body: robots })
}

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
  paper.announce(path)
  paper.answers.set(path, { body: pageOf(1) })
  for (let page = 1; page < 1000; page++) {
    paper.answers.set(`${path}comment-page-${page}/`, () => ({ body: pageOf(page) }))
  }
}
