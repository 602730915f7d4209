import postgres from 'postgres'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { readFloors } from '../floors.ts'
import { addComments, setIdsApart } from './generate.ts'
import { insertsPerSecond, readSeconds, views } from './measures.ts'

const SMALL = 100_000
/** Rows that one statement makes up. */
const STEP = 500_000

/** What becomes slower as the tables grow that never end: writing a page, and what analysts ask. */
export const growthBench: Bench = {
  description: 'insert rate and views at 100,000 comments and at many more',
  run,
}

interface Measured {
  readonly comments: number
  readonly insertsPerSecond: number
  /** Milliseconds by the name of what was asked. */
  readonly views: Readonly<Record<string, number>>
  readonly megabytes: number
}

async function run({ comments, note }: BenchOptions): Promise<BenchReport> {
  const large = comments ?? 2_000_000
  const server = await startPostgres(['shared_buffers=512MB', 'max_wal_size=4GB', 'autovacuum=off'])
  const scratch = await makeDatabase(server.url, 'commentariat_bench_growth')
  const { url } = scratch
  try {
    const database = await openDatabase({ databaseUrl: url, dataFolder: '' })
    await migrateDatabase(database)
    await database.close()
    await setIdsApart(url)
    const measured: Measured[] = []
    let held = 0
    for (const wanted of [SMALL, large]) {
      for (; held < wanted; held = Math.min(wanted, held + STEP)) {
        await addComments(url, held, Math.min(wanted, held + STEP))
        note(`${Math.min(wanted, held + STEP)} comments are made up`)
      }
      measured.push(await measure(url, held))
      note(`${held} comments: ${measured.at(-1)?.insertsPerSecond.toFixed(0)} inserts a second`)
    }
    return report(measured)
  } finally {
    await scratch.drop()
    await server.stop()
  }
}

async function measure(url: string, comments: number): Promise<Measured> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await client`vacuum analyze`
    const milliseconds: Record<string, number> = {}
    for (const [name, query] of Object.entries(views))
      milliseconds[name] = (await readSeconds(client, query)) * 1000
    const [size] = await client<{ megabytes: number }[]>`
      select (pg_database_size(current_database()) / 1e6)::float8 as megabytes`
    return {
      comments,
      insertsPerSecond: await insertsPerSecond(url),
      views: milliseconds,
      megabytes: size?.megabytes ?? 0,
    }
  } finally {
    await client.end()
  }
}

function report([small, large]: readonly Measured[]): BenchReport {
  if (small === undefined || large === undefined) throw new Error('two sizes are measured')
  const ratios = Object.keys(views).map((name) => (large.views[name] ?? 0) / (small.views[name] ?? 1))
  const row = (name: string, of: (measured: Measured) => number, digits = 1) => {
    const [before, after] = [of(small), of(large)]
    return [name, before.toFixed(digits), after.toFixed(digits), (after / before).toFixed(2)]
  }
  return {
    figures: {
      comments: large.comments,
      insertRateRatio: large.insertsPerSecond / small.insertsPerSecond,
      slowestViewRatio: Math.max(...ratios),
    },
    floors: readFloors('growth').figures,
    tables: [
      {
        head: ['', String(small.comments), String(large.comments), 'ratio'],
        rows: [
          row('comments stored per second', ({ insertsPerSecond }) => insertsPerSecond, 0),
          ...Object.keys(views).map((name) => row(`${name}, ms`, (measured) => measured.views[name] ?? 0)),
          row('size, MB', ({ megabytes }) => megabytes, 0),
        ],
      },
    ],
  }
}
