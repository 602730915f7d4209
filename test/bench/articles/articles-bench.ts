import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import {
  arePeersInstalled,
  canKeepToOneCore,
  type Contender,
  ours,
  peers,
  runContender,
  runPool,
} from './contenders.ts'
import { type Corpus, readCorpora } from './corpus.ts'
import { figuresOf, type Measured, measureRun } from './figures.ts'
import { judgedFloors } from '../judged-floors.ts'
import { tablesOf } from './tables.ts'

/** Our extraction of articles beside that of peers, on the same pages. */
export const articlesBench: Bench = {
  description: 'accuracy, speed and memory of article extraction beside its peers',
  run,
}

async function run({
  rounds,
  pages,
  data,
  sets,
  peers: withPeers,
  note,
}: BenchOptions): Promise<BenchReport> {
  const corpora = await readCorpora({ data, names: sets, limit: pages, note })
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  const arena = { corpora, folder, note }
  try {
    const measured = await runOne(ours, rounds ?? 3, arena)
    const pools = await runPools(rounds ?? 3, arena)
    const found = new Map<string, Measured>()
    if (withPeers && !arePeersInstalled()) {
      note('the peers are not installed: npm ci --prefix test/bench/articles/peers')
    } else if (withPeers) {
      for (const peer of peers) found.set(peer.name, await runOne(peer, 1, arena))
    }
    const everything = { corpora, ours: measured, peers: found, pools }
    return {
      figures: figuresOf(everything),
      floors: judgedFloors('articles', corpora, note),
      tables: tablesOf(everything),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Arena {
  readonly corpora: readonly Corpus[]
  readonly folder: string
  readonly note: (line: string) => void
}

async function runOne(contender: Contender, rounds: number, arena: Arena): Promise<Measured> {
  const { corpora, folder, note } = arena
  const pages = corpora.flatMap((corpus) => corpus.pages)
  const run = await runContender(contender, pages, { rounds, folder })
  const measured = measureRun(run, corpora)
  const { pace } = measured
  note(
    `${contender.title}: ${pace.millisecondsPerPage.toFixed(1)} ms a page, at worst ${pace.worstMilliseconds.toFixed(0)} (${pace.worstPage}), ${run.peakMegabytes.toFixed(0)} MB`,
  )
  for (const fault of run.faults) note(`${contender.title} failed on ${fault}`)
  return measured
}

/**
 * With one thread on one core, then with one for each core. One thread alone would not stay on one core: what hands it its
 * pages, compiles and collects would be done on the others.
 */
async function runPools(rounds: number, { corpora, folder, note }: Arena) {
  const pages = corpora.flatMap((corpus) => corpus.pages)
  const threads = availableParallelism()
  const isOneOnOneCore = await canKeepToOneCore()
  if (!isOneOnOneCore)
    note(
      'taskset keeps nothing to the first core here: one thread has all cores, and poolScaling is not judged',
    )
  const one = await runPool(pages, { rounds, folder, threads: 1, onOneCore: isOneOnOneCore })
  const all = await runPool(pages, { rounds, folder, threads, onOneCore: false })
  const [load = 0] = loadavg()
  if (load > 1.5 * threads) {
    note(`the machine is busy (load ${load.toFixed(1)}): how pages per second grow with cores means little`)
  }
  for (const failure of [...one.failures, ...all.failures]) note(`extraction pool: ${failure}`)
  const told = ({ milliseconds }: typeof one) =>
    `${((pages.length / milliseconds) * 1000).toFixed(0)} pages/s`
  note(
    `extraction pool: ${told(one)} with 1 thread${isOneOnOneCore ? ' on one core' : ''}, ${told(all)} with ${threads}`,
  )
  return { threads, one, isOneOnOneCore, all }
}
