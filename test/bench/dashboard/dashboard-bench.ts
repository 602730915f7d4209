import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dashboardApp } from '../../../src/dashboard/app.ts'
import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase, requireSchema } from '../../../src/db/migrate.ts'
import { readOnly } from '../../../src/db/read-only.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { articlesFor, fillDatabase } from './fill-database.ts'

/** How long the dashboard takes for each of its pages over a large collection, on both databases. */
export const dashboardBench: Bench = {
  description: 'time on the server and weight of each page of the dashboard over a large collection',
  run,
}

const SITES = 50

interface MeasuredPage {
  readonly path: string
  /** Milliseconds; of all rounds but the first. */
  readonly median: number
  readonly slowest: number
  /** Milliseconds of the first round, with nothing in memory. */
  readonly first: number
  readonly octets: number
}

async function run({ comments, rounds, note }: BenchOptions): Promise<BenchReport> {
  const count = comments ?? 100_000
  const server = await measureServer(count, rounds ?? 20, note)
  const embedded = await measureEmbedded(count, rounds ?? 20, note)
  const worst = (pages: readonly MeasuredPage[]) => Math.max(...pages.map(({ median }) => median))
  return {
    figures: {
      slowestPageMilliseconds: worst(server),
      slowestPageMillisecondsEmbedded: worst(embedded),
      firstPageKilobytes: (server[0]?.octets ?? Number.NaN) / 1000,
    },
    floors: readFloors('dashboard').figures,
    tables: [tableOf('PostgreSQL', count, server), tableOf('embedded', count, embedded)],
  }
}

type Note = BenchOptions['note']

async function measureServer(count: number, rounds: number, note: Note): Promise<MeasuredPage[]> {
  const named = process.env['DATABASE_URL']
  const server = named === undefined ? await startPostgres() : null
  const scratch = await makeDatabase(named ?? server?.url ?? '', 'commentariat_bench_dashboard')
  try {
    return await measure({ databaseUrl: scratch.url, dataFolder: '' }, count, rounds, note)
  } finally {
    await scratch.drop()
    await server?.stop()
  }
}

async function measureEmbedded(count: number, rounds: number, note: Note): Promise<MeasuredPage[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  try {
    return await measure({ databaseUrl: null, dataFolder }, count, rounds, note)
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function measure(
  settings: DatabaseSettings,
  count: number,
  rounds: number,
  note: Note,
): Promise<MeasuredPage[]> {
  const database = await openDatabase(settings)
  try {
    await migrateDatabase(database)
    note(`${database.kind}: ${count} comments are made up`)
    await fillDatabase(database, { comments: count, sites: SITES, now: new Date() })
    const pages = []
    for (const path of pathsOver(count)) pages.push(await measurePage(appOn(database), path, rounds))
    return pages
  } finally {
    await database.close()
  }
}

function pathsOver(count: number): string[] {
  const last = articlesFor(count)
  return [
    '/',
    '/sites/site-3',
    '/runs',
    '/runs?site=site-3&outcome=failed',
    '/coverage',
    '/coverage?site=site-3',
    '/queue',
    '/failures',
    '/failures?site=site-3',
    '/articles',
    '/articles?site=site-3',
    '/articles?words=matter',
    `/articles/${Math.ceil(last / 2)}`,
    // The longest thread, at its start and at its end.
    `/articles/${last}`,
    `/articles/${last}?after=${count - 500}`,
    '/comments',
    '/comments?author=writer+77',
    '/comments?words=mayor',
    '/comments?site=site-3&change=edited',
  ]
}

type App = ReturnType<typeof dashboardApp>

const appOn = (database: OpenDatabase): App =>
  dashboardApp({
    database: {
      read: async (work) => {
        await requireSchema(database)
        return readOnly(database, work)
      },
    },
    password: null,
    now: () => new Date(),
    onFault: (error) => {
      throw error
    },
  })

async function measurePage(app: App, path: string, rounds: number): Promise<MeasuredPage> {
  const times: number[] = []
  let octets = 0
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now()
    const response = await app.request(`http://localhost${path}`)
    octets = (await response.arrayBuffer()).byteLength
    times.push(performance.now() - started)
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
  }
  const [first = 0, ...others] = times
  const sorted = others.toSorted((a, b) => a - b)
  return {
    path,
    octets,
    first,
    median: sorted[Math.floor(sorted.length / 2)] ?? first,
    slowest: sorted.at(-1) ?? first,
  }
}

const tableOf = (database: string, count: number, pages: readonly MeasuredPage[]) => ({
  head: [`${database}, ${count} comments`, 'median ms', 'slowest ms', 'first ms', 'kB'],
  rows: pages.map(({ path, median, slowest, first, octets }) => [
    path,
    median.toFixed(1),
    slowest.toFixed(1),
    first.toFixed(1),
    (octets / 1000).toFixed(1),
  ]),
})
