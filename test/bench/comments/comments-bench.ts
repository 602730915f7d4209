import { parsePage } from '../../../src/extractors/page.ts'
import { locateThread } from '../../../src/extractors/comments/detect.ts'
import { decodeBytes } from '../../../src/normalise/charset.ts'
import { fetchedAt } from '../articles/our-extractor.ts'
import { readPage } from '../articles/page.ts'
import type { Bench, BenchOptions, BenchReport } from '../bench.ts'
import { judgedFloors } from '../judged-floors.ts'
import { type CommentCorpus, type DetectionCorpus, readCorpora } from './corpus.ts'
import { type DetectionScore, scoreDetection } from './detection.ts'
import { leakedComments } from './leaks.ts'
import { readThreads } from './our-threads.ts'
import type { ReadPage } from './page.ts'
import { agreeWithReference } from './reference-scorer.ts'
import { scorePage } from './score/score.ts'
import { figuresOf, type MeasuredSet, tablesOf } from './tables.ts'
import { scoreTopics } from './topics.ts'

/** How well comment sections of stored pages are read, and how well comment systems are recognised. */
export const commentsBench: Bench = {
  description: 'accuracy of comments on stored pages, and of telling comment systems apart',
  run,
}

async function run({ pages, data, sets, note }: BenchOptions): Promise<BenchReport> {
  const { root, comments, detection, topics } = await readCorpora({ data, names: sets, limit: pages, note })
  const measured: MeasuredSet[] = []
  for (const corpus of comments) {
    const whole = await readAll(corpus, false)
    measured.push(measure(corpus, whole, note), {
      ...measure(corpus, await readAll(corpus, true), () => undefined),
      name: `${corpus.name}.withoutData`,
    })
    if (corpus.name !== 'collected' || pages !== null) continue
    if (await agreeWithReference(root, corpus.pages, whole)) note('score.mjs agrees on every count')
  }
  const told = detection === null ? null : await detect(detection, note)
  const scored = topics === null ? null : await scoreTopics(topics.pages, note)
  const corpora = [...comments, detection, topics].filter((corpus) => corpus !== null)
  return {
    figures: figuresOf(measured, told, scored),
    floors: judgedFloors('comments', corpora, note),
    tables: tablesOf(measured, told, scored),
  }
}

async function readAll(
  { pages }: CommentCorpus,
  isStripped: boolean,
): Promise<ReadonlyMap<string, ReadPage>> {
  const reads = new Map<string, ReadPage>()
  for (const page of pages) reads.set(page.key, await readThreads(page, isStripped))
  return reads
}

/** Scores a set, and notes a line for each page that was not read to perfection. */
function measure(
  { name, pages }: CommentCorpus,
  reads: ReadonlyMap<string, ReadPage>,
  note: (line: string) => void,
): MeasuredSet {
  const scores = []
  const leaks = { right: 0, of: 0 }
  const faults: string[] = []
  for (const page of pages) {
    const read = reads.get(page.key)
    if (read === undefined) continue
    const score = scorePage(page, read)
    const leaked = leakedComments(page, read)
    leaks.right += leaked.right
    leaks.of += leaked.of
    scores.push(score)
    if (read.fault !== null) faults.push(`${page.key}: ${read.fault}`)
    const isFine = page.comments.length > 0 ? score.isPerfect : read.comments.length === 0
    if (isFine && leaked.right === 0) continue
    const share = (label: string, { right, of }: typeof leaked) =>
      right === of ? '' : `, ${label} ${right}/${of}`
    note(
      `${page.key} [${page.platform}, read as ${read.platform ?? 'none'}]: ${score.matched} of ${score.needed}, ` +
        `${score.given - score.matched} too many${share('author', score.author)}${share('time', score.time)}` +
        `${share('parent', score.parent)}${leaked.right > 0 ? `, ${leaked.right} in the article` : ''}`,
    )
  }
  for (const fault of faults) note(`failed on ${fault}`)
  return { name, scores, leaks, faults: faults.length }
}

async function detect({ pages }: DetectionCorpus, note: (line: string) => void): Promise<DetectionScore> {
  const told = new Map<string, string | null>()
  for (const { key, file, url } of pages) {
    const page = parsePage(decodeBytes(await readPage(file), null, { kind: 'html' }).text, url, fetchedAt)
    const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: url }
    told.set(key, locateThread(page, context)?.platform.name ?? null)
  }
  const score = scoreDetection(pages, told)
  for (const mistake of score.mistakes) note(mistake)
  return score
}
