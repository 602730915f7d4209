import { cpus } from 'node:os'
import { type Arena, AT_ONCE, untilEmpty } from './arena.ts'
import { type DatabaseLoad, type PassTimes, wholeOf } from './database.ts'
import { fewestSeconds } from './fewest-seconds.ts'
import { findViolations, type SimulatedSites } from './sites.ts'
import { startWorker, stopWorker } from './workers.ts'

/** One team's work: a site takes the same time whoever crawls it. */
export interface TeamRound {
  readonly workers: number
  readonly pages: number
  /** From the first order to the last one that is taken: until then every place may be in use. */
  readonly pagesPerSecondWhileOrdersWait: number
  /** From the first order to the last page. */
  readonly pagesPerSecond: number
  /** Pages per second to the last page, if nothing took time but answers and politeness. */
  readonly pagesPerSecondAtMost: number
  /** Share of the places of all workers, while orders waited, that had none in hand. */
  readonly idlePlaces: number
  /** Share of the time, from its order to its last page, in which a host waited though it might have been asked. */
  readonly idleShare: number
  /** Of this machine, by all that ran on it: workers, PostgreSQL, the sites, and whatever else. */
  readonly coresBusy: number
  readonly violations: readonly string[]
  readonly lost: number
  readonly doubled: number
  readonly load: DatabaseLoad
}

export async function teamRound(arena: Arena, size: number): Promise<TeamRound> {
  const { sites, database, environment } = arena
  const workers = Array.from({ length: size }, () => startWorker(environment, AT_ONCE))
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    await database.enqueue(sites.warmUp)
    await untilEmpty(database)
    await database.startCounting()
    const began = Date.now()
    const busyBefore = busyMilliseconds()
    await database.enqueue(sites.sites)
    await untilEmpty(database)
    const coresBusy = (busyMilliseconds() - busyBefore) / (Date.now() - began)
    const load = await database.load()
    const { articles, comments } = wholeOf(sites)
    const held = await database.held()
    return {
      workers: size,
      pages: articles,
      ...paceOf(sites, await database.passes(), { began, places: size * AT_ONCE }),
      idleShare: idleShare(sites, began),
      coresBusy,
      violations: findViolations(sites),
      lost: articles - held.articles + comments - held.comments,
      doubled: held.doubled,
      load,
    }
  } finally {
    await Promise.all(workers.map((worker) => stopWorker(worker, 'SIGTERM')))
  }
}

function busyMilliseconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

function paceOf(
  { sites, visits }: SimulatedSites,
  passes: readonly PassTimes[],
  { began, places }: { readonly began: number; readonly places: number },
) {
  const pages = visits.filter(({ at, path }) => at >= began && isPage(path))
  const ended = Math.max(...pages.map(({ until }) => until))
  const lastTaken = Math.max(...passes.map(({ started }) => started))
  const inUse = passes.reduce(
    (sum, pass) => sum + Math.max(0, Math.min(pass.ended, lastTaken) - pass.started),
    0,
  )
  // Requests to a host are shared out evenly among its sites: robots.txt is no one's own.
  const shareOf = (host: string) =>
    visits.filter((visit) => visit.host === host).length / sites.filter((site) => site.host === host).length
  const polite = sites.map(({ host, delayMs }) => ({ host, delayMs, requests: Math.floor(shareOf(host)) }))
  return {
    pagesPerSecondWhileOrdersWait:
      pages.filter(({ until }) => until <= lastTaken).length / ((lastTaken - began) / 1000),
    pagesPerSecond: pages.length / ((ended - began) / 1000),
    pagesPerSecondAtMost: pages.length / fewestSeconds(polite, places),
    idlePlaces: 1 - inUse / (places * (lastTaken - began)),
  }
}

const isPage = (path: string): boolean => /\/\d+\/$/.test(path)

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
