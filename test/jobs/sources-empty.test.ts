import { expect, it } from 'vitest'
import { z } from 'zod'
import { paperCrawl } from './paper-crawl.ts'

it('says that feeds answer and name nothing any more, and when that is over', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  const feed = new URL(paper.feedUrl).pathname
  const announced = paper.answers.get(feed) ?? {}
  const kinds = async () =>
    z
      .object({ alarms: z.array(z.object({ kind: z.string() })) })
      .parse((await crawl()).site)
      .alarms.map(({ kind }) => kind)
  expect(await kinds()).toEqual([])
  await rows(`insert into site_checks (site_id, run_id, at, pages, fill_rates, alarms, figures)
    select site_id, run_id, at - hours * interval '1 hour', pages, fill_rates, alarms, figures
    from site_checks, generate_series(1, 5) as hours`)

  paper.answers.set(feed, {
    headers: { 'content-type': 'application/rss+xml' },
    body: '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>',
  })
  expect(await kinds()).toEqual([])
  expect(await kinds()).toEqual(['sources_empty'])
  expect(await kinds()).toEqual(['sources_empty'])
  const health = () => rows('select state, reason from site_health')
  expect(await health()).toEqual([{ state: 'degraded', reason: 'sources_empty: see site_checks.alarms' }])
  paper.answers.set(feed, announced)
  expect(await kinds()).toEqual([])
  expect(await health()).toMatchObject([{ state: 'healthy' }])
})
