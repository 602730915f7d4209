import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { UsageError } from '../src/settings.ts'
import { wholeNumber } from './wiring/parse-whole-number.ts'
import { exit, runJob } from './wiring/run-job.ts'

interface FuzzFlags {
  readonly seconds: number
  readonly seed?: number
  readonly out: string
  readonly replay?: string
}

export const command = new Command('fuzz')
  .description(
    'Feeds everything that reads what strangers send with spoilt inputs, and saves those that break it.',
  )
  .option('--seconds <number>', 'how long', wholeNumber(1), 60)
  .option('--seed <number>', 'where the inputs come from; default: by the clock', wholeNumber(0))
  .option(
    '--out <folder>',
    'where inputs that break something are saved',
    join(tmpdir(), 'commentariat-fuzz'),
  )
  .option('--replay <file>', 'try one saved input again')
  .addHelpText('after', '\nExample:\n  npm run fuzz -- --seconds 600 --seed 7')

const savedShape = z.object({ target: z.string(), input: z.string() })

await runJob(command, async () => {
  const { seconds, seed, out, replay } = command.opts<FuzzFlags>()
  if (replay !== undefined) return replayInput(replay)
  return fuzz(seconds, seed ?? Date.now() % 1_000_000_000, out)
})

async function fuzz(seconds: number, seed: number, folder: string): Promise<number> {
  process.stdout.write(`seed ${seed}\n`)
  const { runFuzz } = await import('../test/fuzz/run-fuzz.ts')
  const outcome = await runFuzz(seed, seconds, 20)
  const rate = (outcome.inputs / outcome.seconds).toFixed(0)
  process.stdout.write(`${outcome.inputs} inputs in ${outcome.seconds.toFixed(0)} s, ${rate} a second\n`)
  if (outcome.faults.length === 0) return exit.done
  mkdirSync(folder, { recursive: true })
  const { fuzzCase } = await import('../test/fuzz/fuzz-case.ts')
  const { fuzzTargets } = await import('../test/fuzz/targets.ts')
  const targets = await fuzzTargets()
  for (const { number, fault } of outcome.faults) {
    const { target, input } = fuzzCase(targets, seed, number)
    const file = join(folder, `${seed}-${number}.json`)
    writeFileSync(file, JSON.stringify({ target: target.name, seed, number, fault, input }, null, 1))
    process.stdout.write(`${target.name}: ${fault}\n  again: npm run fuzz -- --replay ${file}\n`)
  }
  return exit.failed
}

async function replayInput(file: string): Promise<number> {
  const { target: name, input } = savedShape.parse(JSON.parse(readFileSync(file, 'utf8')))
  const { faultOf, fuzzTargets } = await import('../test/fuzz/targets.ts')
  const target = (await fuzzTargets()).find((candidate) => candidate.name === name)
  if (target === undefined) throw new UsageError(`${file} is for ${name}, which is no target any more`)
  const started = performance.now()
  const fault = await faultOf(target, input)
  const took = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${name}: ${fault ?? 'holds'}, in ${took} s\n`)
  return fault === null ? exit.done : exit.failed
}
