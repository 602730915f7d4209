import Table from 'cli-table3'
import { Command, Option } from 'commander'
import { type ChaosOutcome, isWell, runChaos } from '../test/chaos/chaos.ts'
import { exit, runJob } from './wiring/run-job.ts'
import { wholeNumber } from './wiring/parse-whole-number.ts'

interface ChaosFlags {
  readonly database: 'embedded' | 'server' | 'both'
  readonly instants: number
  readonly hits: number
  readonly firstHit: number
  readonly seed: number
}

export const command = new Command('chaos')
  .description('Kills crawls of a small site of our own, and fails unless nothing is lost, doubled or stuck.')
  .addOption(
    new Option('--database <kind>', 'where the crawls store')
      .choices(['embedded', 'server', 'both'])
      .default('both'),
  )
  .option('--instants <number>', 'kills at instants that are drawn, on each database', wholeNumber(0), 10)
  .option(
    '--hits <number>',
    'kills at each failpoint: at the first time it is come by, the second, …',
    wholeNumber(0),
    1,
  )
  .option('--first-hit <number>', 'goes on with --hits where it was stopped', wholeNumber(1), 1)
  .option('--seed <number>', 'all that is drawn follows from it', wholeNumber(0), 1)
  .addHelpText('after', '\nExample:\n  npm run chaos -- --database embedded --instants 5')

await runJob(command, async ({ signal }) => {
  const { database, instants, hits, firstHit, seed } = command.opts<ChaosFlags>()
  const note = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`)
  const kinds = database === 'both' ? (['embedded', 'server'] as const) : [database]
  const outcomes = await runChaos({ kinds, instants, hits, firstHit, seed, note, signal })
  process.stdout.write(`seed ${seed}\n${drawn(outcomes)}\n`)
  for (const { wrongs, unreached } of outcomes) {
    for (const [kind, lines] of Object.entries(wrongs)) {
      for (const line of lines) process.stdout.write(`${kind}: ${line}\n`)
    }
    for (const name of unreached) process.stdout.write(`no process came by ${name}\n`)
  }
  return outcomes.every(isWell) ? exit.done : exit.failed
})

function drawn(outcomes: readonly ChaosOutcome[]): string {
  const kinds = ['lost', 'doubled', 'stuck', 'impolite'] as const
  const table = new Table({
    head: ['database', 'kills at', 'kills', ...kinds],
    style: { head: [], border: [] },
  })
  for (const { kind, what, kills, wrongs } of outcomes) {
    table.push([kind, what, kills, ...kinds.map((wrong) => wrongs[wrong].length)])
  }
  return table.toString()
}
