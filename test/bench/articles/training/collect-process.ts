/*
 * Collects what the judge of passages is trained on: `collect-process.ts FOLDER` writes a row of numbers for each passage
 * of the collected pages into it, for `fit.py`. docs/benchmarks.md has the whole way.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { nameWeight } from '../../../../src/extractors/article/body/name-words.ts'
import { learnLexicon } from './lexicon.ts'
import { featureRows } from './training-page.ts'
import { foldCount, foldOf, readTrainingSet, setOf } from './training-set.ts'

const [folder = 'training'] = process.argv.slice(2)
const note = (line: string): void => void process.stderr.write(`${line}\n`)

const pages = await readTrainingSet(note)
mkdirSync(folder, { recursive: true })

// The words' weights are learnt from the other folds: else the trees would trust them more than new pages allow.
const lexicons = Array.from({ length: foldCount }, (_, fold) =>
  learnLexicon(pages.filter((page) => foldOf(page) !== fold)),
)
const rows = openSync(join(folder, 'rows.bin'), 'w')
const heads = pages.map((page) => {
  const fold = foldOf(page)
  const numbers = featureRows(page, ({ names }) => nameWeight(names, lexicons[fold]))
  for (const row of numbers) if (row !== null) writeSync(rows, new Uint8Array(Float32Array.from(row).buffer))
  const judged = page.labels.filter((_, place) => numbers[place] !== null)
  return {
    key: page.page.key,
    set: setOf(page),
    fold,
    truthWords: page.page.truth.body.split(/\s+/).length,
    labels: judged,
  }
})
closeSync(rows)
writeFileSync(join(folder, 'pages.json'), JSON.stringify(heads))
writeFileSync(join(folder, 'lexicon.json'), JSON.stringify([...learnLexicon(pages)]))
note(
  `${pages.length} pages, ${heads.reduce((sum, { labels }) => sum + labels.length, 0)} passages in ${folder}`,
)
