/*
 * How well whole bodies are found: `score-process.ts FOLDER [WORST]` prints body F1 of each set by the rules alone, by
 * trees that never saw the page's host (the likelihoods that `fit.py` left in FOLDER), and as extraction does it today.
 * Then the pages that lose the most on hosts never seen.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from '../../../../src/extractors/article/page-outline.ts'
import { leastLikely, reviewJudged } from '../../../../src/extractors/article/body/passage-judge.ts'
import { PassageTree } from '../../../../src/extractors/article/body/passage-tree.ts'
import {
  compareBodies,
  harmonicMean,
  type Overlap,
  precisionOf,
  recallOf,
  scoreBodies,
} from '../score/body.ts'
import { featureRows, judgedBody, ruledBody, type TrainingPage } from './training-page.ts'
import { readTrainingSet, setOf } from './training-set.ts'

/** Characters of a body from which on extraction does not look for it elsewhere than in the markup. */
const shortBody = 200

const [folder = 'training', worst = '20'] = process.argv.slice(2)
const bytes = readFileSync(join(folder, 'likely.bin'))
const likely = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
const pages = await readTrainingSet(() => undefined)

let read = 0
const scored = pages.map((page) => {
  const unseen = judgedBody(page, keptOf(page))
  const today = page.today()
  return {
    page,
    rules: overlapOf(page, ruledBody(page)),
    unseen: overlapOf(page, unseen.length < shortBody ? today : unseen),
    today: overlapOf(page, today),
  }
})
if (read !== likely.length)
  throw new Error(`${folder} holds ${likely.length} likelihoods for ${read} passages: collect and fit again`)

for (const set of new Set(pages.map(setOf))) {
  const own = scored.filter(({ page }) => setOf(page) === set)
  const f1 = (way: 'rules' | 'unseen' | 'today') => scoreBodies(own.map((score) => score[way])).f1.toFixed(4)
  process.stdout.write(
    `${set}: rules ${f1('rules')}, hosts never seen ${f1('unseen')}, today ${f1('today')}\n`,
  )
}
const byLoss = scored.toSorted((one, other) => f1Of(one.unseen) - f1Of(other.unseen))
for (const { page, rules, unseen, today } of byLoss.slice(0, Number(worst))) {
  process.stdout.write(
    `${f1Of(unseen).toFixed(3)} (precision ${precisionOf(unseen).toFixed(3)}, recall ${recallOf(unseen).toFixed(3)}; rules ${f1Of(rules).toFixed(3)}, today ${f1Of(today).toFixed(3)}) ${page.page.key}\n`,
  )
}

/** The likelihoods stand in the order of the pages and their judged passages. */
function keptOf(page: TrainingPage): Uint8Array {
  const kept = new Uint8Array(page.blocks.length)
  const rows = featureRows(page, () => 0)
  const judged: Block[] = []
  const doubtful = new Uint8Array(page.blocks.length)
  page.passages.forEach((passage, place) => {
    if (rows[place] === null) return
    judged.push(passage)
    const likelihood = likely[read] ?? 0
    if (likelihood >= leastLikely.alone) kept[passage.index] = 1
    else if (likelihood >= leastLikely.amongKept) doubtful[passage.index] = 1
    read++
  })
  const { headline } = page.findings
  reviewJudged(new PassageTree(page.blocks), { judged, doubtful, headline }, kept)
  return kept
}

function overlapOf({ page }: TrainingPage, body: string): Overlap {
  return compareBodies(page.truth.body, body)
}

function f1Of(overlap: Overlap): number {
  return harmonicMean(precisionOf(overlap), recallOf(overlap))
}
