import { once } from 'node:events'
import { createServer } from 'node:http'
import { CrawlMetrics } from '../../src/report/metrics.ts'
import { UsageError } from '../../src/settings.ts'
import { siteReport } from './report.ts'
import type { SiteResult } from './run-sites.ts'

/** Counts passes for Prometheus, and answers to whoever asks for the figures. */
export interface MetricsServer {
  readonly count: (result: SiteResult) => void
  readonly close: () => void
}

/**
 * Serves `/metrics` on all addresses of this machine, for a Prometheus that may be on another one; the figures hold no
 * texts and no names but the ids of sites.
 * @param port null: nobody asks for figures; 0: any that is free.
 */
export async function serveMetrics(port: number | null, say: (line: string) => void): Promise<MetricsServer> {
  if (port === null) return { count: () => undefined, close: () => undefined }
  const metrics = new CrawlMetrics()
  const server = createServer((request, response) => {
    const isKnown = request.method === 'GET' && request.url?.split('?', 1)[0] === '/metrics'
    if (!isKnown) return void response.writeHead(404).end('See /metrics\n')
    void metrics.registry.metrics().then((text) => {
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text)
    })
  })
  try {
    server.listen(port)
    await once(server, 'listening')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `metrics can't be served on port ${port} (${reason}); name another with --metrics-port`,
    )
  }
  const address = server.address()
  say(
    `metrics are at port ${address !== null && typeof address === 'object' ? address.port : port}, /metrics`,
  )
  return {
    count: (result) => {
      if (!withoutPass.has(result.outcome)) metrics.count(siteReport(result), new Date())
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Outcomes of sites that nobody passed over. */
const withoutPass: ReadonlySet<SiteResult['outcome']> = new Set(['not_due', 'queued', 'set_aside'])
