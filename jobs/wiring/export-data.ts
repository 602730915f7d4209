import type { OpenDatabase } from '../../src/db/client.ts'
import { authorDataset } from '../../src/db/exports/author-dataset.ts'
import { capturedAnswers, type Dataset, datasets } from '../../src/db/exports/datasets.ts'
import { withSnapshot } from '../../src/db/exports/open-snapshot.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { readSites } from '../../src/db/sites.ts'
import { ExportError } from '../../src/exports/export-error.ts'
import { type ExportFormat, exportFormats } from '../../src/exports/formats.ts'
import { requireFree, writeExport } from '../../src/exports/write-export.ts'
import { type Settings, UsageError } from '../../src/settings.ts'
import { idsOfSites } from './held-sites.ts'
import { openKey } from './privacy.ts'
import { exit, type Job } from './run-job.ts'

export interface ExportFlags {
  readonly format?: ExportFormat
  readonly out: string
  readonly site?: readonly string[]
  readonly since?: Date
  readonly force: boolean
  readonly json: boolean
}

export interface WantedExport extends ExportFlags {
  readonly format: ExportFormat
  readonly what: string
  /** Null: of the person of that name, which the database's key has a say in. */
  readonly dataset: Dataset | null
  readonly name: string
}

/** @throws UsageError for what can't be exported, or would take the place of something. */
export function checkExport(what: string, name: string | undefined, flags: ExportFlags): WantedExport {
  const format = flags.format ?? formatNamed(flags.out)
  if (format === 'warc' && what !== 'captures')
    throw new UsageError(`WARC holds captures, not ${what}; choose csv, jsonl or parquet`)
  if (what === 'author' ? name === undefined : name !== undefined)
    throw new UsageError(
      what === 'author' ? 'whose data? give a name or a key: export -- author NAME' : `${what} takes no name`,
    )
  try {
    requireFree(flags)
  } catch (error) {
    throw error instanceof ExportError ? new UsageError(error.message, { cause: error }) : error
  }
  const dataset = format === 'warc' ? capturedAnswers : what === 'author' ? null : datasetOf(what)
  return { ...flags, format, what, dataset, name: name ?? '' }
}

/** @throws UsageError when a file's name tells no format. */
function formatNamed(file: string): ExportFormat {
  const ending = /\.(?:(csv|jsonl|parquet)|(warc)(?:\.gz)?)$/i
    .exec(file)
    ?.slice(1)
    .find(Boolean)
    ?.toLowerCase()
  const format = exportFormats.find((name) => name === ending)
  if (format !== undefined) return format
  throw new UsageError(`the name ${file} tells no format; add --format ${exportFormats.join(', ')}`)
}

function datasetOf(what: string): Dataset {
  const known = new Map<string, Dataset>(Object.entries(datasets))
  const dataset = known.get(what)
  if (dataset !== undefined) return dataset
  throw new UsageError(`there is no "${what}" to export; known are ${[...known.keys(), 'author'].join(', ')}`)
}

/** All that is held of a person, under their name and under the pseudonyms that stand in for it. */
async function datasetOfPerson({ db }: OpenDatabase, settings: Settings, name: string): Promise<Dataset> {
  const key = await openKey(db, settings, false)
  const scopes = new Set((await readSites(db)).map(({ id, family }) => family ?? id))
  return authorDataset(db, [
    name,
    ...(key === null ? [] : [...scopes].map((scope) => key.pseudonym(scope, name))),
  ])
}

/** Writes the export and says what it holds. @returns the exit code. */
export async function exportData(
  { settings, signal }: Job,
  wanted: WantedExport,
  database: OpenDatabase,
): Promise<number> {
  await requireSchema(database)
  const { what, format, out, force, since = null } = wanted
  const sites = await idsOfSites(database.db, settings, wanted.site ?? [])
  const dataset = wanted.dataset ?? (await datasetOfPerson(database, settings, wanted.name))
  const manifest = await withSnapshot(database, dataset, { sites, since }, (snapshot) => {
    const total = snapshot.parts.reduce((sum, { rows }) => sum + rows, 0)
    process.stderr.write(`${total} rows of ${what} as of ${snapshot.takenAt.toISOString()}\n`)
    return writeExport(snapshot, { what, format, out, force, signal, onPart: () => undefined })
  })
  const { rows, bytes, parts, resumedRows } = manifest
  if (wanted.json) {
    process.stdout.write(`${JSON.stringify({ ...manifest, parts: parts.length })}\n`)
    return exit.done
  }
  const resumed = resumedRows > 0 ? `, ${resumedRows} of them from a run that was broken off` : ''
  process.stdout.write(
    `${out}: ${rows} rows${resumed}, ${bytes} bytes, ${parts.length} parts, one for a site's month; ${out}.manifest.json says more\n`,
  )
  return exit.done
}
