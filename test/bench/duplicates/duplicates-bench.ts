import { sql } from 'drizzle-orm'
import { openDatabase } from '../../../src/db/client.ts'
import { groupCopies } from '../../../src/db/group-copies.ts'
import { migrateDatabase } from '../../../src/db/migrate.ts'
import { createRandom } from '../../../src/demo/random.ts'
import { startPostgres } from '../../databases/postgres-server.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { makeDatabase } from '../crawl/scratch-database.ts'
import { readFloors } from '../floors.ts'
import { type EditKind, editKinds, editText } from './edits.ts'
import { pairScore, type PairScore } from './pair-score.ts'
import { readSources, type Source } from './sources.ts'
import { countPages, readClusters, storeOthers, storeTexts, type StoredText } from './stored-articles.ts'

/** Copies of articles, edited as others edit them, among articles that are no copies. */
export const duplicatesBench: Bench = {
  description: 'copies found among articles and edits of them, and what a new article takes',
  run,
}

/** Articles that are stored before the measured ones. */
const few = 5_000
const many = 50_000
const MEASURED = 200
const ROUNDS = 4

async function run(options: BenchOptions): Promise<BenchReport> {
  const sources = await readSources(options)
  const named = process.env['DATABASE_URL']
  const server = named === undefined ? await startPostgres() : null
  const arena = { serverUrl: named ?? server?.url ?? '', note: options.note }
  try {
    const scores = []
    for (const source of sources) scores.push(await scoreSource(source, arena))
    const all = await scoreSource({ name: 'all', texts: sources.flatMap(({ texts }) => texts) }, arena)
    const rounds = options.rounds ?? ROUNDS
    const small = await costWith(few, sources, rounds, arena)
    const large = await costWith(many, sources, rounds, arena)
    return reportOf(scores, all, { small, large })
  } finally {
    await server?.stop()
  }
}

interface Arena {
  readonly serverUrl: string
  readonly note: (line: string) => void
}

interface Scored extends PairScore {
  readonly name: string
  readonly originals: number
  /** Share of edits that are in the cluster of their original, in the order of `editKinds`. */
  readonly found: readonly number[]
}

/** Every text with one edit of each kind, in any order. */
async function scoreSource({ name, texts }: Source, arena: Arena): Promise<Scored> {
  const random = createRandom(8).fork(name)
  const words = texts.flatMap((text) => text.match(/\p{L}{3,}/gu)?.slice(0, 50) ?? [])
  const stored: StoredText[] = texts.flatMap((text, index) => [
    { url: `${index} original`, text },
    ...editKinds.map((kind) => ({ url: `${index} ${kind}`, text: editText(text, kind, random, words) })),
  ])
  const clusters = await inDatabase(arena.serverUrl, async (db) => {
    await storeTexts(db, random.sample(stored, stored.length))
    await groupCopies(db)
    return readClusters(db)
  })
  const familyOf = (url: string) => url.split(' ')[0] ?? ''
  const score = pairScore(
    stored.map(({ url }) => ({ family: familyOf(url), cluster: clusters.get(url) ?? null })),
  )
  const isFound = (index: number, kind: EditKind) => {
    const cluster = clusters.get(`${index} original`)
    return cluster !== undefined && cluster === clusters.get(`${index} ${kind}`)
  }
  const foundOf = (kind: EditKind) => texts.filter((_, index) => isFound(index, kind)).length / texts.length
  const found = editKinds.map(foundOf)
  arena.note(`${name}: precision ${score.precision.toFixed(4)}, recall ${score.recall.toFixed(4)}`)
  return { name, originals: texts.length, ...score, found }
}

/** What a new article takes beside so many that are stored, in the best of the rounds. */
async function costWith(
  stored: number,
  sources: readonly Source[],
  rounds: number,
  arena: Arena,
): Promise<Cost> {
  const texts = sources.flatMap(({ texts }) => texts)
  const random = createRandom(stored)
  return inDatabase(arena.serverUrl, async (db) => {
    await storeOthers(db, stored)
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const measured = Array.from({ length: MEASURED }, (_, index) => round * MEASURED + index)
      const textOf = (number: number) => texts[number % texts.length] ?? ''
      await storeTexts(
        db,
        measured.map((number) => ({
          url: String(number),
          text: editText(textOf(number), 'style', random, ['word']),
        })),
      )
      const start = performance.now()
      await groupCopies(db)
      times.push((performance.now() - start) / MEASURED)
    }
    const milliseconds = Math.min(...times)
    const pages = await countPages(db, MEASURED)
    arena.note(`${stored} stored: ${pages.toFixed(0)} pages, ${milliseconds.toFixed(2)} ms for a new article`)
    return { stored, pages, milliseconds }
  })
}

async function inDatabase<Result>(
  serverUrl: string,
  work: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<Result>,
): Promise<Result> {
  const made = await makeDatabase(serverUrl, 'commentariat_bench_duplicates')
  try {
    const database = await openDatabase({ databaseUrl: made.url, dataFolder: '' })
    try {
      await migrateDatabase(database)
      // What the texts are searched by takes longer than what is measured.
      await database.db.execute(sql`drop index articles_words_idx`)
      return await work(database.db)
    } finally {
      await database.close()
    }
  } finally {
    await made.drop()
  }
}

interface Cost {
  readonly stored: number
  /** Pages of the database that are looked at; says the same on a busy machine. */
  readonly pages: number
  readonly milliseconds: number
}

function reportOf(
  scores: readonly Scored[],
  all: Scored,
  { small, large }: { readonly small: Cost; readonly large: Cost },
): BenchReport {
  const round = (value: number) => Number(value.toFixed(4))
  const figures = {
    precision: round(all.precision),
    recall: round(all.recall),
    demoPrecision: round(scores.find(({ name }) => name === 'demo')?.precision ?? Number.NaN),
    costGrowth: round(large.pages / small.pages),
    millisecondsPerArticle: round(large.milliseconds),
  }
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const rows = [...scores, all].map(({ name, originals, precision, recall, found }) => [
    name,
    String(originals),
    percent(precision),
    percent(recall),
    ...found.map(percent),
  ])
  return {
    figures,
    floors: readFloors('duplicates').figures,
    tables: [
      { head: ['texts', 'originals', 'precision', 'recall', ...editKinds], rows },
      {
        head: ['articles stored', 'pages for a new one', 'milliseconds'],
        rows: [small, large].map(({ stored, pages, milliseconds }) => [
          String(stored),
          pages.toFixed(0),
          milliseconds.toFixed(2),
        ]),
      },
    ],
  }
}
