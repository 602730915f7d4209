import { expect, it } from 'vitest'
import { dryStore } from '../../../jobs/wiring/dry-store.ts'
import { PageList } from '../../../src/crawlers/page-list.ts'
import { urlHash } from '../../../src/normalise/url.ts'
import type { CaptureHead } from '../../../src/store.ts'

const pages = Array.from({ length: 250 }, (_, index) => ({
  kind: 'article' as const,
  url: `https://gazette.example/${index}`,
}))

const head = (hash: string): CaptureHead => ({
  id: 1,
  fetchedAt: new Date(0),
  headers: { etag: hash },
  status: 200,
  bodyHash: '',
})

it('gives each page once, in order, and asks what is held of a hundred at a time', async () => {
  const asked: number[] = []
  const list = new PageList([...pages, ...pages], {
    ...dryStore(() => undefined),
    captureHeads: async (hashes) => {
      asked.push(hashes.length)
      return new Map(hashes.map((hash) => [hash, head(hash)]))
    },
  })
  const given: string[] = []
  for await (const request of list) {
    expect(list.pageOf(request)).toBe(pages[given.length])
    given.push(request.url)
    expect((await list.headOf(request))?.headers['etag']).toBe(urlHash(request.url))
    expect(await list.isFinished()).toBe(false)
    await list.markRequestHandled(request)
  }
  expect(given).toEqual(pages.map(({ url }) => url))
  expect(asked).toEqual([100, 100, 50])
  expect([await list.isEmpty(), await list.isFinished()]).toEqual([true, true])
})

it('is not finished while a page is in hand', async () => {
  const list = new PageList(
    pages.slice(0, 1),
    dryStore(() => undefined),
  )
  const request = await list.fetchNextRequest()
  expect([await list.fetchNextRequest(), await list.isEmpty(), await list.isFinished()]).toEqual([
    null,
    true,
    false,
  ])
  expect(await list.headOf(request!)).toBeNull()
  await list.reclaimRequest(request!)
  expect(await list.isFinished()).toBe(true)
})
