import { randomBytes } from 'node:crypto'
import type { OpenDatabase } from '../../src/db/client.ts'
import { holdSites } from '../../src/db/site-leases.ts'
import { type ErasureReport, eraseAuthor, previewAuthor } from '../../src/db/erasure/erase-author.ts'
import { erasePage, previewPage } from '../../src/db/erasure/erase-page.ts'
import { requireSchema } from '../../src/db/migrate.ts'
import { rememberKey } from '../../src/db/privacy-keys.ts'
import { PrivacyKey } from '../../src/privacy/privacy-key.ts'
import { UsageError } from '../../src/settings.ts'
import { idsOfSites } from './held-sites.ts'
import { openKey } from './privacy.ts'
import { exit, type Job } from './run-job.ts'

export interface EraseFlags {
  readonly author?: string
  readonly url?: string
  readonly site?: string
  readonly mentions: boolean
  readonly dryRun: boolean
  readonly json: boolean
}

/** @throws UsageError unless one thing is to be erased. */
export function checkErasure(flags: EraseFlags): EraseFlags {
  const { author, url, site } = flags
  if ((author === undefined) === (url === undefined))
    throw new UsageError(
      'say what to erase: --author with a name or a key, or --url with an address; one of them',
    )
  if (author?.trim() === '') throw new UsageError('--author needs a name')
  if (url !== undefined && !/^https?:\/\//i.test(url))
    throw new UsageError(`--url needs an address such as https://example.com/news/1, not ${url}`)
  if (url !== undefined && site !== undefined) throw new UsageError('--site goes with --author')
  return flags
}

/** Erases a person or a page and says what that took. @returns the exit code. */
export async function eraseData(
  { settings }: Job,
  flags: EraseFlags,
  database: OpenDatabase,
): Promise<number> {
  await requireSchema(database)
  const { db } = database
  const { author, url, mentions, dryRun } = flags
  const [site = null] = await idsOfSites(db, settings, flags.site === undefined ? [] : [flags.site])
  // Without a key the database holds no pseudonym yet, and any key looks for them in vain.
  const key = (await openKey(db, settings, !dryRun)) ?? new PrivacyKey(randomBytes(32).toString('hex'))
  const now = new Date()
  if (!dryRun) await rememberKey(db, key, now)
  const report = await holdSites(database, async (take) => {
    if (url !== undefined) {
      const page = { url, key, now }
      return dryRun ? previewPage(db, page) : erasePage(db, page, take)
    }
    const person = { name: author?.trim() ?? '', site, key, mentions, now }
    return dryRun ? previewAuthor(db, person) : eraseAuthor(db, person, take)
  })
  process.stdout.write(flags.json ? `${JSON.stringify({ ...report, dryRun })}\n` : told(report, flags))
  return exit.done
}

function told({ names, ...counts }: ErasureReport, { author, dryRun }: EraseFlags): string {
  const lines = [
    `${dryRun ? 'Would be erased' : 'Erased'}: ${counts.articles} articles, ${counts.comments} comments; ` +
      `${counts.mentions} comments of others that quote or name the person; ${counts.captures} stored pages.`,
  ]
  if (counts.comments + counts.articles > 0 && names.length > 0)
    lines.push(`Found under: ${names.join(', ')}`)
  if (counts.comments + counts.articles === 0 && author !== undefined)
    lines.push(`Nothing is held that was written under ${author.trim()}.`)
  if (counts.articlesNaming > 0)
    lines.push(
      `${counts.articlesNaming} articles name the person in their own text, which stays; erase those with --url.`,
    )
  if (!dryRun)
    lines.push(
      'Copies that were exported before hold it still: the manifests of new exports name the rows to drop. ' +
        'So do backups, and dead rows until VACUUM FULL.',
    )
  return `${lines.join('\n')}\n`
}
