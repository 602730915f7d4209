import { readFile } from 'node:fs/promises'
import pLimit from 'p-limit'
import { z } from 'zod'
import { Failure } from '../../../src/failure.ts'
import { ExtractionPool } from '../../../src/crawlers/extract/extraction-pool.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { fetchedAt } from './our-extractor.ts'
import { readPage, type StoredPage } from './page.ts'

/*
 * Our extraction pool as a crawl uses it, comment sections looked for and all. Started with a file of pages, the number
 * of threads and the number of rounds; everything is read once before they begin. Prints the best round.
 */
const [pagesFile = '', threads = '1', rounds = '1'] = process.argv.slice(2)

const pagesShape = z.array(z.object({ key: z.string(), file: z.string(), url: z.string() }))
const pages = pagesShape.parse(JSON.parse(await readFile(pagesFile, 'utf8')))
const pool = new ExtractionPool(Number(threads))
/** One page waits for each that is read, so that no thread idles. */
const limit = pLimit(2 * Number(threads))
const failures: string[] = []

await readAll()
const measured = []
for (let round = 0; round < Number(rounds); round += 1) measured.push(await readAll())
await pool.close()
process.stdout.write(
  `\n${JSON.stringify({
    milliseconds: Math.min(...measured.map(({ milliseconds }) => milliseconds)),
    cpuMilliseconds: Math.min(...measured.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    failures,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  })}`,
)

async function readAll() {
  const started = performance.now()
  const startedCpu = process.cpuUsage()
  await Promise.all(pages.map((page) => limit(() => extract(page))))
  const { user, system } = process.cpuUsage(startedCpu)
  return { milliseconds: performance.now() - started, cpuMilliseconds: (user + system) / 1000 }
}

async function extract({ file, url }: StoredPage): Promise<void> {
  const site = defineSite({ id: 'bench', name: 'Bench', url: new URL('/', url).href })
  const body = await readPage(file)
  const answer = { url, status: 200, headers: { 'content-type': 'text/html' }, body, fetchedAt }
  try {
    await pool.extract({ kind: 'article', answer, site, zoneHint: null })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failures.push(error.message)
  }
}
