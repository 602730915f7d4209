import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { type Measured, measure, measuredJob } from '../crawl/contender.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { readFloors } from '../floors.ts'
import { fillComments, person } from './fill-comments.ts'

/** A million comments out of PostgreSQL in each format, and one writer's out of a million erased. */
export const exportBench: Bench = {
  description: 'speed and memory of exports, and the time that an erasure takes, at 1,000,000 comments',
  run,
}

const allFormats = ['csv', 'jsonl', 'parquet'] as const
const PER_PAGE = 100

/** `--sets` names formats. */
async function run({ pages, sets, note }: BenchOptions): Promise<BenchReport> {
  const count = (pages ?? 10_000) * PER_PAGE
  const formats = allFormats.filter((format) => sets?.includes(format) ?? true)
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  const named = process.env['DATABASE_URL']
  const server = named === undefined ? await startPostgres() : null
  const serverUrl = named ?? server?.url ?? ''
  try {
    const small = await measureDatabase({ count: Math.ceil(count / 10), serverUrl, folder, formats, note })
    const whole = await measureDatabase({ count, serverUrl, folder, formats, note })
    return reportOf(count, small, whole)
  } finally {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Arena {
  readonly count: number
  readonly serverUrl: string
  readonly folder: string
  readonly formats: readonly string[]
  readonly note: BenchOptions['note']
}

interface DatabaseRuns {
  readonly exports: ReadonlyMap<string, Measured>
  readonly erasure: Measured
}

async function measureDatabase({ count, serverUrl, folder, formats, note }: Arena): Promise<DatabaseRuns> {
  const database = await makeDatabase(serverUrl, 'commentariat_bench_export')
  try {
    const opened = await openDatabase({ databaseUrl: database.url, dataFolder: folder })
    await migrateDatabase(opened)
    await opened.close()
    await fillComments(database.url, count)
    const environment = {
      DATABASE_URL: database.url,
      COMMENTARIAT_PSEUDONYM_KEY: 'a key of more than thirty-two letters',
    }
    const job = (name: string, flags: readonly string[], countPages: (printed: unknown) => number) => ({
      program: process.execPath,
      arguments: [...measuredJob(name), ...flags, '--json'],
      environment,
      countPages,
    })
    const exports = new Map<string, Measured>()
    for (const format of formats) {
      const out = join(folder, `comments-${count}-${format}`)
      const flags = ['comments', '--format', format, '--out', out]
      const measured = await measure(
        job('export', flags, (printed) => exportedRows(printed, count)),
        folder,
      )
      exports.set(format, measured)
      note(`${count} comments as ${format}: ${told(measured)}`)
      await rm(out, { recursive: true, force: true })
    }
    const erasure = await measure(
      job('erase', ['--author', person], (printed) => erasedRows(printed, count)),
      folder,
    )
    note(`one writer of ${count} comments erased: ${told(erasure)}`)
    const { lines } = await database.digest(
      `select c::text as line from comments c where c::text ilike '%${person}%'
       union all select e::text from erasures e where e::text ilike '%${person}%'`,
    )
    if (lines > 0) throw new Error(`${lines} rows still name ${person}`)
    return { exports, erasure }
  } finally {
    await database.drop()
  }
}

const exportShape = z.object({ rows: z.number() })

function exportedRows(printed: unknown, count: number): number {
  const { rows } = exportShape.parse(printed)
  if (rows !== count) throw new Error(`${rows} of ${count} comments were exported`)
  return rows
}

const erasureShape = z.object({ comments: z.number(), mentions: z.number(), captures: z.number() })

function erasedRows(printed: unknown, count: number): number {
  const { comments, mentions } = erasureShape.parse(printed)
  if (comments !== count / 1000 || mentions !== count / 500)
    throw new Error(`${comments} comments and ${mentions} mentions were erased`)
  return comments
}

const told = ({ seconds, peakMegabytes }: Measured): string =>
  `${seconds.toFixed(1)} s, ${peakMegabytes.toFixed(0)} MB`

function reportOf(count: number, small: DatabaseRuns, whole: DatabaseRuns): BenchReport {
  const figures: Record<string, number | null> = {}
  const rows = allFormats.flatMap((format) => {
    const [first, second] = [small.exports.get(format), whole.exports.get(format)]
    if (first === undefined || second === undefined) {
      figures[`${format}.peakGrowth`] = null
      figures[`${format}.peakMegabytes`] = null
      return []
    }
    const growth = second.peakMegabytes / first.peakMegabytes
    figures[`${format}.rowsPerSecond`] = Math.round(count / second.seconds)
    figures[`${format}.peakMegabytes`] = Math.round(second.peakMegabytes)
    figures[`${format}.peakGrowth`] = Math.round(growth * 100) / 100
    return [
      [
        format,
        second.seconds.toFixed(0),
        String(Math.round(count / second.seconds)),
        second.peakMegabytes.toFixed(0),
        growth.toFixed(2),
      ],
    ]
  })
  figures['eraseSeconds'] = Math.round(whole.erasure.seconds * 10) / 10
  rows.push([
    'erase one writer',
    whole.erasure.seconds.toFixed(0),
    '',
    whole.erasure.peakMegabytes.toFixed(0),
    '',
  ])
  return {
    figures,
    floors: readFloors('export').figures,
    tables: [
      { head: [`${count} comments`, 'seconds', 'comments per second', 'peak MB', 'of a tenth'], rows },
    ],
  }
}
