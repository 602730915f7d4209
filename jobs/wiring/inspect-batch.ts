import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import pLimit from 'p-limit'
import { z } from 'zod'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { batchRecord } from '../../src/report/inspection.ts'
import { resolveSite } from '../../src/sites/find-site.ts'
import type { Site } from '../../src/sites/site.ts'
import { readPageFile } from './read-page-file.ts'
import { exit } from './run-job.ts'

const lineShape = z.object({
  key: z.string(),
  url: z.url(),
  file: z.string(),
  fetchedAt: z.iso.datetime({ offset: true }).optional(),
})

/** A line with a mistake elsewhere is still told apart by its key. */
const keyShape = lineShape.pick({ key: true })

/**
 * Extracts the pages that standard input names, over all cores, and writes a record for each as it is
 * done. A page that can't be read gives a record with its error, and the others go on.
 */
export async function inspectBatch(sites: readonly Site[]): Promise<number> {
  const threads = availableParallelism()
  const pool = new ExtractionPool(threads)
  const limit = pLimit(threads * 4)
  const pending = new Set<Promise<void>>()
  let hasFailed = false
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue
    const task = limit(async () => {
      const record = await recordOf(line, pool, sites)
      hasFailed ||= record.error !== null
      process.stdout.write(`${JSON.stringify(record)}\n`)
    })
    pending.add(task)
    void task.finally(() => pending.delete(task))
    // Reading ahead without end would hold every line of a large input.
    if (limit.pendingCount > threads * 16) await task
  }
  await Promise.all(pending)
  await pool.close()
  return hasFailed ? exit.failed : exit.done
}

async function recordOf(line: string, pool: ExtractionPool, sites: readonly Site[]) {
  let key: string | null = null
  try {
    const fields: unknown = JSON.parse(line)
    key = keyShape.safeParse(fields).data?.key ?? null
    const given = lineShape.parse(fields)
    const body = await readPageFile(given.file)
    const fetchedAt = given.fetchedAt === undefined ? new Date() : new Date(given.fetchedAt)
    const answer = { url: given.url, status: 200, headers: {}, body, fetchedAt }
    const site = resolveSite(new URL('/', given.url).href, sites)
    return {
      key,
      ...batchRecord(await pool.extract({ kind: 'article', answer, site, zoneHint: null })),
      error: null,
    }
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)
    return { key, article: null, threads: [], warnings: [], error: message }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
