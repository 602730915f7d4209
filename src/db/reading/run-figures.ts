import { z } from 'zod'
import type { FailureClass } from '../../failure.ts'

/** What a pass counted, as far as pages show it. */
export interface RunFigures {
  readonly requests: number
  readonly bytes: number
  /** Pages read, articles or not. */
  readonly pages: number
  readonly articles: Readonly<Record<'new' | 'changed' | 'unchanged' | 'gone', number>>
  readonly comments: Readonly<Record<'new' | 'edited' | 'removed' | 'unchanged', number>>
  readonly threads: { readonly complete: number; readonly incomplete: number }
  readonly failures: Readonly<Partial<Record<FailureClass, number>>>
}

/** A run that was killed counted nothing, and an older one may lack a figure. */
const count = z.number().default(0)

const countersShape = z.object({
  requests: count,
  bytes: count,
  pages: count,
  notArticles: count,
  articles: z.object({ new: count, changed: count, unchanged: count, gone: count }).prefault({}),
  comments: z.object({ new: count, edited: count, removed: count, unchanged: count }).prefault({}),
  threads: z.object({ complete: count, incomplete: count }).prefault({}),
  failures: z.record(z.string(), z.number()).default({}),
})

/** Reads `runs.counters`. */
export function runFigures(counters: unknown): RunFigures {
  const { notArticles, pages, ...figures } = countersShape.parse(counters ?? {})
  return { ...figures, pages: pages + notArticles }
}
