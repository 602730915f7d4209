import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/db/client.ts'
import { openPostgresProxy } from '../chaos/postgres-proxy.ts'
import { newDatabase } from '../databases/new-database.ts'
import { bridge, harbour, publishNews } from './paper-crawl.ts'
import { openSmallPaper, type SmallPaper } from './small-paper.ts'
import { environmentOf, jsonLines, runJob, startJob } from './start-job.ts'

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

it('is all that is said there, also of a database that is waited for and of Ctrl-C', async () => {
  const paper = await openPaper()
  const made = await newDatabase('server')
  onTestFinished(() => made.remove())
  const proxy = await openPostgresProxy(made.settings.databaseUrl!)
  onTestFinished(() => proxy.close())
  const asked = new Promise<void>((resolve) => {
    const page = paper.answers.get(harbour)
    paper.answers.set(harbour, () => {
      resolve()
      const wait = proxy.refuse(true)
      return typeof page === 'object' ? { ...page, wait } : { status: 404, wait }
    })
  })
  const env = { DATABASE_URL: proxy.url, LOG_LEVEL: 'info' }
  const job = startJob('crawl', [paper.feedUrl, '--allow-private-network'], { env })
  await asked
  await new Promise<void>((resolve) => {
    job.process.stderr!.on('data', (said: Buffer) => {
      if (said.includes('waiting for the database')) resolve()
    })
  })
  job.process.kill('SIGINT')
  const { code, stderr } = await job.result
  expect(code).toBe(130)
  const lines = z.array(z.object({ level: z.number(), msg: z.string() }).loose()).parse(jsonLines(stderr))
  const told = (part: string) => lines.filter(({ msg }) => msg.includes(part))
  expect(told('waiting for the database')[0]).toMatchObject({ level: 40, site: paper.siteId })
  expect(told('stopping after the page in hand')).toMatchObject([{ level: 40 }])
})

it.each(['info', 'silent'])(
  'of level %s: what ends a job is in it, or said in plain words where there is none',
  async (level) => {
    const made = await newDatabase('server', 'empty')
    onTestFinished(() => made.remove())
    const contact = { COMMENTARIAT_CONTACT: 'https://news.example/bot' }
    const env = { ...environmentOf(made.settings), ...contact, LOG_LEVEL: level }
    const { code, stderr } = await runJob('schedule', ['--once'], { env })
    expect(code).toBe(3)
    const reason = expect.stringContaining('run: npm run db:migrate')
    if (level === 'info') expect(jsonLines(stderr)).toMatchObject([{ level: 60, msg: reason }])
    else expect(stderr).toMatch(/^commentariat: .*run: npm run db:migrate\n$/)
  },
)
