/** How a column's values are written: JSON Lines and Parquet keep the type, CSV has text only. `bytes` go to WARC. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'boolean' | 'timestamp' | 'json' | 'texts' | 'bytes'

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/**
 * One row, by column. Numbers of type `bigint` and moments (ISO 8601, UTC) come as text, `json` and `texts` as JSON,
 * so that nothing is lost or guessed on the way from the database to the file.
 */
export type Row = Readonly<Record<string, unknown>>

/** The rows of one site and one month (UTC): what an export is made of, one after the other. */
export interface Part {
  readonly site: string
  /** `2026-03` */
  readonly month: string
  readonly rows: number
  /** Differs when any row of the part was written since. */
  readonly fingerprint: string
}

/** What is to be exported, as it stood at one moment. */
export interface Snapshot {
  readonly takenAt: Date
  /** Name of the newest migration that the database has had. */
  readonly schemaVersion: string
  readonly query: string
  readonly columns: readonly Column[]
  /** In the order in which their rows come. */
  readonly parts: readonly Part[]
  /** Rows that were erased from the database, by table: to be dropped from copies that were exported before. */
  readonly erased: Readonly<Record<string, readonly number[]>>
  /** The rows of these parts, in some batches each, never one for two parts. */
  rows(parts: readonly Part[]): AsyncIterable<{ readonly part: Part; readonly rows: readonly Row[] }>
}
