import { findBrokenOff, findDoubled, withDatabase } from '../../chaos/oracle.ts'
import type { BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { type Arena, AT_ONCE, untilEmpty } from './arena.ts'
import { findLostPages } from './lost-pages.ts'
import { findViolations, isOf, type SimulatedSite } from './sites.ts'
import { startWorker, stopWorker, type WorkerProcess } from './workers.ts'

/** So many that each lives for some seconds after its start, though one is killed every two. */
const WORKERS = 6
const KILL_EVERY_MS = 2000
const KILLS = 60
/**
 * By turns the oldest worker that has sites in hand, and the youngest one, which may not have started yet: were all blows
 * to fall on those at work, each site would have killed three workers before any of them came to store something.
 */
const AT_START_EVERY = 2

/** What was sent before a worker died may be answered after it. */
const IN_FLIGHT_MS = 100

interface Death {
  readonly at: number
  /** What the worker had in hand. */
  readonly sites: readonly SimulatedSite[]
}

/**
 * Kills a worker every two seconds for two minutes, each replaced at once, while no site is ever without an order, so
 * that all that is held is taken again and again; then lets the rest be done, and compares what is held with the sites.
 */
export async function killRound(arena: Arena, note: (line: string) => void): Promise<BenchReport> {
  const { sites, database, environment } = arena
  const workers = Array.from({ length: WORKERS }, () => startWorker(environment, AT_ONCE))
  const deaths: Death[] = []
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await database.enqueue(sites.sites)
      await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS))
      deaths.push(await killOne(arena, workers, kill % AT_START_EVERY === 0))
    }
    note(`${deaths.length} workers were killed; the rest is let be done`)
    await untilEmpty(database)
    // One pass over all that is in no hurry, which takes up what the last deaths broke off.
    await database.enqueue(sites.sites)
    await untilEmpty(database)
  } finally {
    await Promise.all(workers.map((worker) => stopWorker(worker, 'SIGTERM')))
  }
  return report(arena, deaths, note)
}

/** Kills a worker and starts another one in its place. */
async function killOne(
  { sites, database, environment }: Arena,
  workers: WorkerProcess[],
  isAtStart: boolean,
): Promise<Death> {
  const inHand = await database.inHand()
  const sitesOf = ({ process }: WorkerProcess) => inHand.get(process.pid ?? 0) ?? []
  // The oldest stand first.
  const chosen = isAtStart
    ? workers.at(-1)
    : (workers.find((one) => sitesOf(one).length > 0) ?? workers.at(-1))
  if (chosen === undefined) throw new TypeError('there is no worker to kill')
  await stopWorker(chosen, 'SIGKILL')
  const at = Date.now()
  workers.splice(workers.indexOf(chosen), 1)
  workers.push(startWorker(environment, AT_ONCE))
  const ids = new Set(sitesOf(chosen))
  return { at, sites: sites.sites.filter(({ id }) => ids.has(id)) }
}

/** Seconds from each death to the next request for each of the sites that the worker had. */
function takeOvers({ sites }: Arena, deaths: readonly Death[]): number[] {
  return deaths.flatMap(({ at, sites: lost }) =>
    lost.map((site) => {
      const next = sites.visits.find((visit) => visit.at > at + IN_FLIGHT_MS && isOf(site, visit))
      return next === undefined ? Number.POSITIVE_INFINITY : (next.at - at) / 1000
    }),
  )
}

async function report(
  arena: Arena,
  deaths: readonly Death[],
  note: (line: string) => void,
): Promise<BenchReport> {
  const { sites, database } = arena
  const wrongs = await withDatabase({ databaseUrl: database.url, dataFolder: '' }, async (open) => ({
    lost: await findLostPages(open, sites),
    doubled: await findDoubled(open),
    stuck: await findBrokenOff(open),
  }))
  const violations = findViolations(sites)
  for (const [what, lines] of Object.entries({ ...wrongs, violations }))
    for (const line of lines) note(`${what}: ${line}`)
  const seconds = takeOvers(arena, deaths).toSorted((one, other) => one - other)
  const { setAside } = await database.held()
  const figures = {
    kills: deaths.length,
    killedAtWork: deaths.filter((death) => death.sites.length > 0).length,
    sitesInHand: seconds.length,
    passesDone: (await database.passes()).length,
    lost: wrongs.lost.length,
    doubled: wrongs.doubled.length,
    stuck: wrongs.stuck.length,
    setAside,
    violations: violations.length,
    medianTakeOverSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    takeOverSeconds: seconds.at(-1) ?? null,
  }
  const rows = Object.entries(figures).map(([name, value]) => [
    labels[name] ?? name,
    value === null ? '' : String(Math.round(value * 10) / 10),
  ])
  return {
    figures,
    floors: readFloors('scale-kills').figures,
    tables: [{ head: ['workers killed, one every two seconds', String(KILLS)], rows }],
  }
}

const labels: Readonly<Record<string, string>> = {
  kills: 'killed',
  killedAtWork: 'of them with sites in hand',
  sitesInHand: 'sites that they had in hand',
  passesDone: 'passes that were ended all the same',
  lost: 'articles or comments that are not held as the site has them',
  doubled: 'rows held twice',
  stuck: 'runs, articles, threads begun and neither done nor due',
  setAside: 'sites set aside',
  violations: 'requests that came too soon',
  medianTakeOverSeconds: 'take-over of a site, seconds, median',
  takeOverSeconds: 'longest',
}
