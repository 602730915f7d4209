import type { BenchTable } from '../bench.ts'
import type { DetectionScore } from './detection.ts'
import { type PageScore, type Share, sumScores } from './score/score.ts'
import type { TopicScore } from './topics.ts'

export interface MeasuredSet {
  /** The set's name; that of its robustness row ends in `.withoutData`. */
  readonly name: string
  readonly scores: readonly PageScore[]
  /** Comments that stand in the article's text, of those that are long enough to tell. */
  readonly leaks: Share
  readonly faults: number
}

type Figures = Record<string, number | null>

/** All that was measured, by name. */
export function figuresOf(
  measured: readonly MeasuredSet[],
  detection: DetectionScore | null,
  topics: TopicScore | null,
): Figures {
  const figures: Figures = {}
  for (const { name, scores, leaks, faults } of measured) {
    const { pages: _pages, ...sums } = sumScores(scores)
    const values = { ...sums, leaks: leaks.of === 0 ? null : leaks.right / leaks.of, faults }
    for (const [figure, value] of Object.entries(values)) {
      figures[`${name}.${figure}`] = value === null ? null : rounded(value)
    }
  }
  if (detection !== null) {
    figures['fundus.detection'] = rounded(detection.accuracy)
    figures['fundus.detectionRecall'] = rounded(detection.recall)
    figures['fundus.falseThreads'] = detection.falseThreads
  }
  for (const [figure, value] of Object.entries(topics ?? {}))
    figures[`topics.${figure}`] = value === null ? null : rounded(value)
  return figures
}

const rounded = (value: number): number => Number(value.toFixed(4))

/** A table of the sets, one of each set's platforms, and one of the comment systems that were told apart. */
export function tablesOf(
  measured: readonly MeasuredSet[],
  detection: DetectionScore | null,
  topics: TopicScore | null,
): BenchTable[] {
  const sets = {
    head: ['comments', ...heads, 'leaks'],
    rows: measured.map(({ name, scores, leaks }) => [
      rowNames[name] ?? name,
      ...cellsOf(scores),
      leaks.of === 0 ? '' : (leaks.right / leaks.of).toFixed(3),
    ]),
  }
  const platforms = measured.flatMap(({ name, scores }) =>
    name.includes('.') ? [] : [platformTable(name, scores)],
  )
  return [
    sets,
    ...platforms,
    ...(detection === null ? [] : [detectionTable(detection)]),
    ...(topics === null ? [] : [topicTable(topics)]),
  ]
}

const rowNames: Readonly<Record<string, string>> = {
  'own.withoutData': 'own, without data-*',
  'collected.withoutData': 'collected, without data-*',
}

const heads = [
  'pages',
  'precision',
  'recall',
  'F1',
  'author',
  'time',
  'any zone',
  'parent',
  'page-perfect',
  'false',
]

function cellsOf(scores: readonly PageScore[]): string[] {
  const { pages, precision, recall, f1, author, time, timeInAnyZone, parent, pagePerfect, falseComments } =
    sumScores(scores)
  const shares = [precision, recall, f1, author, time, timeInAnyZone, parent, pagePerfect]
  return [String(pages), ...shares.map((share) => share?.toFixed(3) ?? ''), String(falseComments)]
}

function platformTable(name: string, scores: readonly PageScore[]): BenchTable {
  const kinds = new Map<string, PageScore[]>()
  for (const score of scores) {
    const { kind, platform, comments } = score.page
    const row =
      comments.length === 0 ? 'pages without comments' : kind === 'forum' ? `${platform} (forum)` : platform
    kinds.set(row, [...(kinds.get(row) ?? []), score])
  }
  const rows = [...kinds].toSorted(([one], [other]) => one.localeCompare(other, 'en'))
  return { head: [`${name}, by platform`, ...heads], rows: rows.map(([row, of]) => [row, ...cellsOf(of)]) }
}

function topicTable({ pages, ...shares }: TopicScore): BenchTable {
  const cells = Object.values(shares).map((share) => share?.toFixed(3) ?? '')
  return {
    head: ['topics of forums', 'title', 'author', 'day', 'posts F1', 'precision', 'recall'],
    rows: [[`${pages} pages`, ...cells]],
  }
}

function detectionTable({ rows }: DetectionScore): BenchTable {
  return {
    head: ['fundus, comment systems', 'pages', 'told', 'mistaken for it'],
    rows: rows.map(({ platform, pages, found, mistaken }) => [
      platform,
      String(pages),
      String(found),
      String(mistaken),
    ]),
  }
}
