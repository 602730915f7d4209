import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { type Arena, openArena } from './arena.ts'
import { killRound } from './kills.ts'
import { type TeamRound, teamRound } from './team-round.ts'

/** Workers over sites that are due, each with its own delay: how much faster the more workers. */
export const scaleBench: Bench = {
  description: 'one worker and more over many sites that are due, by the queue, politely',
  run,
}

const TEAMS = [1, 2, 4]
/** With fewer sites eight workers, which have 32 places, would be done before they are all in use. */
const SITES_FOR_EIGHT = 100

async function run({ sites, pages, kills, note }: BenchOptions): Promise<BenchReport> {
  const server = await startPostgres(['shared_preload_libraries=pg_stat_statements', 'max_connections=300'])
  const within = async <Result>(
    size: { sites: number; pages: number },
    work: (arena: Arena) => Promise<Result>,
  ) => {
    const arena = await openArena(server.url, size)
    try {
      return await work(arena)
    } finally {
      await arena.close()
    }
  }
  try {
    if (kills)
      return await within({ sites: sites ?? 16, pages: pages ?? 8 }, (arena) => killRound(arena, note))
    const size = { sites: sites ?? 48, pages: pages ?? 6 }
    const rounds: TeamRound[] = []
    for (const workers of size.sites < SITES_FOR_EIGHT ? TEAMS : [...TEAMS, 8]) {
      const round = await within(size, (arena) => teamRound(arena, workers))
      rounds.push(round)
      note(`${workers} workers: ${round.pagesPerSecond.toFixed(2)} pages/s`)
      for (const line of round.violations) note(line)
    }
    return report(rounds)
  } finally {
    await server.stop()
  }
}

function report(rounds: readonly TeamRound[]): BenchReport {
  const [one] = rounds
  if (one === undefined) throw new TypeError('no team was measured')
  const against = (pace: (round: TeamRound) => number) => (round: TeamRound) =>
    pace(round) / (round.workers * pace(one))
  const efficiency = against(({ pagesPerSecondWhileOrdersWait }) => pagesPerSecondWhileOrdersWait)
  const toTheEnd = against(({ pagesPerSecond }) => pagesPerSecond)
  const toTheEndAtMost = against(({ pagesPerSecondAtMost }) => pagesPerSecondAtMost)
  const ofPossible = ({ pagesPerSecond, pagesPerSecondAtMost }: TeamRound) =>
    pagesPerSecond / pagesPerSecondAtMost
  const four = rounds.find(({ workers }) => workers === 4)
  const eight = rounds.find(({ workers }) => workers === 8)
  const ofTeam = (team: TeamRound | undefined, of: (round: TeamRound) => number) =>
    team === undefined ? null : of(team)
  const sum = (of: (round: TeamRound) => number) => rounds.reduce((total, round) => total + of(round), 0)
  return {
    figures: {
      efficiencyOfFour: ofTeam(four, efficiency),
      efficiencyOfEight: ofTeam(eight, efficiency),
      efficiencyOfFourToTheEnd: ofTeam(four, toTheEnd),
      efficiencyOfFourToTheEndAtMost: ofTeam(four, toTheEndAtMost),
      ofPossiblePaceOfFour: ofTeam(four, ofPossible),
      idlePlacesOfFour: ofTeam(four, ({ idlePlaces }) => idlePlaces),
      violations: sum(({ violations }) => violations.length),
      lost: sum(({ lost }) => lost),
      doubled: sum(({ doubled }) => doubled),
      statementsPerPage: ofTeam(four, ({ load, pages }) => load.statements / pages),
      connectionsPerWorker: ofTeam(four, ({ load, workers }) => load.connections / workers),
    },
    floors: readFloors('scale').figures,
    tables: [
      {
        head: [
          'workers',
          'pages/s while orders wait',
          'efficiency',
          'pages/s to the end',
          'efficiency to the end',
          'an ideal team',
          'places idle',
          'idle though due',
          'cores busy',
        ],
        rows: rounds.map((round) => [
          String(round.workers),
          round.pagesPerSecondWhileOrdersWait.toFixed(2),
          efficiency(round).toFixed(2),
          round.pagesPerSecond.toFixed(2),
          toTheEnd(round).toFixed(2),
          toTheEndAtMost(round).toFixed(2),
          round.idlePlaces.toFixed(2),
          round.idleShare.toFixed(2),
          round.coresBusy.toFixed(2),
        ]),
      },
      {
        head: ['workers', 'statements/page', 'WAL KB/page', 'database ms/page', 'connections', 'violations'],
        rows: rounds.map(({ workers, load, pages, violations }) => [
          String(workers),
          (load.statements / pages).toFixed(1),
          (load.walBytes / pages / 1024).toFixed(1),
          ((load.seconds / pages) * 1000).toFixed(1),
          String(load.connections),
          String(violations.length),
        ]),
      },
    ],
  }
}
