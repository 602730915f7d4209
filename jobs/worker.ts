import { Command, InvalidArgumentError } from 'commander'
import { loadSites } from '../src/sites/find-site.ts'
import { requireServer } from './wiring/require-server.ts'
import { runJob } from './wiring/run-job.ts'
import type { WorkFlags } from './wiring/work-queue.ts'

const command = new Command('worker')
  .description('Crawls what is queued, until it is stopped. Start as many as you like, on as many machines.')
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .option('--concurrency <number>', 'sites at once', parseCount, 4)
  .option('--metrics-port <number>', 'serve figures for Prometheus there, at /metrics', parsePort)
  .addHelpText('after', '\nExample:\n  npm run worker -- --concurrency 8')
  .exitOverride()

await runJob(async (job) => {
  command.parse()
  requireServer(job.settings)
  const known = await loadSites(job.settings.sitesFolder)
  const { workQueue } = await import('./wiring/work-queue.ts')
  return workQueue(job, command.opts<WorkFlags>(), known)
})

function parseCount(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value))
    throw new InvalidArgumentError('it must be a whole number from 1 to 999.')
  return Number(value)
}

function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new InvalidArgumentError('it must be a whole number up to 65535.')
  return Number(value)
}
