import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, it, onTestFinished } from 'vitest'
import type { Pass } from '../../../src/crawlers/pass.ts'
import { crawlPages, type PageRequest } from '../../../src/crawlers/site-crawler.ts'
import { StoreClosed } from '../../../src/store.ts'
import { origin, passOver } from './pass-over.ts'

const pagesOf = (...paths: readonly string[]): PageRequest[] =>
  paths.map((path) => ({ kind: 'article', url: origin + path }))

/** A pass over a host that answers to `/gone` with 410, and its failures as they are written down. */
function passWith(store: Partial<Pass['store']> = {}) {
  const pass = passOver((path) => ({ status: path === '/gone' ? 410 : 200, type: 'text/html', body: path }))
  const failures: string[] = []
  const recordFailure = async ({
    class: name,
    url,
  }: {
    readonly class: string
    readonly url: string | null
  }) => void failures.push(`${name} ${url}`)
  return { pass: { ...pass, store: { ...pass.store, recordFailure, ...store } }, failures }
}

it('hands over each page once, and writes down those that fail, whatever their neighbours do', async () => {
  const { pass, failures } = passWith()
  const handled: string[] = []
  await crawlPages(pass, pagesOf('/a', '/gone', '/odd', '/b', '/a'), async ({ answer }, { url }) => {
    if (url.endsWith('/odd')) throw new TypeError('no such letter')
    handled.push(`${answer.status} ${url}`)
  })
  expect(handled).toEqual([`200 ${origin}/a`, `200 ${origin}/b`])
  expect(failures).toEqual([`gone ${origin}/gone`, `store_error ${origin}/odd`])
  expect(pass.tally.requests).toBe(4)
})

it('has no more requests in flight than the site lets be', async () => {
  const { pass } = passWith()
  let inFlight = 0
  let most = 0
  const door: Pass['door'] = {
    ...pass.door,
    fetch: async (request) => {
      most = Math.max(most, ++inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      inFlight--
      return pass.door.fetch(request)
    },
  }
  const site = { ...pass.site, connections: 3 }
  const paths = Array.from({ length: 20 }, (_, index) => `/${index}`)
  await crawlPages({ ...pass, site, door }, pagesOf(...paths), async () => undefined)
  expect(most).toBe(3)
})

it('ends with what can not be written down', async () => {
  const broken = new Error('the disk is full')
  const { pass } = passWith({ recordFailure: () => Promise.reject(broken) })
  await expect(crawlPages(pass, pagesOf('/gone', '/a'), async () => undefined)).rejects.toThrow(broken)
})

it('stops once the store takes no more, and says so', async () => {
  const { pass, failures } = passWith()
  const handled: string[] = []
  const crawl = crawlPages(pass, pagesOf('/a', '/b', '/c'), async (_, { url }) => {
    handled.push(url)
    throw new StoreClosed('the site is crawled elsewhere')
  })
  await expect(crawl).rejects.toBeInstanceOf(StoreClosed)
  expect([handled, failures]).toEqual([[`${origin}/a`], []])
})

it('starts no process to measure the load that it does not go by', async () => {
  const started: unknown[] = []
  const note = (process: unknown) => void started.push(process)
  subscribe('child_process', note)
  onTestFinished(() => void unsubscribe('child_process', note))
  const { pass } = passWith()
  await crawlPages(pass, pagesOf('/a', '/b'), async () => undefined)
  expect(started).toEqual([])
})
