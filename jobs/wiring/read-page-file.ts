import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const inflate = promisify(gunzip)

/** The bytes of a page that was saved, packed with gzip where the file's name says so. */
export async function readPageFile(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  return new Uint8Array(file.endsWith('.gz') ? await inflate(bytes) : bytes)
}
