import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

/** What a page says, as a person or the publisher's own parser wrote it down. */
export interface Truth {
  readonly title: string | null
  readonly authors: readonly string[]
  /** ISO 8601; a day alone where no more is known. */
  readonly published: string | null
  readonly language: string | null
  readonly body: string
  /** Snippets of the page that do not belong to the body. */
  readonly without: readonly string[]
}

/** Where a stored page lies, which is all that a contender is told. */
export interface StoredPage {
  /** Unique within the run: the set's name, a slash, the page's name. */
  readonly key: string
  readonly file: string
  readonly url: string
}

export interface BenchPage extends StoredPage {
  readonly truth: Truth
}

/** What a contender made of a page. */
export interface Prediction {
  readonly title: string | null
  readonly authors: readonly string[]
  readonly published: string | null
  readonly language: string | null
  readonly body: string
}

export const nothing: Prediction = { title: null, authors: [], published: null, language: null, body: '' }

const inflate = promisify(gunzip)

/** The bytes of a page as the server sent them. */
export async function readPage(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  return file.endsWith('.gz') ? inflate(bytes) : bytes
}
