import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Part } from './dataset.ts'
import { holdsPart } from './one-file.ts'
import type { WrittenPart } from './target.ts'

/** What is being exported: an export goes on only from what was written for the same. */
export type Identity = Readonly<Record<string, unknown>>

const partShape = z.object({
  site: z.string(),
  month: z.string(),
  rows: z.number(),
  fingerprint: z.string(),
  file: z.string().nullable(),
  bytes: z.number(),
  sha256: z.string(),
})

/** Beside an export that is not ended: a line that says what it is of, and one for each part that was written. */
export class Progress {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async begin(identity: Identity): Promise<void> {
    await writeFile(this.#path, `${JSON.stringify(identity)}\n`)
  }

  async add(part: WrittenPart): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(part)}\n`)
  }

  async end(): Promise<void> {
    await rm(this.#path, { force: true })
  }

  /** The parts that were written for this; none when there is nothing, or something else. */
  async read(identity: Identity): Promise<WrittenPart[]> {
    const [first, ...lines] = (await readFile(this.#path, 'utf8').catch(() => '')).split('\n')
    if (first !== JSON.stringify(identity)) return []
    // The last line is empty, or what a process that was killed had written of one.
    return lines.slice(0, -1).map((line) => partShape.parse(JSON.parse(line)))
  }
}

/**
 * Which of the parts that were written may stay: those, from the first on, of which the database still says the same,
 * row by row, and which lie on the disk as they were written. So all of an export is as of one moment, that of its end.
 * @param headBytes octets before the first part.
 */
export async function keepParts(
  parts: readonly Part[],
  written: readonly WrittenPart[],
  path: string,
  headBytes: number,
): Promise<WrittenPart[]> {
  const kept: WrittenPart[] = []
  let offset = headBytes
  for (const [index, part] of written.entries()) {
    const now = parts[index]
    const isSame =
      now?.site === part.site &&
      now.month === part.month &&
      now.rows === part.rows &&
      now.fingerprint === part.fingerprint
    const [file, from] = part.file === null ? [path, offset] : [join(path, part.file), 0]
    if (!isSame || !(await holdsPart(file, from, part))) break
    kept.push(part)
    offset += part.bytes
  }
  return kept
}
