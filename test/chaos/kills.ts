import { createRandom } from '../../src/demo/random.ts'
import { type FailpointName, failpoints } from '../../src/failpoint.ts'
import type { ChaosJob } from './child.ts'
import type { DatabaseKind } from './databases.ts'
import { Life, type Rig } from './life.ts'
import type { Wrongs } from './oracle.ts'

export interface KillReport {
  /** Processes that ended by SIGKILL. */
  readonly kills: number
  readonly lives: number
  readonly wrongs: Wrongs
  /** Failpoints that no process came by. */
  readonly unreached: readonly string[]
}

/** The site moves on with each kill, so lives are kept short: the shorter, the fewer times each step is come by. */
const KILLS_IN_A_LIFE = { failpoints: 5, instants: 10 }

const jobsOf: Partial<Readonly<Record<FailpointName, ChaosJob>>> = {
  migrating: 'db-migrate',
  migrated: 'db-migrate',
  'slot-run': 'schedule',
  'slot-saved': 'schedule',
}

/** The failpoints that a job on such a database comes by. */
export function failpointsOn(kind: DatabaseKind): FailpointName[] {
  return failpoints.filter((name) => kind === 'embedded' || !name.startsWith('embedded-'))
}

const isOfMigration = (name: FailpointName): boolean => jobsOf[name] === 'db-migrate'

/** Where a process is to be killed: at the first time that it comes by the failpoint, the second, … */
interface Aim {
  readonly name: FailpointName
  readonly hit: number
}

function aimsOf(names: readonly FailpointName[], first: number, last: number): Aim[] {
  return Array.from({ length: last - first + 1 }, (_, more) =>
    names.map((name) => ({ name, hit: first + more })),
  ).flat()
}

/** Aims by the lives in which they are killed at; nothing can be crawled into before it is migrated. */
function livesOf(aims: readonly Aim[]): Aim[][] {
  const others = aims.filter(({ name }) => !isOfMigration(name))
  const lives = [aims.filter(({ name }) => isOfMigration(name))]
  for (let from = 0; from < others.length; from += KILLS_IN_A_LIFE.failpoints)
    lives.push(others.slice(from, from + KILLS_IN_A_LIFE.failpoints))
  return lives.filter((life) => life.length > 0)
}

export interface FailpointSeries {
  readonly names: readonly FailpointName[]
  /** Where the series begins: 1, or where an earlier one was stopped. */
  readonly firstHit?: number
  /** Where it stops. */
  readonly mostHits: number
  readonly seed: number
}

/** Kills at the first time that each failpoint is come by, at the second, and so on until none is. */
export async function killAtFailpoints(
  rig: Rig,
  { names, firstHit = 1, mostHits, seed }: FailpointSeries,
): Promise<KillReport> {
  const total = new Total(rig)
  const unreached: string[] = []
  let alive = names
  let hit = firstHit
  while (alive.length > 0 && hit <= mostHits && !rig.signal.aborted) {
    const missed = new Set<FailpointName>()
    // Few failpoints are come by often: so many hits of theirs as fill a life.
    const hits = hit === firstHit ? 1 : Math.max(1, Math.floor(KILLS_IN_A_LIFE.failpoints / alive.length))
    const aims = aimsOf(alive, hit, Math.min(hit + hits - 1, mostHits))
    for (const [index, some] of livesOf(aims).entries()) {
      const isEmpty = hit === 1 && some.some(({ name }) => isOfMigration(name))
      await total.live(seed + hit * 1000 + index, isEmpty ? 'empty' : 'migrated', async (life) => {
        // Held pages are written otherwise than new ones, and a slot is due but once.
        if (!isEmpty && !some.some(({ name }) => name.startsWith('slot'))) await life.pass()
        for (const aim of some) {
          if (await total.strike(life, aim)) continue
          missed.add(aim.name)
          if (hit === 1) unreached.push(aim.name)
        }
        if (isEmpty) await life.pass('db-migrate', [])
      })
    }
    alive = alive.filter((name) => !missed.has(name))
    hit += hits
  }
  return { ...total.report(), unreached }
}

/** Kills at instants that are drawn: one in eight before the pass begins, the others within it. */
export async function killAtInstants(
  rig: Rig,
  { instants, seed }: { instants: number; seed: number },
): Promise<KillReport> {
  const total = new Total(rig)
  for (let number = 0; total.kills < instants && !rig.signal.aborted; number++) {
    const random = createRandom(seed).fork(`life ${number}`)
    await total.live(random.integer(1, 1e9), 'migrated', async (life) => {
      for (let blow = 0; blow < KILLS_IN_A_LIFE.instants && total.kills < instants; blow++) {
        const share = random.chance(1 / 8) ? -random.next() : random.next()
        if (await life.strike({ kind: 'instant', share })) total.kills++
      }
    })
  }
  return { ...total.report(), unreached: [] }
}

class Total {
  readonly #rig: Rig
  readonly #wrongs = { lost: [], doubled: [], stuck: [], impolite: [] } as Record<keyof Wrongs, string[]>
  kills = 0
  #lives = 0

  constructor(rig: Rig) {
    this.#rig = rig
  }

  async live(
    seed: number,
    content: 'empty' | 'migrated',
    work: (life: Life) => Promise<void>,
  ): Promise<void> {
    const life = await Life.open(this.#rig, seed, content)
    try {
      await work(life)
      this.#count(seed, await life.rest())
    } finally {
      await life.close()
    }
  }

  /** @returns whether the process came by there. */
  async strike(life: Life, { name, hit }: Aim): Promise<boolean> {
    const job = jobsOf[name] ?? 'crawl'
    const wasKilled = await life.strike({ kind: 'failpoint', job, failpoint: `${name}:${hit}` })
    if (wasKilled) this.kills++
    return wasKilled
  }

  report() {
    return { kills: this.kills, lives: this.#lives, wrongs: this.#wrongs }
  }

  #count(seed: number, wrongs: Wrongs): void {
    this.#lives++
    for (const kind of ['lost', 'doubled', 'stuck', 'impolite'] as const) {
      this.#wrongs[kind].push(...wrongs[kind].map((line) => `life ${seed}: ${line}`))
    }
    const counts = Object.entries(wrongs).map(
      ([kind, lines]: [string, readonly string[]]) => `${lines.length} ${kind}`,
    )
    for (const lines of Object.values(wrongs)) for (const line of lines) this.#rig.note(line)
    this.#rig.note(
      `${this.#rig.databases.kind}, life ${seed}: ${this.kills} kills so far; ${counts.join(', ')}`,
    )
  }
}
