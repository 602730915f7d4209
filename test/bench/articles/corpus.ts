import { createHash, type Hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../../../src/settings.ts'
import { readOwnPages } from './own-pages.ts'
import { type BenchPage, readPage } from './page.ts'
import { isThere, sets } from './sets.ts'

export interface Corpus {
  readonly name: string
  readonly pages: readonly BenchPage[]
  /** Of the pages' bytes and their truths; floors hold for the digest that they were measured on. */
  readonly digest: string
}

export interface CorpusOptions {
  /** The folder that holds `articles`; null: of the environment, or beside the project. */
  readonly data: string | null
  /** Null: all of them. */
  readonly names: readonly string[] | null
  /** Pages of each set at most; null: all of them. */
  readonly limit: number | null
  readonly note: (line: string) => void
}

const setNames = ['own', ...Object.keys(sets)]
const besideProject = fileURLToPath(new URL('../../../../shared/data', import.meta.url))

/**
 * Our own written pages, and of the collected sets those that are there. What is missing is told in one line.
 * @throws UsageError for a set that nobody knows.
 */
export async function readCorpora({ data, names, limit, note }: CorpusOptions): Promise<Corpus[]> {
  const unknown = (names ?? []).filter((name) => !setNames.includes(name))
  if (unknown.length > 0)
    throw new UsageError(`no such set: ${unknown.join(', ')}; known are ${setNames.join(', ')}`)
  const root = join(data ?? (process.env['COMMENTARIAT_BENCH_DATA'] || besideProject), 'articles')
  const chosen = setNames.filter((name) => names === null || names.includes(name))
  const missing = chosen.filter((name) => name !== 'own' && !isThere(folderOf(root, name)))
  if (missing.length > 0) {
    note(
      `not in ${root}: ${missing.join(', ')}; docs/benchmarks.md says where to get them, and --data or COMMENTARIAT_BENCH_DATA where they are`,
    )
  }
  const corpora = []
  for (const name of chosen.filter((name) => !missing.includes(name))) {
    const pages = name === 'own' ? await readOwnPages() : await sets[name]?.read(folderOf(root, name))
    corpora.push(await makeCorpus(name, (pages ?? []).slice(0, limit ?? undefined)))
  }
  return corpora
}

const folderOf = (root: string, name: string): string => join(root, sets[name]?.folder ?? name)

async function makeCorpus(name: string, pages: readonly BenchPage[]): Promise<Corpus> {
  const hash = createHash('sha256')
  const spoken = []
  for (const page of pages) spoken.push(await withLanguage(page, hash))
  return { name, pages: spoken, digest: `${pages.length} pages ${hash.digest('hex').slice(0, 16)}` }
}

/** What a page itself says about its language goes before what is usual in its country. */
async function withLanguage(page: BenchPage, hash: Hash): Promise<BenchPage> {
  const { key, url, file, truth } = page
  hash.update(JSON.stringify([key, url, truth])).update(await readFile(file))
  if (page.key.startsWith('own/')) return page
  const markup = Buffer.from(await readPage(file)).toString('latin1')
  const named = /<html\b[^>]{0,2000}?\slang\s*=\s*["']?(?<tag>[a-z]{2,3})\b/i.exec(markup)?.groups?.['tag']
  return { ...page, truth: { ...truth, language: named ?? truth.language } }
}
