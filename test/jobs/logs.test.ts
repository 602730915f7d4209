import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/db/client.ts'
import { newDatabase } from '../databases/new-database.ts'
import { bridge, harbour, publishNews } from './paper-crawl.ts'
import { openSmallPaper, type SmallPaper } from './small-paper.ts'
import { environmentOf, jsonLines, runJob } from './start-job.ts'

const lineShape = z
  .object({ level: z.number(), time: z.number(), msg: z.string(), site: z.string(), run: z.number() })
  .loose()

async function openPaper(): Promise<SmallPaper> {
  const paper = await openSmallPaper()
  onTestFinished(() => paper.stop())
  publishNews(paper)
  return paper
}

it('each line of a pass names its site and its run, whatever it tells of', async () => {
  const [paper, refusing] = [await openPaper(), await openPaper()]
  paper.answers.set(harbour, { status: 500, body: 'broken' })
  const published = [1, 2, 3, 4, 5].map((post) => `/2026/03/refused-${post}/`)
  for (const [index, path] of published.entries())
    refusing.publish(path, { title: `Refused ${index}`, post: 20 + index, comments: [] })
  for (const path of [bridge, harbour, ...published]) refusing.answers.set(path, { status: 403, body: 'no' })

  const made = await newDatabase('server')
  onTestFinished(() => made.remove())
  const webhook = 'http://127.0.0.1:1/hooks/s3cret'
  const env = { ...environmentOf(made.settings), COMMENTARIAT_WEBHOOK: webhook, LOG_LEVEL: 'info' }
  const flags = [paper.feedUrl, refusing.feedUrl, '--allow-private-network', '--concurrency', '2', '--json']
  const { code, stderr } = await runJob('crawl', flags, { env })
  expect(code).toBe(1)
  expect(stderr).not.toContain('s3cret')

  const lines = z.array(lineShape).parse(jsonLines(stderr))
  const database = await openDatabase(made.settings)
  onTestFinished(() => database.close())
  const runs = await database.db.execute<{ id: number; site_id: string }>('select id::int, site_id from runs')
  expect(new Set(lines.map(({ site, run }) => `${site} ${run}`))).toEqual(
    new Set(runs.map(({ site_id: site, id }) => `${site} ${id}`)),
  )
  const told = (siteId: string) => lines.filter(({ site }) => site === siteId)
  expect(told(paper.siteId).map(({ msg }) => msg)).toEqual([
    'pass begins',
    'article',
    expect.stringContaining('500'),
    'pass ends',
  ])
  expect(told(paper.siteId).at(-1)).toMatchObject({ outcome: 'partial', alarms: [], articles: { new: 1 } })
  expect(told(refusing.siteId).slice(-3)).toMatchObject([
    { level: 40, msg: expect.stringMatching(/could not be told to the webhook at 127\.0\.0\.1:1 /) },
    { level: 40, alarm: 'refused', msg: expect.stringContaining('refuses') },
    { msg: 'pass ends', alarms: ['refused'] },
  ])
})
