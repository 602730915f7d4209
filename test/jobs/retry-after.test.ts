import { expect, it } from 'vitest'
import { bridge, harbour, paperCrawl } from './paper-crawl.ts'

it('asks a host nothing before the time that it named, in a later process neither', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  paper.answers.set(bridge, { status: 429, headers: { 'retry-after': '3600' } })
  const first = await crawl()
  expect(first.site).toMatchObject({ articles: { new: 0 }, failures: { throttled: 2 } })
  expect(paper.asked).toEqual(['/robots.txt', '/feed/', bridge])
  expect(await rows("select retry_after_until > now() + interval '59 minutes' as waits from hosts")).toEqual([
    { waits: true },
  ])

  const second = await crawl()
  expect(second.site).toMatchObject({ outcome: 'failed', failures: { throttled: 1 } })
  expect(paper.asked).toHaveLength(3)

  await rows("update hosts set retry_after_until = now() - interval '1 second'")
  paper.answers.set(bridge, paper.answers.get(harbour) ?? {})
  const third = await crawl()
  expect(third.site).toMatchObject({ failures: {} })
})
