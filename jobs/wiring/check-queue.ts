import { sql } from 'drizzle-orm'
import { databaseHosts } from '../../src/database-hosts.ts'
import { openDatabase } from '../../src/db/client.ts'
import { CrawlQueue, QUEUE_SCHEMA, type RedrivenOrders } from '../../src/queue/crawl-queue.ts'
import type { Settings } from '../../src/settings.ts'
import type { Finding } from './check-all.ts'
import { exit } from './run-job.ts'

const about = 'queue'

/**
 * What waits, is being crawled and was set aside. A queue that nobody used yet is not made.
 * @param redrive puts back what was set aside, first.
 */
export async function checkQueue(settings: Settings, redrive: boolean): Promise<Finding[]> {
  const { databaseUrl } = settings
  if (databaseUrl === null) return [fine('none: the embedded database is crawled by one process')]
  if (databaseHosts(databaseUrl).length > 1)
    return [fine('none: DATABASE_URL names several hosts, and the queue takes one')]
  if (!redrive && !(await isInUse(settings))) return [fine('not in use: npm run schedule -- --queue')]
  const faults: string[] = []
  const queue = await CrawlQueue.open(databaseUrl, ({ message }) => faults.push(message))
  try {
    const back = redrive ? [fine(putBackLine(await queue.redrive()))] : []
    const { waiting, running } = await queue.counts()
    const setAside = await queue.setAside()
    return [
      ...back,
      fine(`${waiting} sites wait, ${running} are being crawled, ${setAside.length} were set aside`),
      ...setAside.map(({ site, since, reason }) => ({
        about,
        code: exit.failed,
        said: `${site} was set aside on ${since.toISOString()}: ${reason}; mend it, then: npm run doctor -- --redrive`,
      })),
      ...faults.map((fault) => ({ about, code: exit.failed, said: fault })),
    ]
  } finally {
    await queue.close()
  }
}

const fine = (said: string): Finding => ({ about, code: exit.done, said })

function putBackLine({ putBack, kept }: RedrivenOrders): string {
  const rest =
    kept > 0 ? `; ${kept} stay set aside while another order of their site waits or is being done` : ''
  return `${putBack} sites were put back${rest}`
}

async function isInUse(settings: Settings): Promise<boolean> {
  const database = await openDatabase(settings)
  try {
    const [row] = await database.db.execute<{ is_there: boolean }>(
      sql`select to_regclass(${`${QUEUE_SCHEMA}.job`}) is not null as is_there`,
    )
    return row?.is_there === true
  } finally {
    await database.close()
  }
}
