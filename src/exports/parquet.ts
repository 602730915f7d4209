import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import type { Column, ColumnType, Part, Row } from './dataset.ts'
import type { Target, WrittenPart } from './target.ts'

/** A row group is written, and its memory given back, when it holds so much. */
const GROUP_ROWS = 2000
const GROUP_CHARACTERS = 4_000_000

/**
 * Parquet, typed and compressed, one file for each part in folders as Hive names them (`site=…/month=…`), which
 * readers turn into columns and use to pass over what is not asked for.
 */
export function openParquetFolder(
  folder: string,
  columns: readonly Column[],
  kept: readonly WrittenPart[],
): Target {
  let file: ParquetFile | null = null
  const files = new Set(kept.map((part) => part.file))
  const current = join(folder, 'current.parquet')
  return {
    write: async (rows) => {
      await mkdir(folder, { recursive: true })
      file ??= new ParquetFile(current, columns)
      await file.add(rows)
    },
    endPart: async (part) => {
      await file?.finish()
      file = null
      const name = pathOf(part)
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await rename(current, path)
      files.add(name)
      return { ...part, file: name, ...(await measure(path)) }
    },
    close: async () => {
      await mkdir(folder, { recursive: true })
      await removeOthers(folder, files)
      return null
    },
    abandon: async () => undefined,
  }
}

/** What an export that was broken off left, and what is no part of this one. */
async function removeOthers(folder: string, files: ReadonlySet<string | null>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !files.has(relative(folder, path))) await rm(path)
  }
}

/** All parts in one file of the name that was asked for. */
export function openParquetFile(path: string, columns: readonly Column[]): Target {
  const file = new ParquetFile(path, columns)
  return {
    write: (rows) => file.add(rows),
    endPart: async (part) => {
      await file.endGroup()
      return { ...part, file: null, bytes: 0, sha256: '' }
    },
    close: async () => {
      await file.finish()
      return measure(path)
    },
    abandon: async () => undefined,
  }
}

/** Site ids have no character that folders can't. */
const pathOf = ({ site, month }: Part): string => join(`site=${site}`, `month=${month}`, 'part.parquet')

async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** One Parquet file that is being written, row group by row group. */
class ParquetFile {
  readonly #columns: readonly Column[]
  readonly #writer: ParquetWriter
  #rows: Row[] = []
  #characters = 0

  constructor(path: string, columns: readonly Column[]) {
    this.#columns = columns
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(schemaOf)],
      createdBy: 'commentariat',
    })
  }

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.#rows.push(row)
      for (const value of Object.values(row)) if (typeof value === 'string') this.#characters += value.length
      if (this.#rows.length >= GROUP_ROWS || this.#characters >= GROUP_CHARACTERS) await this.endGroup()
    }
  }

  async endGroup(): Promise<void> {
    if (this.#rows.length === 0) return
    const columnData = this.#columns.map(({ name, type }) => ({
      name,
      data: this.#rows.map((row) => valueOf(row[name], type)),
    }))
    await this.#writer.write({ columnData, rowGroupSize: this.#rows.length })
    this.#rows = []
    this.#characters = 0
  }

  async finish(): Promise<void> {
    await this.endGroup()
    await this.#writer.finish()
  }
}

function schemaOf({ name, type }: Column): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const
  switch (type) {
    case 'text':
    case 'bytes':
      return [{ ...optional, ...text }]
    case 'json':
      return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'JSON' }]
    case 'integer':
      return [{ ...optional, type: 'INT32' }]
    case 'bigint':
      return [{ ...optional, type: 'INT64' }]
    case 'boolean':
      return [{ ...optional, type: 'BOOLEAN' }]
    case 'timestamp':
      return [{ ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }]
    case 'texts':
      return [
        { ...optional, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'OPTIONAL', ...text },
      ]
  }
}

function valueOf(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined || typeof value !== 'string') return value ?? null
  if (type === 'bigint') return BigInt(value)
  if (type === 'timestamp') return new Date(value)
  return type === 'json' || type === 'texts' ? (JSON.parse(value) as unknown) : value
}
