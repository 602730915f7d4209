import { Command } from 'commander'
import { loadSites, resolveSite } from '../src/sites/find-site.ts'
import { requireContact } from './wiring/require-contact.ts'
import { requireServer } from './wiring/require-server.ts'
import { runJob } from './wiring/run-job.ts'
import type { ScheduleFlags } from './wiring/schedule-sites.ts'
import { parsePort, wholeNumber } from './wiring/parse-whole-number.ts'

export const command = new Command('schedule')
  .description('Crawls each site by its cron expression, until it is stopped.')
  .argument('[site...]', 'ids from src/sites, or addresses; default: every enabled one')
  .option('--once', 'run what is due now, then end: for cron, systemd timers and the like', false)
  .option('--queue', 'only queue what is due, for the workers (npm run worker)', false)
  .option('--concurrency <number>', 'sites at once', wholeNumber(1, 999), 4)
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .option('--metrics-port <number>', 'serve figures for Prometheus there, at /metrics', parsePort)
  .addHelpText('after', '\nExample:\n  npm run schedule -- --once')

await runJob(command, async (job) => {
  const known = await loadSites(job.settings.sitesFolder)
  const sites =
    command.args.length === 0
      ? known.filter(({ enabled }) => enabled)
      : command.args.map((name) => resolveSite(name, known))
  requireContact(job.settings, sites)
  if (command.opts<ScheduleFlags>().queue) requireServer(job.settings)
  const { scheduleSites } = await import('./wiring/schedule-sites.ts')
  return scheduleSites(job, command.opts<ScheduleFlags>(), sites)
})
