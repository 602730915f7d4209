import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import type { SiteDeclaration } from '../../../src/sites/site.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { fileBeside, type Measured, measure, measuredJob } from '../crawl/contender.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { readFloors } from '../floors.ts'

/** One thread of 1,000 pages: whether it is read to its end, how fast, and in how much memory. */
export const threadBench: Bench = {
  description: 'speed and memory of reading one very long thread into PostgreSQL',
  run,
}

const PER_PAGE = 100

async function run({ rounds, pages, note }: BenchOptions): Promise<BenchReport> {
  const count = (pages ?? 1000) * PER_PAGE
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  const named = process.env['DATABASE_URL']
  const server = named === undefined ? await startPostgres() : null
  const serverUrl = named ?? server?.url ?? ''
  try {
    const runs: ThreadRuns[] = []
    for (let round = 0; round < (rounds ?? 1); round += 1) {
      const small = await readThread({ count: Math.ceil(count / 10), serverUrl, folder })
      const whole = await readThread({ count, serverUrl, folder })
      note(`a tenth: ${told(small.first)}`)
      note(`${count} comments: ${told(whole.first)}; again: ${told(whole.again)}`)
      runs.push({ small: small.first, first: whole.first, again: whole.again })
    }
    return reportOf(runs, count)
  } finally {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface ThreadRuns {
  readonly small: Measured
  readonly first: Measured
  readonly again: Measured
}

interface Arena {
  readonly count: number
  readonly serverUrl: string
  readonly folder: string
}

/** The crawl as a person runs it, into a fresh database, and once more. */
async function readThread({ count, serverUrl, folder }: Arena) {
  const server = fork(fileBeside('../thread/thread-server.ts'), [String(count)], {
    execArgv: ['--import', 'tsx'],
  })
  const [message] = await once(server, 'message')
  const { origin } = z.object({ origin: z.string() }).parse(message)
  const database = await makeDatabase(serverUrl, 'commentariat_bench_thread')
  try {
    const environment = await prepare(origin, database.url, folder)
    const command = (flags: readonly string[]) => ({
      program: process.execPath,
      arguments: [
        ...measuredJob('crawl'),
        'harbour-post',
        '--allow-private-network',
        '--json',
        '--article',
        `${origin}/2026/01/harbour/`,
        ...flags,
      ],
      environment,
      countPages: (printed: unknown) => wholeThread(printed, count),
    })
    const first = await measure(command([]), folder)
    const again = await measure(command(['--refresh']), folder)
    const { lines } = await database.digest(placed)
    if (lines !== count) throw new Error(`${lines} of ${count} comments are held in their place`)
    return { first, again }
  } finally {
    await database.drop()
    const ended = once(server, 'exit')
    server.disconnect()
    await ended
  }
}

/** Every comment stands below the one that it answers, each at a place of its own. */
const placed = `select distinct c.position::text as line from comments c left join comments p on p.id = c.parent_id
  where c.parent_native_id is null and c.depth = 0
    or p.native_id = c.parent_native_id and c.depth = p.depth + 1 and c.position > p.position`

async function prepare(origin: string, databaseUrl: string, folder: string): Promise<Record<string, string>> {
  const own = await mkdtemp(join(folder, 'thread-'))
  const site: SiteDeclaration = {
    id: 'harbour-post',
    name: 'The Harbour Post',
    url: `${origin}/`,
    delaySeconds: 0,
  }
  await writeFile(join(own, 'harbour-post.json'), JSON.stringify(site))
  const database = await openDatabase({ databaseUrl, dataFolder: own })
  await migrateDatabase(database)
  await database.close()
  return { DATABASE_URL: databaseUrl, COMMENTARIAT_DATA: own, COMMENTARIAT_SITES: own, LOG_LEVEL: 'warn' }
}

const summaryShape = z.object({
  sites: z.tuple([
    z.object({
      comments: z.object({ new: z.number(), unchanged: z.number() }),
      threads: z.object({ complete: z.number() }),
    }),
  ]),
})

/** @throws Error when the thread was not read to its end. */
function wholeThread(printed: unknown, count: number): number {
  const [{ comments, threads }] = summaryShape.parse(printed).sites
  const read = comments.new + comments.unchanged
  if (read !== count || threads.complete !== 1) throw new Error(`${read} of ${count} comments were read`)
  return read
}

const perSecond = ({ pages, seconds }: Measured): number => Math.round(pages / seconds)

function told(measured: Measured): string {
  return `${perSecond(measured)} comments/s, ${measured.cpuSeconds.toFixed(1)} s CPU, ${measured.peakMegabytes.toFixed(0)} MB`
}

function reportOf(runs: readonly ThreadRuns[], count: number): BenchReport {
  const best = (value: (run: ThreadRuns) => number) => Math.max(...runs.map(value))
  const least = (value: (run: ThreadRuns) => number) => Math.min(...runs.map(value))
  const figures = {
    storedPerSecond: best(({ first }) => perSecond(first)),
    storedPerCpuSecond: Math.round(best(({ first }) => first.pages / first.cpuSeconds)),
    comparedPerSecond: best(({ again }) => perSecond(again)),
    peakMegabytes: Math.round(
      least(({ first, again }) => Math.max(first.peakMegabytes, again.peakMegabytes)),
    ),
    peakGrowth: Number(least(({ first, small }) => first.peakMegabytes / small.peakMegabytes).toFixed(2)),
  }
  const rows = [
    ['comments stored per second', String(figures.storedPerSecond)],
    ['comments stored per second of CPU time', String(figures.storedPerCpuSecond)],
    ['comments compared per second, in a second crawl', String(figures.comparedPerSecond)],
    ['peak memory of the crawl, MB', String(figures.peakMegabytes)],
    ['peak memory, against a thread of a tenth', String(figures.peakGrowth)],
  ]
  return {
    figures,
    floors: readFloors('thread').figures,
    tables: [{ head: [`a thread of ${count}`, 'value'], rows }],
  }
}
