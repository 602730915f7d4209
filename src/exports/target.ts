import type { Part, Row } from './dataset.ts'

/** A part as it lies on the disk. */
export interface WrittenPart extends Part {
  /** Its own file within the export's folder; null where all parts are in one file, one after the other. */
  readonly file: string | null
  readonly bytes: number
  readonly sha256: string
}

/** Takes the rows of one part after the other. */
export interface Target {
  write(rows: readonly Row[]): Promise<void>
  /** Ends the part that was being written. */
  endPart(part: Part): Promise<WrittenPart>
  /** Ends the whole. @returns size and SHA-256 of the one file; null for a folder. */
  close(): Promise<{ readonly bytes: number; readonly sha256: string } | null>
  /** Lets go of what is open after a fault. */
  abandon(): Promise<void>
}
