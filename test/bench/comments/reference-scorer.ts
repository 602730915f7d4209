import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { CommentPage, ReadPage } from './page.ts'
import { scorePage, sumScores } from './score/score.ts'

const run = promisify(execFile)

/** What the scorer beside the collected pages prints of a set, in the order of its report. */
const printed =
  /gt (\d+) pred (\d+) matched (\d+):[\s\S]*?author \S+ \((\d+)\/(\d+)\)  published \S+ \((\d+)\/(\d+);[\s\S]*?invented dates (\d+)\/\d+  parent \S+ \((\d+)\/(\d+)\)[\s\S]*?page-perfect \S+ \((\d+)\/(\d+)\)[\s\S]*?on negatives (\d+)/

/**
 * Holds our scores against those of the scorer that came with the pages, on the same predictions.
 * @returns false where there is no such scorer. @throws Error when the two disagree.
 */
export async function agreeWithReference(
  root: string,
  pages: readonly CommentPage[],
  reads: ReadonlyMap<string, ReadPage>,
): Promise<boolean> {
  const script = join(root, 'comments/score.mjs')
  if (!existsSync(script)) return false
  const predictions = Object.fromEntries(
    pages.map((page) => [relative(root, page.file), reads.get(page.key)?.comments ?? []]),
  )
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-bench-'))
  try {
    const file = join(folder, 'predictions.json')
    await writeFile(file, JSON.stringify(predictions))
    const { stdout } = await run(process.execPath, [
      script,
      join(root, 'comments/truth.json'),
      file,
      '--no-pages',
    ])
    const theirs = printed.exec(stdout)?.slice(1).map(Number).join(' ')
    const ours = countsOf(pages, reads).join(' ')
    if (theirs !== ours) throw new Error(`two scorers of the same comments disagree: ${theirs} and ${ours}`)
    return true
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function countsOf(pages: readonly CommentPage[], reads: ReadonlyMap<string, ReadPage>): number[] {
  const scores = pages.map((page) => scorePage(page, reads.get(page.key) ?? { comments: [] }))
  const positive = scores.filter(({ page }) => page.comments.length > 0)
  const sum = (value: (score: (typeof scores)[number]) => number) =>
    positive.reduce((total, score) => total + value(score), 0)
  return [
    sum(({ needed }) => needed),
    sum(({ given }) => given),
    sum(({ matched }) => matched),
    sum(({ author }) => author.right),
    sum(({ author }) => author.of),
    sum(({ time }) => time.right),
    sum(({ time }) => time.of),
    sum(({ invented }) => invented.right),
    sum(({ parent }) => parent.right),
    sum(({ parent }) => parent.of),
    positive.filter(({ isPerfect }) => isPerfect).length,
    positive.length,
    sumScores(scores).falseComments,
  ]
}
