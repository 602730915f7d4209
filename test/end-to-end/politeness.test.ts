import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoSite } from '../../jobs/wiring/demo-site.ts'
import { runSites } from '../../jobs/wiring/run-sites.ts'
import { type Newsroom, openNewsroom, type RequestRecord } from '../../src/demo/newsroom.ts'
import { readSettings } from '../../src/settings.ts'
import { describeEachDatabase } from '../databases/each-database.ts'

const sites = ['dle', 'wordpress', 'isso']
const answerMs = 8
const delayMs = 40
/** Timers may fire a millisecond early, and two clocks round. */
const slackMs = 3

describeEachDatabase('the requests of a crawl, as the newsroom saw them', (open) => {
  vi.setConfig({ testTimeout: 180_000 })
  let newsroom: Newsroom

  beforeAll(async () => {
    newsroom = await openNewsroom({ seed: 7, sites, articlesPerSite: 4, commentsPerThread: 4, answerMs })
  })
  afterAll(() => newsroom.close())

  const crawl = async (
    ids: readonly string[],
    pace: { readonly delaySeconds: number; readonly connections: number },
  ): Promise<readonly RequestRecord[]> => {
    const before = newsroom.requests().length
    const results = await runSites({
      settings: readSettings({}),
      sites: newsroom.sites
        .filter(({ id }) => ids.includes(id))
        .map((site) => ({ ...demoSite(site), ...pace })),
      job: 'test',
      pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: true, articles: [] },
      allowPrivateNetwork: true,
      concurrency: 3,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      database: open(),
    })
    const ends = results.map(({ outcome, tally }) => ({ outcome, failures: tally.failures }))
    expect(ends).toEqual(ids.map(() => ({ outcome: 'done', failures: {} })))
    return newsroom.requests().slice(before)
  }

  /** Milliseconds from one request to the next, by host. */
  const gapsOf = (requests: readonly RequestRecord[]): number[] => {
    const last = new Map<string, number>()
    return requests.flatMap(({ host, at }) => {
      const before = last.get(host)
      last.set(host, at)
      return before === undefined ? [] : [at - before]
    })
  }

  it('come one at a time and keep their distance, from one process to the next too', async () => {
    const first = await crawl(sites, { delaySeconds: delayMs / 1000, connections: 1 })
    const second = await crawl(sites, { delaySeconds: delayMs / 1000, connections: 1 })
    const all = [...first, ...second]
    expect(new Set(all.map(({ host }) => host)).size).toBeGreaterThanOrEqual(sites.length)
    expect(all.length).toBeGreaterThan(60)
    expect(all.filter(({ inFlight }) => inFlight > 1)).toEqual([])
    // From the end of an answer, that is.
    expect(Math.min(...gapsOf(all))).toBeGreaterThanOrEqual(delayMs + answerMs - slackMs)
  })

  it('are in flight side by side only as far as the site declares', async () => {
    const declared = await crawl(['wordpress'], { delaySeconds: 0, connections: 3 })
    const most = Math.max(...declared.map(({ inFlight }) => inFlight))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(3)
    expect(declared[0]).toMatchObject({ path: '/robots.txt', inFlight: 1 })
  })
})
