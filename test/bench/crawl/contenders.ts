import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { openDatabase } from '../../../src/db/client.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import type { SiteDeclaration } from '../../../src/sites/site.ts'
import { COMMENTS_PER_ARTICLE } from './compose-site.ts'
import { fileBeside, type Measured, measure, measuredJob, measuredNode } from './contender.ts'
import { type Digest, makeDatabase } from './scratch-database.ts'
import type { RunningSite } from './site.ts'

const CONNECTIONS = 16

export interface Arena {
  readonly site: RunningSite
  /** Articles of the site: a run that brings fewer has failed. */
  readonly pages: number
  readonly serverUrl: string
  /** For the contenders' files. */
  readonly folder: string
}

/** undici and htmlparser2, nothing stored. */
export async function runFloor({ site, pages, folder }: Arena): Promise<Measured> {
  return measure(
    {
      program: process.execPath,
      arguments: [...measuredNode, fileBeside('floor-crawl.ts'), site.origin, String(CONNECTIONS)],
      countPages: (printed) => {
        const found = z.object({ pages: z.number(), comments: z.number() }).parse(printed)
        if (found.comments !== pages * COMMENTS_PER_ARTICLE) throw new Error(`${found.comments} comments`)
        return wholeNumber(found.pages, pages)
      },
    },
    folder,
  )
}

export interface Written {
  readonly bytes: number
  readonly rows: number
}

export interface OurRuns {
  readonly first: Measured & Written
  /** The same crawl again, with nothing changed; null when it was not asked for. */
  readonly again: (Measured & Written) | null
  readonly stored: Stored
}

export interface Stored {
  readonly articles: Digest
  readonly comments: Digest
}

/** The crawl as a person runs it, into a fresh database, and once more. */
export async function runOurs(arena: Arena, options: { readonly again: boolean }): Promise<OurRuns> {
  const database = await makeDatabase(arena.serverUrl, 'commentariat_bench_ours')
  try {
    const environment = await prepareOurs(arena, database.url)
    const crawl = async (flags: readonly string[]) => {
      const rows = await database.writtenRows()
      await arena.site.takeCounts()
      const measured = await measure(ourCommand(environment, flags, arena.pages), arena.folder)
      const { bytes } = await arena.site.takeCounts()
      return { ...measured, bytes, rows: (await database.writtenRows()) - rows }
    }
    const first = await crawl([])
    const again = options.again ? await crawl(['--refresh']) : null
    const stored = {
      articles: await database.digest(storedArticles('published_at')),
      comments: await database.digest(ourComments),
    }
    return { first, again, stored }
  } finally {
    await database.drop()
  }
}

async function prepareOurs(arena: Arena, databaseUrl: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(arena.folder, 'ours-'))
  const declaration: SiteDeclaration = {
    id: 'harbour-post',
    name: 'The Harbour Post',
    url: `${arena.site.origin}/`,
    sources: [{ kind: 'sitemap', url: '/sitemap.xml' }],
    delaySeconds: 0,
    connections: CONNECTIONS,
  }
  await writeFile(join(folder, 'harbour-post.json'), JSON.stringify(declaration))
  const database = await openDatabase({ databaseUrl, dataFolder: folder })
  await migrateDatabase(database)
  await database.close()
  return {
    DATABASE_URL: databaseUrl,
    COMMENTARIAT_DATA: folder,
    COMMENTARIAT_SITES: folder,
    LOG_LEVEL: 'warn',
  }
}

const summaryShape = z.object({
  sites: z.tuple([
    z.object({ articles: z.object({ new: z.number(), changed: z.number(), unchanged: z.number() }) }),
  ]),
})

function ourCommand(environment: Record<string, string>, flags: readonly string[], pages: number) {
  return {
    program: process.execPath,
    arguments: [...measuredJob('crawl'), 'harbour-post', '--allow-private-network', '--json', ...flags],
    environment,
    countPages: (printed: unknown) => {
      const [{ articles }] = summaryShape.parse(printed).sites
      return wholeNumber(articles.new + articles.changed + articles.unchanged, pages)
    },
  }
}

const run = promisify(execFile)

/** The Python that can import Scrapy and psycopg2, or null. */
export async function findScrapy(): Promise<string | null> {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const canImport = await run(python, ['-c', 'import scrapy, psycopg2']).then(
      () => true,
      () => false,
    )
    if (canImport) return python
  }
  return null
}

export async function runScrapy(
  arena: Arena,
  python: string,
): Promise<{ measured: Measured; stored: Stored }> {
  const database = await makeDatabase(arena.serverUrl, 'commentariat_bench_scrapy')
  try {
    const measured = await measure(
      {
        program: python,
        arguments: [fileBeside('scrapy-crawl.py'), arena.site.origin, database.url, String(CONNECTIONS)],
        countPages: (printed) =>
          wholeNumber(z.object({ pages: z.number() }).parse(printed).pages, arena.pages),
      },
      arena.folder,
    )
    const stored = {
      articles: await database.digest(storedArticles('published_at')),
      comments: await database.digest(scrapyComments),
    }
    return { measured, stored }
  } finally {
    await database.drop()
  }
}

function wholeNumber(found: number, expected: number): number {
  if (found !== expected) throw new Error(`${found} pages were taken instead of ${expected}`)
  return found
}

const words = (column: string): string => `btrim(regexp_replace(${column}, '\\s+', ' ', 'g'))`
const storedArticles = (published: string): string => `
  select concat_ws('|', url, ${words('title')}, extract(epoch from ${published}), ${words('body_text')}) as line
  from articles`
const ourComments = `
  select concat_ws('|', a.url, c.native_id, coalesce(p.native_id, '-'), c.author_name,
    extract(epoch from c.published_at), ${words('c.body_text')}) as line
  from comments c join articles a on a.id = c.article_id left join comments p on p.id = c.parent_id`
const scrapyComments = `
  select concat_ws('|', a.url, c.native_id, coalesce(c.parent_native_id, '-'), c.author_name,
    extract(epoch from c.published_at), ${words('c.body_text')}) as line
  from comments c join articles a on a.id = c.article_id`
