import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { bridge, type PaperCrawl, paperCrawl } from './paper-crawl.ts'
import type { SmallPaper } from './small-paper.ts'
import { runJob, startJob, type StartedJob } from './start-job.ts'

/** Processes are started one after the other, on machines that have other things to do. */
export const PATIENCE = { timeout: 90_000, interval: 250 }
export const LONG = 300_000

export interface Workshop extends PaperCrawl {
  readonly env: Readonly<Record<string, string>>
  readonly startWorker: (env?: Readonly<Record<string, string>>) => StartedJob
  readonly queue: (...flags: string[]) => ReturnType<typeof runJob>
  /** A worker that has the paper in hand: one of its articles is not answered before `release`. */
  readonly busyWorker: () => Promise<{ readonly worker: StartedJob; readonly release: () => void }>
  /** Waits for what a statement gives. */
  readonly until: (statement: string, rows: unknown[]) => Promise<void>
}

/** Papers that are declared as sites, and the workers that crawl them. */
export async function workshop(papers: Record<string, SmallPaper> = {}): Promise<Workshop> {
  const world = await paperCrawl()
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [id, { feedUrl }] of Object.entries({ paper: world.paper, ...papers })) {
    const source = { kind: 'feed', url: feedUrl }
    const site = {
      id,
      name: id,
      url: new URL('/', feedUrl).href,
      sources: [source],
      schedule: '0 0 1 1 *',
      delaySeconds: 0,
    }
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(site))
  }
  const env = { ...world.env, COMMENTARIAT_SITES: folder, COMMENTARIAT_CONTACT: 'test@example.org' }
  const startWorker: Workshop['startWorker'] = (more = {}) =>
    startJob('worker', ['--allow-private-network'], { env: { ...env, ...more } })
  const queue: Workshop['queue'] = (...flags) => runJob('crawl', ['--queue', ...flags], { env })
  return {
    ...world,
    env,
    startWorker,
    queue,
    busyWorker: async () => {
      await queue('paper')
      const release = holdBack(world.paper, bridge)
      const worker = startWorker()
      await expect.poll(() => world.paper.asked.filter((path) => path === bridge).length, PATIENCE).toBe(1)
      return { worker, release }
    },
    until: async (statement, rows) => expect.poll(() => world.rows(statement), PATIENCE).toEqual(rows),
  }
}

export const openJobs =
  "select singleton_key as site, state::text, retry_count from queue.job where state < 'completed'"

export const heldComments = `select count(*)::int as comments, count(distinct native_id)::int as distinct_comments,
  (select count(*)::int from articles) as articles from comments`
export const everything = [{ comments: 3, distinct_comments: 3, articles: 2 }]

/** What is as if nothing had been heard of a worker for a minute, and the wait after it were over. */
export const silence = [
  "update queue.job set heartbeat_on = now() - interval '1 minute' where state = 'active'",
  "update site_leases set renewed_at = now() - interval '1 minute' where holder is not null",
]
export const hurry =
  "update queue.job set start_after = now() where name = 'crawl' and state in ('retry', 'created')"

/** Holds back what a paper answers under a path. @returns what lets it go. */
function holdBack(paper: SmallPaper, path: string): () => void {
  const answer = paper.answers.get(path)
  if (answer === undefined || typeof answer === 'function') throw new Error(`${path} has no plain answer`)
  let release: () => void = () => undefined
  const wait = new Promise<void>((resolve) => {
    release = resolve
  })
  let asked = 0
  paper.answers.set(path, () => ((asked += 1) === 1 ? { ...answer, wait } : answer))
  return release
}
