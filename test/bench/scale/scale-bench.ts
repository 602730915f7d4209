import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { type Arena, AT_ONCE, openArena, untilEmpty } from './arena.ts'
import { type DatabaseLoad, wholeOf } from './database.ts'
import { killRound } from './kills.ts'
import { findViolations, type SimulatedSites } from './sites.ts'
import { startWorker, stopWorker } from './workers.ts'

const TEAMS = [1, 2, 4]

/** Workers over sites that are due, each with its own delay: how much faster the more workers. */
export const scaleBench: Bench = {
  description: 'one, two and four workers over many sites that are due, by the queue, politely',
  run,
}

/** One team's work: a site takes the same time whoever crawls it. */
export interface TeamRound {
  readonly workers: number
  readonly pagesPerSecond: number
  /** Share of the time, from its order to its last page, in which a site waited though it might have been asked. */
  readonly idleShare: number
  readonly violations: readonly string[]
  readonly lost: number
  readonly doubled: number
  readonly load: DatabaseLoad
  readonly pages: number
}

async function run({ sites, pages, kills, note }: BenchOptions): Promise<BenchReport> {
  const server = await startPostgres(['shared_preload_libraries=pg_stat_statements', 'max_connections=200'])
  try {
    const size = { sites: sites ?? 48, pages: pages ?? 6 }
    if (kills) {
      const arena = await openArena(server.url, size)
      try {
        return await killRound(arena, note)
      } finally {
        await arena.close()
      }
    }
    const rounds: TeamRound[] = []
    for (const workers of TEAMS) {
      const arena = await openArena(server.url, size)
      try {
        rounds.push(await teamRound(arena, workers))
        note(`${workers} workers: ${rounds.at(-1)?.pagesPerSecond.toFixed(2)} pages/s`)
        for (const line of rounds.at(-1)?.violations ?? []) note(line)
      } finally {
        await arena.close()
      }
    }
    return report(rounds)
  } finally {
    await server.stop()
  }
}

async function teamRound({ sites, database, environment }: Arena, size: number): Promise<TeamRound> {
  const workers = Array.from({ length: size }, () => startWorker(environment, AT_ONCE))
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    await database.enqueue(sites.warmUp)
    await untilEmpty(database)
    await database.startCounting()
    const began = Date.now()
    await database.enqueue(sites.sites)
    await untilEmpty(database)
    const load = await database.load()
    const { articles, comments } = wholeOf(sites)
    const held = await database.held()
    const ended = Math.max(...sites.visits.map(({ until }) => until))
    return {
      workers: size,
      pagesPerSecond: articles / ((ended - began) / 1000),
      idleShare: idleShare(sites, began),
      violations: findViolations(sites),
      lost: articles - held.articles + comments - held.comments,
      doubled: held.doubled,
      load,
      pages: articles,
    }
  } finally {
    await Promise.all(workers.map((worker) => stopWorker(worker, 'SIGTERM')))
  }
}

/** Sites on one host count as one. */
function idleShare({ sites, visits }: SimulatedSites, began: number): number {
  const hosts = new Map(sites.map(({ host, delayMs }) => [host, delayMs]))
  const shares = [...hosts].map(([host, delayMs]) => {
    const own = visits.filter((visit) => visit.host === host)
    const ended = Math.max(...own.map(({ until }) => until))
    const busy = own.reduce((sum, { at, until }) => sum + (until - at) + delayMs, -delayMs)
    return Math.max(0, 1 - busy / (ended - began))
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function report(rounds: readonly TeamRound[]): BenchReport {
  const one = rounds[0]?.pagesPerSecond ?? 0
  const efficiency = ({ workers, pagesPerSecond }: TeamRound) => pagesPerSecond / (workers * one)
  const four = rounds.at(-1)
  const sum = (of: (round: TeamRound) => number) => rounds.reduce((total, round) => total + of(round), 0)
  const rows = rounds.map((round) => {
    const { workers, pagesPerSecond, idleShare, load, pages, violations } = round
    return [
      String(workers),
      pagesPerSecond.toFixed(2),
      efficiency(round).toFixed(2),
      idleShare.toFixed(2),
      (load.statements / pages).toFixed(1),
      (load.walBytes / pages / 1024).toFixed(1),
      ((load.seconds / pages) * 1000).toFixed(1),
      String(load.connections),
      String(violations.length),
    ]
  })
  const head = ['workers', 'pages/s', 'efficiency', 'idle though due', 'statements/page', 'WAL KB/page']
  return {
    figures: {
      efficiencyOfFour: four === undefined ? null : efficiency(four),
      violations: sum(({ violations }) => violations.length),
      lost: sum(({ lost }) => lost),
      doubled: sum(({ doubled }) => doubled),
      statementsPerPage: four === undefined ? null : four.load.statements / four.pages,
      connectionsPerWorker: four === undefined ? null : four.load.connections / four.workers,
    },
    floors: readFloors('scale').figures,
    tables: [{ head: [...head, 'database ms/page', 'connections', 'violations'], rows }],
  }
}
