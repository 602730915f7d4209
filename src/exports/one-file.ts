import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Row } from './dataset.ts'
import type { Target, WrittenPart } from './target.ts'

/** How rows become the octets of a file whose parts follow each other. */
export interface Encoding {
  /** What the file begins with. */
  readonly head: Uint8Array
  readonly encode: (rows: readonly Row[]) => Promise<Uint8Array>
}

/**
 * A file that holds one part after the other, as CSV, JSON Lines and WARC can.
 * @param kept parts that an export which was broken off has written; what follows them is cut off.
 */
export async function openOneFile(
  path: string,
  { head, encode }: Encoding,
  kept: readonly WrittenPart[],
): Promise<Target> {
  const file = await open(path, kept.length > 0 ? 'r+' : 'w')
  const whole = createHash('sha256')
  let size = 0
  let part = newPart()
  const append = async (octets: Uint8Array) => {
    await writeAll(file, octets, size)
    size += octets.length
    whole.update(octets)
  }
  try {
    if (kept.length === 0) await append(head)
    else {
      size = await readKept(file, head, kept, whole)
      await file.truncate(size)
    }
  } catch (error) {
    await file.close()
    throw error
  }
  return {
    write: async (rows) => {
      const octets = await encode(rows)
      part.hash.update(octets)
      part.bytes += octets.length
      await append(octets)
    },
    endPart: async (of) => {
      const written = { ...of, file: null, bytes: part.bytes, sha256: part.hash.digest('hex') }
      part = newPart()
      return written
    },
    close: async () => {
      await file.sync()
      await file.close()
      return { bytes: size, sha256: whole.digest('hex') }
    },
    abandon: () => file.close(),
  }
}

const newPart = () => ({ hash: createHash('sha256'), bytes: 0 })

async function writeAll(file: FileHandle, octets: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < octets.length;) {
    const { bytesWritten } = await file.write(octets, done, octets.length - done, position + done)
    done += bytesWritten
  }
}

/** Takes the octets of the kept parts into the hash of the whole. @returns where they end. */
async function readKept(
  file: FileHandle,
  head: Uint8Array,
  kept: readonly WrittenPart[],
  whole: ReturnType<typeof createHash>,
): Promise<number> {
  const end = kept.reduce((sum, { bytes }) => sum + bytes, head.length)
  const buffer = new Uint8Array(1 << 20)
  for (let position = 0; position < end;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - position), position)
    if (bytesRead === 0) throw new Error('what was written of the export has become shorter')
    whole.update(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
  return end
}

/** Whether these octets of a file are what was written as a part. */
export async function holdsPart(path: string, from: number, part: WrittenPart): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return false
  try {
    const hash = createHash('sha256')
    const buffer = new Uint8Array(1 << 20)
    for (let done = 0; done < part.bytes;) {
      const { bytesRead } = await file.read(
        buffer,
        0,
        Math.min(buffer.length, part.bytes - done),
        from + done,
      )
      if (bytesRead === 0) return false
      hash.update(buffer.subarray(0, bytesRead))
      done += bytesRead
    }
    return hash.digest('hex') === part.sha256
  } finally {
    await file.close()
  }
}
