import type { BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { wholeOf } from './database.ts'
import { type Arena, AT_ONCE, untilEmpty } from './arena.ts'
import { findViolations } from './sites.ts'
import { startWorker, stopWorker, type WorkerProcess } from './workers.ts'

const WORKERS = 4
const KILL_EVERY_MS = 2000
const KILLS = 60

/** Longer than that no take-over is waited for. */
const PATIENCE_MS = 120_000

/**
 * Kills a worker while the others go on, to see how soon they take its sites over; then one every two seconds for two
 * minutes, each replaced at once; then lets the rest be done.
 */
export async function killRound(arena: Arena, note: (line: string) => void): Promise<BenchReport> {
  const { sites, database, environment } = arena
  const workers = Array.from({ length: WORKERS }, () => startWorker(environment, AT_ONCE))
  let inHand = 0
  let takeOver = 0
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    await database.enqueue(sites.warmUp)
    await untilEmpty(database)
    await database.enqueue(sites.sites)
    takeOver = await takeOverSeconds(arena, workers)
    note(`sites of a worker that was killed were taken over after ${takeOver.toFixed(1)} s`)
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(KILL_EVERY_MS)
      inHand += (await killOne(arena, workers, kill % WORKERS)).length
    }
    note(`${KILLS} workers were killed, with ${inHand} sites in hand`)
    await untilEmpty(database)
  } finally {
    await Promise.all(workers.map((worker) => stopWorker(worker, 'SIGTERM')))
  }
  const { articles, comments } = wholeOf(sites)
  const held = await database.held()
  const violations = findViolations(sites)
  for (const line of violations) note(line)
  const figures = {
    lost: articles - held.articles + comments - held.comments,
    doubled: held.doubled,
    setAside: held.setAside,
    violations: violations.length,
    takeOverSeconds: takeOver,
  }
  const rows = Object.entries(figures).map(([name, value]) => [name, String(Math.round(value * 10) / 10)])
  return {
    figures,
    floors: readFloors('scale-kills').figures,
    tables: [{ head: [`${KILLS} workers killed`, 'value'], rows }],
  }
}

/** Kills a worker. @returns the sites that it had. */
async function killOne(
  { database, environment }: Arena,
  workers: WorkerProcess[],
  index: number,
): Promise<string[]> {
  const worker = workers[index]
  if (worker === undefined) return []
  const sites = await database.sitesOf(worker.process.pid ?? 0)
  await stopWorker(worker, 'SIGKILL')
  workers[index] = startWorker(environment, AT_ONCE)
  return sites
}

/** Seconds from the death of a worker to the next request to the last of the hosts that it had. */
async function takeOverSeconds(arena: Arena, workers: WorkerProcess[]): Promise<number> {
  const { sites, database } = arena
  const pid = workers[0]?.process.pid ?? 0
  while ((await database.sitesOf(pid)).length === 0) await pause(200)
  await pause(2000)
  const lost = new Set(await killOne(arena, workers, 0))
  const died = Date.now()
  const hosts = sites.sites.filter(({ id }) => lost.has(id)).map(({ host }) => host)
  const next = (host: string) => sites.visits.find((visit) => visit.host === host && visit.at > died)?.at
  while (Date.now() - died < PATIENCE_MS && hosts.some((host) => next(host) === undefined)) await pause(200)
  return (Math.max(...hosts.map((host) => next(host) ?? died + PATIENCE_MS)) - died) / 1000
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
