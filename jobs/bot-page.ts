import { Command } from 'commander'
import { exit, runJob } from './wiring/run-job.ts'

interface BotPageFlags {
  readonly out: string
  readonly address: readonly string[]
}

export const command = new Command('bot-page')
  .description(
    'Writes the page that tells sites who crawls them, with the list of its addresses, for your web server.',
  )
  .requiredOption('--out <folder>', 'where index.html and addresses.json go; what is there is replaced')
  .option('--address <address...>', 'an address or range from which your requests leave', [])
  .addHelpText('after', '\nExample:\n  npm run bot-page -- --out bot')

await runJob(command, async ({ settings }) => {
  const { writeBotPage } = await import('./wiring/write-bot-page.ts')
  const { out, address } = command.opts<BotPageFlags>()
  for (const path of await writeBotPage(settings, out, address)) process.stdout.write(`${path}\n`)
  return exit.done
})
