import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { ExtractionPool } from '../src/crawlers/extract/extraction-pool.ts'
import type { RawAnswer } from '../src/crawlers/extract/extraction.ts'
import { isLoopbackUrl } from '../src/crawlers/fetch/address.ts'
import { Door } from '../src/crawlers/fetch/door.ts'
import { failureOfStatus } from '../src/crawlers/fetch/failure-of-status.ts'
import { decodeBytes } from '../src/normalise/charset.ts'
import { annotatedPage } from '../src/report/annotated-page.ts'
import { type Inspection, inspectionOf } from '../src/report/inspection.ts'
import { renderInspection } from '../src/report/render-inspection.ts'
import { type Settings, UsageError } from '../src/settings.ts'
import { loadSites, resolveSite } from '../src/sites/find-site.ts'
import { siteHost } from '../src/sites/site-host.ts'
import type { Site } from '../src/sites/site.ts'
import { fileFault } from './wiring/file-fault.ts'
import { identityOf } from './wiring/identity.ts'
import { inspectBatch } from './wiring/inspect-batch.ts'
import { readPageFile } from './wiring/read-page-file.ts'
import { exit, runJob } from './wiring/run-job.ts'

interface InspectFlags {
  readonly url?: string
  readonly json: boolean
  readonly batch: boolean
  readonly html?: string
  readonly allowPrivateNetwork: boolean
}

export const command = new Command('inspect')
  .description(
    'Shows what would be stored from a page and which rule gave each field, and what the others would have; stores nothing.',
  )
  .argument('[page]', 'an address, or a file with the page (then --url tells its address)')
  .option('--url <url>', 'address of a page that is read from a file')
  .option('--json', 'as one JSON object', false)
  .option('--html <file>', 'write the page to this file, with all that was taken from it marked')
  .option('--batch', 'read JSON lines {key, url, file} from standard input and write one for each', false)
  .option('--allow-private-network', 'loopback and private addresses may be fetched', false)
  .addHelpText('after', '\nExample:\n  npm run inspect -- https://example.com/news/1 --html page.html')

await runJob(command, async ({ settings }) => {
  const flags = command.opts<InspectFlags>()
  const sites = await loadSites(settings.sitesFolder)
  if (flags.batch) return inspectBatch(sites)
  const page = command.args[0]
  if (page === undefined) throw new UsageError('name a page: npm run inspect -- https://example.com/news/1')
  for (const address of [flags.url, /^[a-z][a-z\d+.-]*:\/\//i.test(page) ? page : undefined])
    if (address !== undefined && siteHost(address) === null)
      throw new UsageError(`${address} is not an address such as https://example.com/news/1`)
  const answer =
    siteHost(page) !== null ? await fetchPage(page, settings, flags) : await readPage(page, flags.url)
  const inspection = await inspect(answer, resolveSite(new URL('/', answer.url).href, sites))
  if (flags.html !== undefined) await writeAnnotated(flags.html, answer, inspection)
  process.stdout.write(flags.json ? `${JSON.stringify(inspection)}\n` : renderInspection(inspection))
  return exit.done
})

async function inspect(answer: RawAnswer, site: Site): Promise<Inspection> {
  const pool = new ExtractionPool(1)
  try {
    const task = { kind: 'article', answer, site, zoneHint: null, withRunnersUp: true } as const
    return inspectionOf(await pool.extract(task))
  } finally {
    await pool.close()
  }
}

/** @throws UsageError when the file can't be written. */
async function writeAnnotated(file: string, answer: RawAnswer, inspection: Inspection): Promise<void> {
  const { text } = decodeBytes(answer.body, answer.headers['content-type'] ?? null, { kind: 'html' })
  await writeFile(file, annotatedPage(text, inspection)).catch((error: unknown) => {
    throw new UsageError(`${file} can't be written: ${fileFault(error)}`, { cause: error })
  })
}

async function readPage(file: string, url: string | undefined): Promise<RawAnswer> {
  if (url === undefined) {
    throw new UsageError(`${file} is read as a file; tell its address with --url https://example.com/news/1`)
  }
  const body = await readPageFile(file).catch((error: unknown) => {
    throw new UsageError(`${file} can't be read: ${fileFault(error)}`, { cause: error })
  })
  return { url, status: 200, headers: {}, body, fetchedAt: new Date() }
}

async function fetchPage(url: string, settings: Settings, flags: InspectFlags): Promise<RawAnswer> {
  if (settings.contact === null && !isLoopbackUrl(url)) {
    throw new UsageError('COMMENTARIAT_CONTACT is not set; every request tells the host whom to turn to')
  }
  const door = new Door({
    ...identityOf(settings),
    allowPrivateNetwork: flags.allowPrivateNetwork,
  })
  try {
    const answer = await door.fetch({ url, purpose: 'article' })
    const failure = failureOfStatus(answer)
    if (failure !== null) throw failure
    return answer
  } finally {
    await door.close()
  }
}
