import postgres from 'postgres'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { makeDatabase, type ScratchDatabase } from '../crawl/scratch-database.ts'
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

async function run({ comments, note, rounds }: BenchOptions): Promise<BenchReport> {
  const server = await startPostgres(['shared_buffers=512MB', 'max_wal_size=4GB', 'autovacuum=off'])
  try {
    const small = await makeComments(server.url, 'commentariat_bench_small', SMALL, note)
    const large = await makeComments(server.url, 'commentariat_bench_large', comments ?? 2_000_000, note)
    const measured: [Measured, Measured][] = []
    for (let round = 0; round < (rounds ?? 3); round += 1)
      measured.push([await measure(small), await measure(large)])
    await small.scratch.drop()
    await large.scratch.drop()
    return report(best(measured.map(([one]) => one)), best(measured.map(([, other]) => other)))
  } finally {
    await server.stop()
  }
}

interface Collection {
  readonly scratch: ScratchDatabase
  readonly comments: number
}

async function makeComments(
  serverUrl: string,
  name: string,
  comments: number,
  note: (line: string) => void,
): Promise<Collection> {
  const scratch = await makeDatabase(serverUrl, name)
  const database = await openDatabase({ databaseUrl: scratch.url, dataFolder: '' })
  await migrateDatabase(database)
  await database.close()
  await setIdsApart(scratch.url)
  for (let held = 0; held < comments; held += STEP) {
    await addComments(scratch.url, held, Math.min(comments, held + STEP))
    note(`${Math.min(comments, held + STEP)} comments are made up`)
  }
  return { scratch, comments }
}

/** What else the machine does makes all of it slower, never faster. */
function best(rounds: readonly Measured[]): Measured {
  const [first] = rounds
  if (first === undefined) throw new Error('there must be a round')
  return {
    comments: first.comments,
    insertsPerSecond: Math.max(...rounds.map(({ insertsPerSecond }) => insertsPerSecond)),
    views: Object.fromEntries(
      Object.keys(views).map((name) => [name, Math.min(...rounds.map((round) => round.views[name] ?? 0))]),
    ),
    megabytes: first.megabytes,
  }
}

async function measure({ scratch: { url }, comments }: Collection): Promise<Measured> {
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

function report(small: Measured, large: Measured): BenchReport {
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
