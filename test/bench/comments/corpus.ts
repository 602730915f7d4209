import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { UsageError } from '../../../src/settings.ts'
import { isThere } from '../articles/sets.ts'
import { fetchedAt } from '../articles/our-extractor.ts'
import { readOwnPages } from './own-pages.ts'
import type { BenchPage } from '../articles/page.ts'
import type { CommentPage } from './page.ts'
import { readTopics } from './topics.ts'
import { type DetectionPage, readDetectionPages } from './detection.ts'

export interface CommentCorpus {
  readonly name: 'own' | 'collected'
  readonly pages: readonly CommentPage[]
  /** Of the pages' bytes and their truths; floors hold for the digest that they were measured on. */
  readonly digest: string
}

export interface DetectionCorpus {
  readonly name: 'fundus'
  readonly pages: readonly DetectionPage[]
  readonly digest: string
}

export interface TopicCorpus {
  readonly name: 'topics'
  readonly pages: readonly BenchPage[]
  readonly digest: string
}

export interface CommentCorpora {
  /** The folder with `comments` and `articles`, for whoever scores the same pages another way. */
  readonly root: string
  readonly comments: readonly CommentCorpus[]
  readonly detection: DetectionCorpus | null
  readonly topics: TopicCorpus | null
}

export interface CorpusOptions {
  /** Null: of the environment, or beside the project. */
  readonly data: string | null
  /** Null: all of them. */
  readonly names: readonly string[] | null
  /** Pages of each set at most; null: all of them. */
  readonly limit: number | null
  readonly note: (line: string) => void
}

const setNames = ['own', 'collected', 'fundus', 'topics']
const besideProject = fileURLToPath(new URL('../../../../shared/data', import.meta.url))

/**
 * Our own written pages, and of the collected ones those that are there. What is missing is told in one line.
 * @throws UsageError for a set that nobody knows.
 */
export async function readCorpora({ data, names, limit, note }: CorpusOptions): Promise<CommentCorpora> {
  const unknown = (names ?? []).filter((name) => !setNames.includes(name))
  if (unknown.length > 0)
    throw new UsageError(`no such set: ${unknown.join(', ')}; known are ${setNames.join(', ')}`)
  const root = data ?? (process.env['COMMENTARIAT_BENCH_DATA'] || besideProject)
  const isWanted = (name: string): boolean => names === null || names.includes(name)
  const isHere = (name: string, path: string): boolean => {
    if (!isWanted(name) || isThere(join(root, path))) return isWanted(name)
    note(`${name}: no ${path} in ${root}; docs/benchmarks.md says what it is, --data where to look for it`)
    return false
  }
  const cut = <Page>(pages: readonly Page[]): readonly Page[] => pages.slice(0, limit ?? undefined)
  const comments: CommentCorpus[] = []
  if (isWanted('own')) comments.push(await withDigest('own', cut(await readOwnPages())))
  if (isHere('collected', 'comments/truth.json'))
    comments.push(await withDigest('collected', cut(await readCollected(root))))
  const detection = isHere('fundus', 'articles/fundus')
    ? await withDigest('fundus', cut(await readDetectionPages(join(root, 'articles/fundus'))))
    : null
  const topics = isHere('topics', 'articles/wcxb/forum')
    ? await withDigest('topics', cut(await readTopics(join(root, 'articles/wcxb/forum'))))
    : null
  return { root, comments, detection, topics }
}

async function withDigest<Name extends string, Page extends { readonly file: string; readonly key: string }>(
  name: Name,
  pages: readonly Page[],
) {
  const hash = createHash('sha256')
  for (const page of pages) {
    // Not by the place where it lies.
    hash.update(JSON.stringify({ ...page, file: '' })).update(await readFile(page.file))
  }
  return { name, pages, digest: `${pages.length} pages ${hash.digest('hex').slice(0, 16)}` }
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const truthShape = z.array(
  z.object({
    file: z.string(),
    url: z.string(),
    platform: z.string(),
    kind: z.enum(['article', 'forum']),
    comments: z.array(
      z.object({
        id: text,
        parent: text,
        author: text,
        published: text,
        publishedRaw: text,
        text: z.string(),
        title: text,
        isPing: flag,
        isOpening: flag,
        isAnswer: flag,
      }),
    ),
  }),
)

/** The collected pages, with the truths that lie beside them in `comments/truth.json`. */
async function readCollected(root: string): Promise<CommentPage[]> {
  const written = await readFile(join(root, 'comments/truth.json'), 'utf8')
  return truthShape.parse(JSON.parse(written)).map(({ file, url, ...told }) => ({
    ...told,
    key: `collected/${file}`,
    file: join(root, file),
    // One page came without the address that it was read from.
    url: URL.canParse(url) && /^https?:/.test(url) ? url : `https://page.example/${basename(file)}`,
    fetchedAt,
    timezone: null,
  }))
}
