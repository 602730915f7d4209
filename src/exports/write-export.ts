import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Part, Snapshot } from './dataset.ts'
import { explainDisk, ExportError } from './export-error.ts'
import { type ExportFormat, headOf, openTarget } from './formats.ts'
import { keepParts, Progress } from './progress.ts'
import type { Target, WrittenPart } from './target.ts'

export interface ExportRequest {
  readonly what: string
  readonly format: ExportFormat
  /** A file; for Parquet a folder, unless its name ends in `.parquet`. */
  readonly out: string
  /** Take the place of what is there. */
  readonly force: boolean
  readonly signal: AbortSignal
  /** Told after each part. */
  readonly onPart: (part: WrittenPart) => void
}

/** What an export says of itself, in a file of its name and `.manifest.json`. */
export interface Manifest {
  readonly what: string
  readonly format: ExportFormat
  readonly takenAt: Date
  readonly finishedAt: Date
  readonly schemaVersion: string
  readonly query: string
  readonly columns: Snapshot['columns']
  readonly rows: number
  readonly bytes: number
  /** Of the one file; null for a folder, whose parts have their own. */
  readonly sha256: string | null
  /** Rows at the beginning that had been written by a run before this one, and are the same today. */
  readonly resumedRows: number
  readonly parts: readonly WrittenPart[]
  readonly dropFromFormerExports: Snapshot['erased']
}

/** @throws ExportError when something is there that may not be replaced. Ask before the database is asked anything. */
export function requireFree({ out, force }: Pick<ExportRequest, 'out' | 'force'>): void {
  if (force) return
  for (const path of [out, manifestPath(out)]) {
    if (existsSync(path)) throw new ExportError(`${path} exists; give another name, or --force to replace it`)
  }
}

const manifestPath = (out: string): string => `${out}.manifest.json`
const partialPath = (out: string): string => `${out}.partial`

/**
 * Writes an export under a temporary name and gives it its own at the end, so that nothing half-written is ever found
 * there. One that was broken off goes on from the last part of which the database still says the same.
 * @throws ExportError
 */
export async function writeExport(snapshot: Snapshot, request: ExportRequest): Promise<Manifest> {
  const out = resolve(request.out)
  requireFree(request)
  const partial = partialPath(out)
  try {
    await mkdir(dirname(out), { recursive: true })
    const { written, whole, resumedRows } = await writeParts(snapshot, request, partial)
    const manifest: Manifest = {
      what: request.what,
      format: request.format,
      takenAt: snapshot.takenAt,
      finishedAt: new Date(),
      schemaVersion: snapshot.schemaVersion,
      query: snapshot.query,
      columns: snapshot.columns,
      rows: written.reduce((sum, { rows }) => sum + rows, 0),
      bytes: whole?.bytes ?? written.reduce((sum, { bytes }) => sum + bytes, 0),
      sha256: whole?.sha256 ?? null,
      resumedRows,
      parts: written,
      dropFromFormerExports: snapshot.erased,
    }
    await writeFile(`${partial}.manifest`, `${JSON.stringify(manifest, null, 1)}\n`)
    await takeName(partial, out)
    return manifest
  } catch (error) {
    throw explainDisk(error, partial)
  }
}

async function writeParts(snapshot: Snapshot, request: ExportRequest, partial: string) {
  const { what, format } = request
  const isPacked = request.out.endsWith('.gz')
  const { schemaVersion, query, columns, parts } = snapshot
  const identity = { what, format, schemaVersion, query, columns }
  const progress = new Progress(`${partial}.parts`)
  const head = headOf(format, snapshot, isPacked)
  const former = await progress.read(identity)
  const kept = request.out.endsWith('.parquet') ? [] : await keepParts(parts, former, partial, head.length)
  if (kept.length === 0) await rm(partial, { recursive: true, force: true })
  await progress.begin(identity)
  for (const part of kept) await progress.add(part)
  const target = await openTarget(format, {
    path: partial,
    isPacked,
    isFolder: isFolder(request),
    snapshot,
    head,
    kept,
  })
  const written = [...kept]
  const onPart = async (part: WrittenPart) => {
    await progress.add(part)
    written.push(part)
    request.onPart(part)
  }
  try {
    await copyRows(snapshot, parts.slice(kept.length), target, request.signal, onPart)
    const whole = await target.close()
    return { written, whole, resumedRows: kept.reduce((sum, { rows }) => sum + rows, 0) }
  } catch (error) {
    await target.abandon()
    throw error
  }
}

const isFolder = ({ format, out }: ExportRequest): boolean =>
  format === 'parquet' && !out.endsWith('.parquet')

async function copyRows(
  snapshot: Snapshot,
  parts: readonly Part[],
  target: Target,
  signal: AbortSignal,
  onPart: (part: WrittenPart) => Promise<void>,
): Promise<void> {
  let current: Part | null = null
  let count = 0
  const end = async () => {
    if (current === null) return
    if (count !== current.rows) {
      throw new ExportError(
        `${current.site} ${current.month} has ${current.rows} rows, and ${count} were read: please report it`,
      )
    }
    await onPart(await target.endPart(current))
    count = 0
  }
  for await (const { part, rows } of snapshot.rows(parts)) {
    if (part !== current) {
      await end()
      current = part
    }
    if (signal.aborted) throw new ExportError('stopped; the same command goes on where this one broke off')
    await target.write(rows)
    count += rows.length
  }
  await end()
}

/** The manifest comes first: who finds the export finds what it is. */
async function takeName(partial: string, out: string): Promise<void> {
  await rename(`${partial}.manifest`, manifestPath(out))
  const former = `${out}.former`
  await rm(former, { recursive: true, force: true })
  if (existsSync(out)) await rename(out, former)
  await rename(partial, out)
  await rm(former, { recursive: true, force: true })
  await rm(`${partial}.parts`, { force: true })
}
