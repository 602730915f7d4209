import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { readCatalogue } from '../src/db/catalogue.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { renderDictionary } from '../src/report/data-dictionary.ts'
import { onDatabase } from './wiring/on-database.ts'
import { exit, runJob } from './wiring/run-job.ts'

const page = fileURLToPath(new URL('../docs/data-dictionary.md', import.meta.url))

export const command = new Command('dictionary')
  .description('Writes docs/data-dictionary.md from the comments of a fresh database.')
  .option('--check', 'write nothing, and fail when the page is out of date', false)
  .addHelpText('after', '\nExample:\n  npm run dictionary')

await runJob(command, async () => {
  const { check } = command.opts<{ check: boolean }>()
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-dictionary-'))
  try {
    return await onDatabase({ databaseUrl: null, dataFolder: folder }, async (database) => {
      await migrateDatabase(database)
      const dictionary = renderDictionary(await readCatalogue(database.db))
      const isCurrent = (await readFile(page, 'utf8').catch(() => '')) === dictionary
      if (!check) await writeFile(page, dictionary)
      else if (!isCurrent)
        process.stderr.write('docs/data-dictionary.md is out of date; run: npm run dictionary\n')
      return check && !isCurrent ? exit.failed : exit.done
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
