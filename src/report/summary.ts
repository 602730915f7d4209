import Table from 'cli-table3'
import { type FailureClass, failureClasses } from '../failure.ts'
import type { SiteReport } from './site-report.ts'

/** One failure, as it is listed under the summary. */
export interface ReportedFailure {
  readonly site: string
  readonly class: FailureClass
  readonly message: string
}

const MOST_FAILURES = 12

/** The summary of a crawl for a person: one line for each site, then what was incomplete and what failed, with the remedy. */
export function renderSummary(reports: readonly SiteReport[], failures: readonly ReportedFailure[]): string {
  const parts = [
    siteTable(reports),
    incompleteLines(reports),
    failureLines(reports, failures),
    verdict(reports),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const number = new Intl.NumberFormat('en')
const count = (value: number): string => (value === 0 ? '·' : number.format(value))

function siteTable(reports: readonly SiteReport[]): string {
  const table = new Table({
    head: ['', 'articles', '', '', 'comments', '', '', '', 'threads', '', 'requests', '', '', ''],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    chars: noBorders,
    colAligns: ['left', ...Array.from({ length: 12 }, () => 'right' as const), 'left'],
  })
  table.push([
    'site',
    'new',
    'changed',
    'same',
    'new',
    'edited',
    'removed',
    'same',
    'complete',
    'not',
    'made',
    '304',
    'seconds',
    'outcome',
  ])
  for (const report of reports) {
    const { articles, comments, threads } = report
    table.push([
      report.site,
      count(articles.new),
      count(articles.changed),
      count(articles.unchanged),
      count(comments.new),
      count(comments.edited),
      count(comments.removed),
      count(comments.unchanged),
      count(threads.complete),
      count(threads.incomplete),
      count(report.requests),
      count(report.notModified),
      report.seconds.toFixed(1),
      outcomeWords[report.outcome],
    ])
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const noBorders = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
)

const outcomeWords: Record<SiteReport['outcome'], string> = {
  done: 'done',
  partial: 'done, with failures',
  failed: 'FAILED',
  interrupted: 'interrupted',
  held: 'held by another process',
}

function incompleteLines(reports: readonly SiteReport[]): string {
  const lines = reports.flatMap(({ site, threads }) =>
    Object.entries(threads.reasons).map(
      ([reason, threadCount]) =>
        `  ${site}: ${threadCount} ${threadCount === 1 ? 'thread' : 'threads'} incomplete (${reason})`,
    ),
  )
  return lines.length === 0 ? '' : ['Incomplete threads', ...lines].join('\n')
}

function failureLines(reports: readonly SiteReport[], failures: readonly ReportedFailure[]): string {
  const shown = failures
    .slice(0, MOST_FAILURES)
    .map(
      ({ site, class: name, message }) =>
        `  ${site}: ${message} [${name}]\n    ${failureClasses[name].advice}`,
    )
  const rest = failures.length - shown.length
  if (rest > 0)
    shown.push(`  and ${rest} more: npm run sql -- "select * from failures order by id desc limit 50"`)
  const whole = reports.filter(({ error }) => error !== null).map(({ site, error }) => `  ${site}: ${error}`)
  const isTold = (line: string) => failures.some(({ message }) => line.includes(message))
  const lines = [...whole.filter((line) => !isTold(line)), ...shown]
  return lines.length === 0 ? '' : ['Failures', ...lines].join('\n')
}

function verdict(reports: readonly SiteReport[]): string {
  const isStill = reports.every(({ changed }) => !changed)
  const looked = reports.reduce((sum, { articles }) => sum + articles.unchanged, 0)
  if (!isStill) return ''
  return looked === 0
    ? 'Nothing changed.'
    : `Nothing changed: ${number.format(looked)} articles are as they were.`
}
