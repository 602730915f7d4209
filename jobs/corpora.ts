import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Table from 'cli-table3'
import { Argument, Command } from 'commander'
import { UsageError } from '../src/settings.ts'
import type { CorpusDriver, CorpusOutcome } from '../test/corpora/corpus.ts'
import { feedsCorpus, htmlCorpus } from '../test/corpora/markup-corpora.ts'
import { robotsCorpus } from '../test/corpora/robots-corpus.ts'
import { charsetsCorpus, jsonCorpus, stringsCorpus, urlsCorpus } from '../test/corpora/text-corpora.ts'
import { exit, runJob } from './wiring/run-job.ts'

const drivers: Readonly<Record<string, CorpusDriver>> = {
  robots: robotsCorpus,
  urls: urlsCorpus,
  strings: stringsCorpus,
  json: jsonCorpus,
  html5lib: htmlCorpus,
  feeds: feedsCorpus,
  charsets: charsetsCorpus,
}

const besideProject = fileURLToPath(new URL('../../shared/data', import.meta.url))

export const command = new Command('corpora')
  .description("Drives the parsers with other people's test cases, and fails when fewer hold than must.")
  .addArgument(new Argument('[names...]', 'default: all that are there').choices(Object.keys(drivers)))
  .option(
    '--data <folder>',
    'the folder that holds `corpora`; default: COMMENTARIAT_BENCH_DATA, ../shared/data',
  )
  .option('--all', 'list every case that does not hold, not only the first five', false)
  .addHelpText('after', '\nExample:\n  npm run corpora -- --all')

await runJob(command, async () => {
  const { data, all } = command.opts<{ data?: string; all: boolean }>()
  const root = join(data ?? (process.env['COMMENTARIAT_BENCH_DATA'] || besideProject), 'corpora')
  const outcomes: CorpusOutcome[] = []
  for (const name of chosenNames(root, command.args)) {
    process.stderr.write(`${name}\n`)
    outcomes.push(...((await drivers[name]?.(join(root, name))) ?? []))
  }
  process.stdout.write(`${drawn(outcomes)}\n`)
  for (const { check, deviations } of outcomes) {
    for (const line of deviations.slice(0, all ? undefined : 5)) process.stdout.write(`${check}: ${line}\n`)
  }
  return outcomes.every(({ held, cases, floor }) => held >= cases * floor) ? exit.done : exit.failed
})

function chosenNames(root: string, named: readonly string[]): string[] {
  const chosen = named.length > 0 ? [...named] : Object.keys(drivers)
  const there = chosen.filter((name) => existsSync(join(root, name)))
  if (there.length === 0)
    throw new UsageError(`no corpora in ${root}; docs/reliability.md says where to get them`)
  return there
}

function drawn(outcomes: readonly CorpusOutcome[]): string {
  const table = new Table({
    head: ['check', 'cases', 'hold', 'share', 'slowest'],
    style: { head: [], border: [] },
  })
  for (const { check, cases, held, slowest } of outcomes) {
    table.push([check, cases, held, `${((100 * held) / cases).toFixed(1)} %`, `${slowest.toFixed(0)} ms`])
  }
  return table.toString()
}
