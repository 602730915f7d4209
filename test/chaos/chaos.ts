import { buildJobs } from '../jobs/build-jobs.ts'
import { type DatabaseKind, openDatabases } from './databases.ts'
import { failpointsOn, killAtFailpoints, killAtInstants, type KillReport } from './kills.ts'

export interface ChaosOptions {
  readonly kinds: readonly DatabaseKind[]
  /** Kills at drawn instants, on each database. */
  readonly instants: number
  /** Times that each failpoint is killed at, at most; 0: at none. */
  readonly hits: number
  /** The first of those times: 1, or where an earlier series was stopped. */
  readonly firstHit: number
  /** All that is drawn follows from it. */
  readonly seed: number
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/** What was done to one database, and what came of it. */
export interface ChaosOutcome extends KillReport {
  readonly kind: DatabaseKind
  readonly what: 'failpoints' | 'instants'
}

/** Kills crawls of a small site in every way asked for, and compares what is held with what the site knows. */
export async function runChaos({
  kinds,
  instants,
  hits,
  firstHit,
  seed,
  note,
  signal,
}: ChaosOptions): Promise<ChaosOutcome[]> {
  const outcomes: ChaosOutcome[] = []
  const jobs = await buildJobs()
  try {
    for (const kind of kinds) {
      const databases = await openDatabases(kind)
      const rig = { jobs, databases, note, signal }
      try {
        if (hits > 0) {
          const names = failpointsOn(kind)
          const report = await killAtFailpoints(rig, { names, firstHit, mostHits: hits, seed })
          outcomes.push({ kind, what: 'failpoints', ...report })
        }
        if (instants > 0) {
          const report = await killAtInstants(rig, { instants, seed })
          outcomes.push({ kind, what: 'instants', ...report })
        }
      } finally {
        await databases.close()
      }
    }
  } finally {
    jobs.remove()
  }
  return outcomes
}

/** Whether everything was reached, and nothing lost, doubled, stuck or impolite. */
export function isWell({ wrongs, unreached }: ChaosOutcome): boolean {
  return (
    unreached.length === 0 && Object.values(wrongs).every((lines: readonly string[]) => lines.length === 0)
  )
}
