import { once } from 'node:events'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { dashboardApp } from '../../src/dashboard/app.ts'
import { LentDatabase } from '../../src/dashboard/lent-database.ts'
import type { OpenDatabase } from '../../src/db/client.ts'
import { UsageError } from '../../src/settings.ts'
import { exit, type Job } from './run-job.ts'
import { stackInSource } from '../../src/stack-in-source.ts'

/** Serves the dashboard until the job is stopped. @param open is closed here. @returns the exit code. */
export async function serveDashboard(
  { settings, signal }: Job,
  { host, port }: { readonly host: string; readonly port: number },
  open: OpenDatabase,
): Promise<number> {
  const database = new LentDatabase(settings, open)
  try {
    // Says at once when the schema is not the one that the pages are made from.
    await database.read(() => Promise.resolve())
    const app = dashboardApp({
      database,
      password: settings.dashboardPassword,
      now: () => new Date(),
      onFault: (error, address) =>
        process.stderr.write(`commentariat: ${address}: ${stackInSource(error)}\n`),
    })
    const server = createAdaptorServer({ fetch: (request) => app.fetch(request) })
    await listen(server, host, port)
    process.stdout.write(`The dashboard is at ${addressOf(server, host)}; Ctrl-C ends it.\n`)
    await ended(signal)
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    return exit.done
  } finally {
    await database.close()
  }
}

async function listen(server: ServerType, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'))
    await once(server, 'listening')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `the dashboard can't listen on port ${port} of ${host} (${reason}); name another with --port`,
    )
  }
}

function addressOf(server: ServerType, host: string): string {
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}/`
}

async function ended(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
