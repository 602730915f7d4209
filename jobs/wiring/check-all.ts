import { findChromium } from '../../src/crawlers/browser/find-chromium.ts'
import { openDatabase } from '../../src/db/client.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { DatabaseUnreachable, WrongSchemaVersion } from '../../src/db/refusals.ts'
import { type Settings, UsageError } from '../../src/settings.ts'
import { loadSites } from '../../src/sites/find-site.ts'
import { SiteError } from '../../src/sites/site-error.ts'
import type { Site } from '../../src/sites/site.ts'
import { checkQueue } from './check-queue.ts'
import { requireContact } from './require-contact.ts'
import { exit, type Job } from './run-job.ts'

export interface DoctorFlags {
  readonly redrive: boolean
}

/** What was found out about one thing; `code` is what a job would end with because of it. */
export interface Finding {
  readonly about: string
  readonly code: number
  /** How it is, and what to do about it. */
  readonly said: string
}

/** Prints a line on each thing that jobs need. @returns the code of the first that is wrong, or 0. */
export async function checkAll({ settings }: Job, flags: DoctorFlags): Promise<number> {
  const sites = await checkSites(settings)
  const enabled = sites.known.filter(({ enabled }) => enabled)
  const findings = [
    checkContact(settings, enabled),
    sites.finding,
    await checkDatabase(settings),
    await checkBrowser(settings, enabled),
  ]
  const isReachable = findings.every(({ about, code }) => about !== 'database' || code === exit.done)
  if (isReachable || flags.redrive) findings.push(...(await checkQueue(settings, flags.redrive)))
  for (const { about, code, said } of findings)
    process.stdout.write(`${about.padEnd(14)} ${code === exit.done ? 'ok   ' : 'FAULT'}  ${said}\n`)
  return findings.find(({ code }) => code !== exit.done)?.code ?? exit.done
}

/** Settings with mistakes end every job before it begins; what is left is what only some jobs need. */
function checkContact(settings: Settings, sites: readonly Site[]): Finding {
  const about = 'configuration'
  try {
    requireContact(settings, sites)
    return { about, code: exit.done, said: `hosts are told to turn to ${settings.contact ?? 'nobody'}` }
  } catch (error) {
    if (error instanceof UsageError) return { about, code: exit.usage, said: error.message }
    throw error
  }
}

async function checkSites(settings: Settings): Promise<{ known: readonly Site[]; finding: Finding }> {
  const about = 'sites'
  try {
    const known = await loadSites(settings.sitesFolder)
    const enabled = known.filter((site) => site.enabled).length
    return {
      known,
      finding: { about, code: exit.done, said: `${known.length} declared, ${enabled} of them enabled` },
    }
  } catch (error) {
    if (!(error instanceof SiteError)) throw error
    return { known: [], finding: { about, code: exit.usage, said: error.message } }
  }
}

async function checkDatabase(settings: Settings): Promise<Finding> {
  const about = 'database'
  try {
    const database = await openDatabase(settings)
    try {
      await requireSchema(database)
      const kind = database.kind === 'embedded' ? 'embedded, in' : 'server'
      return { about, code: exit.done, said: `${kind} ${database.name}, up to date` }
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof DatabaseInUse) return { about, code: exit.held, said: error.message }
    if (error instanceof DatabaseUnreachable || error instanceof WrongSchemaVersion)
      return { about, code: exit.database, said: error.message }
    throw error
  }
}

async function checkBrowser({ chromiumPath }: Settings, sites: readonly Site[]): Promise<Finding> {
  const about = 'browser'
  const found = await findChromium(chromiumPath)
  if (found !== null) return { about, code: exit.done, said: found }
  const needing = sites.filter(({ needsBrowser }) => needsBrowser).map(({ id }) => id)
  const remedy = 'none is installed; run: npx playwright install chromium, or set CHROMIUM_PATH'
  return needing.length === 0
    ? { about, code: exit.done, said: `${remedy}, once a site needs one` }
    : { about, code: exit.failed, said: `${needing.join(', ')} need one and ${remedy}` }
}
