import type { Site } from '../../src/sites/site.ts'
import { UsageError } from '../../src/settings.ts'
import { type CrawlFlags, passOptions } from './crawl-sites.ts'
import { openQueue } from './open-queue.ts'
import { exit, type Job } from './run-job.ts'

const said = {
  queued: 'queued',
  waiting: 'waits or is being crawled already',
  set_aside: 'was set aside',
} as const

/** Leaves the crawling to workers. @returns the exit code. */
export async function queueSites(
  { settings }: Job,
  flags: CrawlFlags,
  sites: readonly Site[],
  known: readonly Site[],
): Promise<number> {
  if (flags.dryRun)
    throw new UsageError('--dry-run stores nothing, so there is nothing to queue: leave out --queue')
  const pass = passOptions(flags)
  const { queue, close } = await openQueue(settings)
  try {
    const results = []
    for (const site of sites) {
      const order = { siteId: site.id, name: nameOf(site, known), job: 'crawl', pass, lostRun: null } as const
      results.push({ site: site.id, outcome: await queue.add(order, flags.priority) })
    }
    if (flags.json) process.stdout.write(`${JSON.stringify({ sites: results, exitCode: exit.done })}\n`)
    else for (const { site, outcome } of results) process.stdout.write(`${site} ${said[outcome]}\n`)
    return exit.done
  } finally {
    await close()
  }
}

/** A worker knows what is declared; what a person named by its address it makes from that again. */
function nameOf(site: Site, known: readonly Site[]): string {
  return known.some(({ id }) => id === site.id) ? site.id : (site.sources[0]?.url ?? site.url)
}
