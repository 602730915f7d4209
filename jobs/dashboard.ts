import { Command } from 'commander'
import { openDatabase } from '../src/db/client.ts'
import { UsageError } from '../src/settings.ts'
import { runJob } from './wiring/run-job.ts'
import { parsePort } from './wiring/parse-whole-number.ts'

interface DashboardFlags {
  readonly host: string
  readonly port: number
}

export const command = new Command('dashboard')
  .description(
    'Shows sites, runs, coverage, failures, articles and threads as a web page, which writes nothing.',
  )
  .option('--host <address>', 'where to listen; other than loopback only with a password', '127.0.0.1')
  .option('--port <number>', 'port to listen on; 0: any that is free', parsePort, 8420)
  .addHelpText(
    'after',
    `
The password is the setting COMMENTARIAT_DASHBOARD_PASSWORD.

Examples:
  npm run dashboard
  npm run dashboard -- --port 0
  COMMENTARIAT_DASHBOARD_PASSWORD=... npm run dashboard -- --host 0.0.0.0`,
  )

await runJob(command, async (job) => {
  const { host, port } = command.opts<DashboardFlags>()
  const { isLoopback } = await import('../src/dashboard/access.ts')
  if (job.settings.dashboardPassword === null && !isLoopback(host)) {
    throw new UsageError(
      `the dashboard at ${host} could be read by others; set COMMENTARIAT_DASHBOARD_PASSWORD, or leave out --host`,
    )
  }
  const settings = { ...job.settings, isLent: true }
  const database = await openDatabase(settings)
  const { serveDashboard } = await import('./wiring/serve-dashboard.ts')
  return serveDashboard({ ...job, settings }, { host, port }, database)
})
