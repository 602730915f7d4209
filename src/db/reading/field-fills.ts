import type { Database } from '../client.ts'
import { readSiteChecks } from '../site-checks.ts'

/** How often a field was found on the articles of a site; `article`: how often a page held one. */
export interface FieldFills {
  readonly field: string
  /** Share, 0 to 1, in the last pass that read a page; null when it was not found at all. */
  readonly latest: number | null
  /** Mean share over the passes before, each by its pages. */
  readonly before: number | null
}

export async function readFieldFills(db: Database, siteId: string): Promise<FieldFills[]> {
  const [latest, ...before] = await readSiteChecks(db, siteId)
  if (latest === undefined) return []
  const pages = before.reduce((sum, check) => sum + check.pages, 0)
  const fields = new Set([latest, ...before].flatMap(({ fillRates }) => Object.keys(fillRates)))
  return [...fields].toSorted().map((field) => ({
    field,
    latest: latest.fillRates[field] ?? null,
    before:
      pages === 0
        ? null
        : before.reduce((sum, check) => sum + check.pages * (check.fillRates[field] ?? 0), 0) / pages,
  }))
}
