import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { gzipRecord, warcInfo, warcResponse } from '../warc/write-warc.ts'
import { csvLine } from './csv.ts'
import type { Column, Row, Snapshot } from './dataset.ts'
import { jsonLine } from './json-lines.ts'
import { openOneFile } from './one-file.ts'
import { openParquetFile, openParquetFolder } from './parquet.ts'
import type { Target, WrittenPart } from './target.ts'

export const exportFormats = ['csv', 'jsonl', 'parquet', 'warc'] as const

export type ExportFormat = (typeof exportFormats)[number]

/** What a file of this format begins with, whatever its rows. @param isPacked records of WARC are gzip members. */
export function headOf(
  format: ExportFormat,
  { columns, schemaVersion }: Snapshot,
  isPacked: boolean,
): Uint8Array {
  if (format === 'csv') return Buffer.from(csvLine(columns.map(({ name }) => name)))
  if (format !== 'warc') return new Uint8Array()
  return packed(
    isPacked,
    warcInfo(new Date(0), {
      software: 'Commentariat',
      format: 'WARC File Format 1.1',
      conformsTo: 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      description: `Stored pages, without what their sites ask not to archive; schema ${schemaVersion}`,
    }),
  )
}

const packed = (isPacked: boolean, octets: Uint8Array): Uint8Array => (isPacked ? gzipRecord(octets) : octets)

export interface TargetOptions {
  readonly path: string
  readonly isPacked: boolean
  readonly isFolder: boolean
  readonly snapshot: Snapshot
  readonly head: Uint8Array
  readonly kept: readonly WrittenPart[]
}

export async function openTarget(
  format: ExportFormat,
  { path, isPacked, isFolder, snapshot, head, kept }: TargetOptions,
): Promise<Target> {
  const { columns } = snapshot
  if (format === 'parquet')
    return isFolder ? openParquetFolder(path, columns, kept) : openParquetFile(path, columns)
  return openOneFile(path, { head, encode: encoders[format](columns, isPacked) }, kept)
}

type Encoder = (
  columns: readonly Column[],
  isPacked: boolean,
) => (rows: readonly Row[]) => Promise<Uint8Array>

const encoders: Readonly<Record<Exclude<ExportFormat, 'parquet'>, Encoder>> = {
  csv: (columns) => async (rows) =>
    Buffer.from(rows.map((row) => csvLine(columns.map(({ name }) => row[name]))).join('')),
  jsonl: (columns) => async (rows) => Buffer.from(rows.map((row) => jsonLine(columns, row)).join('')),
  warc: (_columns, isPacked) => async (rows) => {
    const records = await Promise.all(rows.map(warcRecord))
    return Buffer.concat(records.map((octets) => packed(isPacked, octets)))
  },
}

const captureShape = z.object({
  url: z.string(),
  url_hash: z.string(),
  kind: z.string(),
  fetched_at: z.string(),
  status: z.number(),
  headers: z.string(),
  body: z.instanceof(Uint8Array),
})
const headerShape = z.record(z.string(), z.string())
const inflate = promisify(gunzip)

async function warcRecord(row: Row): Promise<Uint8Array> {
  const capture = captureShape.parse(row)
  const { url, status, kind, url_hash: requestHash } = capture
  return warcResponse({
    url,
    status,
    fetchedAt: new Date(capture.fetched_at),
    headers: headerShape.parse(JSON.parse(capture.headers)),
    body: await inflate(capture.body),
    note: { kind, requestHash },
  })
}
