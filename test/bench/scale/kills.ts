import type { BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { wholeOf } from './database.ts'
import { type Arena, AT_ONCE, untilEmpty } from './arena.ts'
import { countViolations, type SimulatedSites } from './sites.ts'
import { startWorker, stopWorker, type WorkerProcess } from './workers.ts'

const WORKERS = 4
const KILL_EVERY_MS = 2000
const KILLS = 60

/** One worker that was killed while it had a site. */
interface Death {
  readonly site: string
  readonly at: number
}

/** Kills a worker every two seconds for two minutes, each replaced at once; then lets the rest be done. */
export async function killRound(arena: Arena, note: (line: string) => void): Promise<BenchReport> {
  const { sites, database, environment } = arena
  const workers = Array.from({ length: WORKERS }, () => startWorker(environment, AT_ONCE))
  const deaths: Death[] = []
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    await database.enqueue(sites.sites)
    for (let kill = 0; kill < KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS))
      deaths.push(...(await killOne(arena, workers, kill % WORKERS)))
    }
    note(`${KILLS} workers were killed, with ${deaths.length} sites in hand`)
    await untilEmpty(database)
  } finally {
    await Promise.all(workers.map((worker) => stopWorker(worker, 'SIGTERM')))
  }
  const { articles, comments } = wholeOf(sites)
  const held = await database.held()
  const figures = {
    lost: articles - held.articles + comments - held.comments,
    doubled: held.doubled,
    setAside: held.setAside,
    violations: countViolations(sites),
    slowestTakeOverSeconds: takeOvers(sites, deaths).at(-1) ?? null,
  }
  const median = takeOvers(sites, deaths)[Math.floor(takeOvers(sites, deaths).length / 2)] ?? null
  const rows = Object.entries({ ...figures, medianTakeOverSeconds: median }).map(([name, value]) => [
    name,
    value === null ? 'none' : String(Math.round(value * 10) / 10),
  ])
  return {
    figures,
    floors: readFloors('scale-kills').figures,
    tables: [{ head: [`${KILLS} workers killed`, 'value'], rows }],
  }
}

async function killOne(
  { database, environment }: Arena,
  workers: WorkerProcess[],
  index: number,
): Promise<Death[]> {
  const worker = workers[index]
  if (worker === undefined) return []
  const sites = await database.sitesOf(worker.process.pid ?? 0)
  await stopWorker(worker, 'SIGKILL')
  workers[index] = startWorker(environment, AT_ONCE)
  return sites.map((site) => ({ site, at: Date.now() }))
}

/** Seconds from the death of a site's worker to the next request to its host, shortest first; of those that had work left. */
function takeOvers({ sites, visits }: SimulatedSites, deaths: readonly Death[]): number[] {
  const hosts = new Map(sites.map(({ id, host }) => [id, host]))
  return deaths
    .flatMap(({ site, at }) => {
      const next = visits.filter((visit) => visit.host === hosts.get(site) && visit.at > at)
      return next.length === 0 ? [] : [(Math.min(...next.map((visit) => visit.at)) - at) / 1000]
    })
    .toSorted((a, b) => a - b)
}
