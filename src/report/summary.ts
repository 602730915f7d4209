import Table from 'cli-table3'
import { type FailureClass, failureClasses } from '../failure.ts'
import type { SiteReport } from './site-report.ts'

/** One failure, as it is listed under the summary. */
export interface ReportedFailure {
  readonly site: string
  readonly class: FailureClass
  readonly message: string
}

const MOST_EXAMPLES = 3

/** The summary of a crawl for a person: one line for each site, then alarms, what was incomplete and what failed, with the remedy. */
export function renderSummary(reports: readonly SiteReport[], failures: readonly ReportedFailure[]): string {
  const parts = [
    siteTable(reports),
    alarmLines(reports),
    leftOutLines(reports),
    unbelievedLines(reports),
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
  not_due: 'not due',
  queued: 'waits for a worker',
  set_aside: 'set aside',
}

function alarmLines(reports: readonly SiteReport[]): string {
  const lines = reports.flatMap(({ site, alarms }) =>
    alarms.map(({ message, kind }) => `  ${site}: ${message} [${kind}]`),
  )
  return lines.length === 0 ? '' : ['Alarms', ...lines].join('\n')
}

function leftOutLines(reports: readonly SiteReport[]): string {
  const lines = reports.flatMap(({ site, sourcesNotDue: sources, threads: { partial } }) => [
    ...(sources === 0
      ? []
      : [
          `  ${site}: ${several(sources, 'source', 'sources')}, which seldom bring something new; --refresh asks them too`,
        ]),
    ...(partial === 0
      ? []
      : [
          `  ${site}: ${several(partial, 'long thread', 'long threads')}, where comments began that are held; ` +
            `--refresh reads ${partial === 1 ? 'it' : 'them'} in full`,
        ]),
  ])
  return lines.length === 0 ? '' : ['Left out', ...lines].join('\n')
}

function unbelievedLines(reports: readonly SiteReport[]): string {
  const lines = reports
    .filter(({ untrueValidators }) => untrueValidators > 0)
    .map(
      ({ site, untrueValidators: untrue }) =>
        `  ${site}: ${several(untrue, 'address', 'addresses')} gave other bytes under the same ETag or time of change; ` +
        `${untrue === 1 ? 'it is' : 'they are'} asked for whole from now on`,
    )
  return lines.length === 0 ? '' : ['Not believed', ...lines].join('\n')
}

const several = (amount: number, one: string, many: string): string =>
  `${number.format(amount)} ${amount === 1 ? one : many}`

function incompleteLines(reports: readonly SiteReport[]): string {
  const lines = reports.flatMap(({ site, threads }) =>
    Object.entries(threads.reasons).map(
      ([reason, threadCount]) =>
        `  ${site}: ${several(threadCount, 'thread', 'threads')} incomplete (${reason})`,
    ),
  )
  return lines.length === 0 ? '' : ['Incomplete threads', ...lines].join('\n')
}

function failureLines(reports: readonly SiteReport[], failures: readonly ReportedFailure[]): string {
  const isTold = (error: string) => failures.some(({ message }) => message === error)
  const whole = reports.flatMap(({ site, error }) =>
    error === null || isTold(error) ? [] : [`  ${site}: ${error}`],
  )
  const kinds = new Map<string, ReportedFailure[]>()
  for (const failure of failures) {
    const kind = `${failure.site} ${failure.class}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), failure])
  }
  const lines = [...whole, ...[...kinds.values()].flatMap(kindLines)]
  return lines.length === 0 ? '' : ['Failures', ...lines].join('\n')
}

/** The failures of one kind on one site: a few of them, how many more there are, and the remedy. */
function kindLines(failures: readonly ReportedFailure[]): string[] {
  const lines = failures
    .slice(0, MOST_EXAMPLES)
    .map(({ site, class: name, message }) => `  ${site}: ${message} [${name}]`)
  const rest = failures.length - lines.length
  if (rest > 0)
    lines.push(`    and ${rest} more: npm run sql -- "select url, message from failures order by id desc"`)
  const advice = failures.slice(0, 1).map(({ class: name }) => `    ${failureClasses[name].advice}`)
  return [...lines, ...advice]
}

function verdict(reports: readonly SiteReport[]): string {
  const isStill = reports.every(({ changed }) => !changed)
  const looked = reports.reduce((sum, { articles }) => sum + articles.unchanged, 0)
  if (!isStill) return ''
  return looked === 0
    ? 'Nothing changed.'
    : `Nothing changed: ${number.format(looked)} articles are as they were.`
}
