import Table from 'cli-table3'
import { Argument, Command } from 'commander'
import { UsageError } from '../src/settings.ts'
import type { Bench, BenchTable } from '../test/bench/bench.ts'
import { missedFloors, missedGoals } from '../test/bench/floors.ts'
import { exit, runJob } from './wiring/run-job.ts'
import { wholeNumber } from './wiring/parse-whole-number.ts'

interface BenchFlags {
  readonly json: boolean
  readonly markdown: boolean
  readonly rounds?: number
  readonly pages?: number
  readonly siteCount?: number
  readonly comments?: number
  readonly kills: boolean
  readonly data?: string
  readonly sets?: string[]
  readonly peers: boolean
}

/** Every bench by its name; each lies in a folder of that name in `test/bench`. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  articles: async () => (await import('../test/bench/articles/articles-bench.ts')).articlesBench,
  comments: async () => (await import('../test/bench/comments/comments-bench.ts')).commentsBench,
  thread: async () => (await import('../test/bench/thread/thread-bench.ts')).threadBench,
  crawl: async () => (await import('../test/bench/crawl/crawl-bench.ts')).crawlBench,
  export: async () => (await import('../test/bench/export/export-bench.ts')).exportBench,
  duplicates: async () => (await import('../test/bench/duplicates/duplicates-bench.ts')).duplicatesBench,
  revisit: async () => (await import('../test/bench/revisit/revisit-bench.ts')).revisitBench,
  dashboard: async () => (await import('../test/bench/dashboard/dashboard-bench.ts')).dashboardBench,
  alarms: async () => (await import('../test/bench/alarms/alarms-bench.ts')).alarmsBench,
  scale: async () => (await import('../test/bench/scale/scale-bench.ts')).scaleBench,
  growth: async () => (await import('../test/bench/growth/growth-bench.ts')).growthBench,
}

export const command = new Command('bench')
  .description('Measures accuracy and speed, and fails when a figure lies below its floor.')
  .addArgument(new Argument('[name]', 'default: all of them').choices(Object.keys(benches)))
  .option('--json', 'print the figures as one JSON object; all else goes to standard error', false)
  .option('--markdown', 'print the tables as docs/benchmarks.md has them', false)
  .option('--rounds <number>', 'times that everything is measured', wholeNumber(1))
  .option('--pages <number>', 'size of the site that is made up, or of each set of pages', wholeNumber(1))
  .option('--site-count <number>', 'sites that are made up', wholeNumber(1))
  .option('--comments <number>', 'comments that are made up', wholeNumber(1))
  .option('--kills', 'scale: kill a worker every two seconds, for two minutes', false)
  .option(
    '--data <folder>',
    'where the collected pages are; default: COMMENTARIAT_BENCH_DATA, ../shared/data',
  )
  .option('--sets <names...>', 'sets of pages; default: all that are there')
  .option('--no-peers', 'measure only ours')
  .addHelpText('after', '\nExample:\n  npm run bench -- articles --json')

await runJob(command, async () => {
  const flags = command.opts<BenchFlags>()
  const results = []
  for (const name of command.args.length > 0 ? command.args : Object.keys(benches))
    results.push(await runBench(name, flags))
  const missed = results.flatMap((result) => result.missed)
  if (flags.json) process.stdout.write(`${JSON.stringify(jsonOf(results))}\n`)
  for (const { goals } of results)
    for (const line of goals) process.stderr.write(`short of its goal: ${line}\n`)
  for (const line of missed) process.stderr.write(`below its floor: ${line}\n`)
  return missed.length > 0 ? exit.failed : exit.done
})

async function runBench(name: string, flags: BenchFlags) {
  const bench = await benches[name]?.()
  if (bench === undefined) throw new UsageError(`there is no bench "${name}"`)
  process.stderr.write(`${name}: ${bench.description}\n`)
  const { figures, floors, tables } = await bench.run({
    rounds: flags.rounds ?? null,
    pages: flags.pages ?? null,
    sites: flags.siteCount ?? null,
    comments: flags.comments ?? null,
    kills: flags.kills,
    data: flags.data ?? null,
    sets: flags.sets ?? null,
    peers: flags.peers,
    note: (line) => process.stderr.write(`  ${line}\n`),
  })
  const draw = flags.markdown ? markdownOf : drawn
  if (!flags.json) for (const table of tables) process.stdout.write(`${draw(table)}\n`)
  const named = (lines: readonly string[]) => lines.map((line) => `${name}.${line}`)
  return {
    name,
    figures,
    missed: named(missedFloors(floors, figures)),
    goals: named(missedGoals(floors, figures)),
  }
}

function jsonOf(results: readonly Awaited<ReturnType<typeof runBench>>[]) {
  const figures = Object.fromEntries(results.map((result) => [result.name, result.figures]))
  return {
    ...figures,
    missed: results.flatMap(({ missed }) => missed),
    shortOfGoals: results.flatMap(({ goals }) => goals),
  }
}

function drawn({ head, rows }: BenchTable): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] } })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}

function markdownOf({ head, rows }: BenchTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'))
  return [head, rule, ...rows].map(line).join('')
}
