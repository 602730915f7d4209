import { Argument, Command } from 'commander'
import { loadSites } from '../src/sites/find-site.ts'
import { completedJob } from './wiring/completion/completed-job.ts'
import { shells } from './wiring/completion/shell-scripts.ts'
import { everyCommand } from './wiring/every-command.ts'
import { exit, runJob } from './wiring/run-job.ts'

export const command = new Command('completion')
  .description('Prints what a shell needs to complete jobs, their flags and the ids of sites.')
  .addArgument(new Argument('<shell>', 'the shell that is to read it').choices(Object.keys(shells)))
  .addHelpText('after', '\nExample:\n  source <(npm run --silent completion -- bash)')

await runJob(command, async ({ settings }) => {
  const ids = (await loadSites(settings.sitesFolder)).map(({ id }) => id)
  const commands = [...(await everyCommand()), ['completion', command] as const]
  const jobs = commands.map(([script, known]) => completedJob(script, known, ids))
  process.stdout.write(shells[command.args[0] ?? '']?.(jobs) ?? '')
  return exit.done
})
