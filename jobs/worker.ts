import { Command } from 'commander'
import { loadSites } from '../src/sites/find-site.ts'
import { requireServer } from './wiring/require-server.ts'
import { runJob } from './wiring/run-job.ts'
import type { WorkFlags } from './wiring/work-queue.ts'
import { parsePort, wholeNumber } from './wiring/parse-whole-number.ts'

export const command = new Command('worker')
  .description('Crawls what is queued, until it is stopped. Start as many as you like, on as many machines.')
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .option('--concurrency <number>', 'sites at once', wholeNumber(1, 999), 4)
  .option('--metrics-port <number>', 'serve figures for Prometheus there, at /metrics', parsePort)
  .addHelpText('after', '\nExample:\n  npm run worker -- --concurrency 8')

await runJob(command, async (job) => {
  requireServer(job.settings)
  const known = await loadSites(job.settings.sitesFolder)
  const { workQueue } = await import('./wiring/work-queue.ts')
  return workQueue(job, command.opts<WorkFlags>(), known)
})
