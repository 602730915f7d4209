import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import type { Measured } from './contender.ts'
import {
  type Arena,
  findScrapy,
  type OurRuns,
  runFloor,
  runOurs,
  runScrapy,
  type Stored,
} from './contenders.ts'
import { reportRounds } from './report.ts'
import { startSite } from './site.ts'

/** What was measured in one round, one contender right after the other. */
export interface Round {
  readonly floor: Measured
  readonly ours: OurRuns
  /** Our crawl of a site of a quarter of the pages. */
  readonly quarter: Measured
  readonly scrapy: Measured | null
}

/** Our whole crawl beside the bare floor and beside Scrapy, on one site, into one server. */
export const crawlBench: Bench = {
  description: 'speed, memory and thrift of a whole crawl beside the bare floor and Scrapy',
  run,
}

async function run({ rounds, pages, note }: BenchOptions): Promise<BenchReport> {
  const count = pages ?? 2000
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  const named = process.env['DATABASE_URL']
  const server = named === undefined ? await startPostgres() : null
  const serverUrl = named ?? server?.url ?? ''
  const sites = [await startSite(count, note), await startSite(Math.ceil(count / 4), note)] as const
  const whole = { site: sites[0], pages: count, serverUrl, folder }
  const quarter = { site: sites[1], pages: Math.ceil(count / 4), serverUrl, folder }
  try {
    const python = await findScrapy()
    if (python === null) note('Scrapy with psycopg2 is not installed: it is left out')
    const measured: Round[] = []
    for (let round = 0; round < (rounds ?? 3); round += 1) {
      measured.push(await runRound({ whole, quarter, python, round, note }))
    }
    return { ...reportRounds(measured, count), floors: readFloors('crawl').figures }
  } finally {
    await Promise.all([...sites.map((site) => site.stop()), server?.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}

interface RoundOptions {
  readonly whole: Arena
  readonly quarter: Arena
  readonly python: string | null
  readonly round: number
  readonly note: (line: string) => void
}

async function runRound({ whole, quarter, python, round, note }: RoundOptions): Promise<Round> {
  const floor = await runFloor(whole)
  note(`round ${round + 1}: floor ${told(floor)}`)
  const ours = await runOurs(whole, { again: true })
  note(`round ${round + 1}: ours ${told(ours.first)}`)
  if (ours.again !== null) note(`round ${round + 1}: ours again ${told(ours.again)}`)
  const scrapy = python === null ? null : await runScrapy(whole, python)
  if (scrapy !== null) {
    note(`round ${round + 1}: Scrapy ${told(scrapy.measured)}`)
    assertSameWork(ours.stored, scrapy.stored)
  }
  const small = await runOurs(quarter, { again: false })
  note(`round ${round + 1}: ours, a quarter of the pages ${told(small.first)}`)
  return { floor, ours, quarter: small.first, scrapy: scrapy?.measured ?? null }
}

/** @throws Error when the two did not take the same words from the same pages. */
function assertSameWork(ours: Stored, scrapys: Stored): void {
  for (const what of ['articles', 'comments'] as const) {
    const [one, other] = [ours[what], scrapys[what]]
    if (one.lines === other.lines && one.checksum === other.checksum) continue
    throw new Error(
      `we and Scrapy did not store the same ${what}: ${one.lines} (${one.checksum}) and ${other.lines} (${other.checksum})`,
    )
  }
}

function told({ pages, seconds, cpuSeconds, peakMegabytes }: Measured): string {
  return `${(pages / seconds).toFixed(1)} pages/s, ${((cpuSeconds / pages) * 1000).toFixed(2)} ms CPU a page, ${peakMegabytes.toFixed(0)} MB`
}
