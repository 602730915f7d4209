import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { reextract } from '../../jobs/wiring/reextract-sites.ts'
import { runSites, type SiteResult } from '../../jobs/wiring/run-sites.ts'
import { readSettings } from '../../src/settings.ts'
import { defineSite, type SiteDeclaration } from '../../src/sites/site.ts'
import { describeEachDatabase } from '../databases/each-database.ts'
import { changedColumns, dumpTables, rowsOf } from '../databases/table-dump.ts'
import { articlePage, openSmallPaper, type SmallPaper } from '../jobs/small-paper.ts'

const begin = Date.parse('2026-03-02T09:00:00Z')
const day = (number: number) => new Date(begin + (number - 1) * 86_400_000)
const lastDayOfOldDesign = day(7).toISOString().slice(0, 10)
const comments = ['A fine bridge.', 'It took them long enough.', 'Who paid for it?']
const signal = new AbortController().signal
const onEvent = () => undefined

/** The new design: no marks of an article are left, and its text stands in links, as a menu does. */
function redesigned(page: string): string {
  const title = /<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1] ?? ''
  const text = /<div class="entry-content">(.*?)<\/div>/s.exec(page)?.[1] ?? ''
  const published = /published_time" content="([^"]+)/.exec(page)?.[1] ?? ''
  return page
    .replace(/<meta property[^>]*>/g, '')
    .replace(/<title>.*?<\/title>/, '<title></title>')
    .replace(/ class="single.*?(postid-\d+)"/, ' class="$1"')
    .replace(
      /<article><h1.*?<\/article>/s,
      `<nav class="menu x1"><b class="x2" data-at="${published}">${title}</b>
      <ul class="x3">${text.replaceAll('<p>', '<li><a href="#">').replaceAll('</p>', '</a></li>')}</ul></nav>`,
    )
}

describeEachDatabase('a site that changes its design on the eighth day', (open) => {
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })
  let paper: SmallPaper

  beforeAll(async () => {
    paper = await openSmallPaper()
    vi.useFakeTimers({ toFake: ['Date'], now: day(1) })
  })
  afterAll(async () => {
    vi.useRealTimers()
    await paper.stop()
  })

  const site = (layouts: SiteDeclaration['layouts'] = [{ body: '.entry-content' }]) =>
    defineSite({
      id: 'paper',
      name: 'Paper',
      url: `${paper.origin}/`,
      sources: [{ kind: 'feed', url: '/feed/' }],
      delaySeconds: 0,
      layouts,
    })
  const newDesign = { title: '.x2', published: '.x2@data-at', body: '.x3' }
  const layouts = [{ until: lastDayOfOldDesign, body: '.entry-content' }, newDesign]

  const crawl = async (given = site()): Promise<SiteResult> => {
    const [result] = await runSites({
      settings: readSettings({}),
      sites: [given],
      job: 'test',
      pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: true, articles: [] },
      allowPrivateNetwork: true,
      concurrency: 1,
      signal,
      onEvent,
      database: open(),
    })
    return result!
  }
  const replay = async (): Promise<SiteResult> => {
    const [result] = await reextract({
      settings: { privacy: 'names', pseudonymKey: null },
      database: open(),
      sites: [site(layouts)],
      since: null,
      signal,
      onEvent,
    })
    return result!
  }
  const publish = (number: number, design: (page: string) => string, words: readonly string[] = comments) => {
    const path = `/2026/03/bridge-over-the-lorn-${number}/`
    const title = `Bridge number ${number} over the Lorn reopens`
    const published = day(Math.min(number, 8)).toISOString()
    paper.announce(path, title)
    const page = articlePage({ url: paper.origin + path, title, post: number, comments: words, published })
    paper.answers.set(path, { body: design(page) })
  }
  const held = () =>
    rowsOf(
      open(),
      sql`select a.title, a.body_text, a.published_at, a.revision,
          (select array_agg(c.body_text || ' ' || c.state order by c.position) from comments c
            where c.article_id = a.id) as comments
        from articles a order by a.url`,
    )
  const asIs = (page: string) => page
  let before: Awaited<ReturnType<typeof held>> = []

  it('is crawled as usual for a week, without an alarm', async () => {
    for (let number = 1; number <= 7; number += 1) {
      vi.setSystemTime(day(number))
      publish(number, asIs)
      const { outcome, alarms } = await crawl()
      expect([outcome, alarms]).toEqual(['done', []])
    }
    before = await held()
    expect(before).toHaveLength(7)
  })

  it('raises an alarm within 20 pages, and takes nothing of what is held', async () => {
    vi.setSystemTime(day(8))
    for (let number = 1; number <= 7; number += 1)
      publish(number, redesigned, [...comments, 'Since the new design.'])
    publish(8, redesigned)
    const result = await crawl()
    expect(result.tally.pages + result.tally.notArticles).toBeLessThanOrEqual(20)
    expect(result.alarms.map(({ kind }) => kind)).toContain('fields_vanished')
    vi.setSystemTime(day(9))
    await crawl()
    vi.setSystemTime(day(10))
    await crawl()
    const now = await held()
    expect(now.map(({ comments: _comments, ...article }) => article)).toEqual(
      before.map(({ comments: _comments, ...article }) => article),
    )
    expect(JSON.stringify(now)).not.toContain('removed')
  })

  it('is whole again with a layout for the new design, read from what was stored', async () => {
    const asked = paper.asked.length
    const { outcome, tally } = await replay()
    expect(outcome).toBe('done')
    expect(paper.asked).toHaveLength(asked)
    expect(tally.articles).toMatchObject({ new: 1, gone: 0 })
    const now = await held()
    expect(now).toHaveLength(8)
    expect(now.map(({ title }) => title)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `Bridge number ${number} over the Lorn reopens`),
    )
    for (const article of now) expect(article['body_text']).toContain('cost less than was feared')
    const words = now.flatMap((article) => [article['comments']].flat())
    expect(words.filter((text) => text === 'Since the new design. visible')).toHaveLength(7)
    expect(words).toHaveLength(7 * 4 + 3)

    const after = await dumpTables(open())
    await replay()
    const again = changedColumns(after, await dumpTables(open()))
    expect(again.filter((what) => !what.startsWith('runs'))).toEqual([])
  })

  it('goes on from there', async () => {
    vi.setSystemTime(day(11))
    const stored = await held()
    const { outcome, tally } = await crawl(site(layouts))
    expect([outcome, tally.articles.new, tally.comments.removed]).toEqual(['done', 0, 0])
    expect(await held()).toEqual(stored)
  })
})
