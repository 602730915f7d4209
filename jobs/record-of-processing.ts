import { Command } from 'commander'
import { onDatabase } from './wiring/on-database.ts'
import { exit, runJob } from './wiring/run-job.ts'

export const command = new Command('record-of-processing')
  .description('Prints what is held of people, why and for how long, as docs/record-of-processing.md has it.')
  .addHelpText('after', '\nExample:\n  npm run record-of-processing')

await runJob(command, async ({ settings }) => {
  return onDatabase(settings, async (database) => {
    const { requireSchema } = await import('../src/db/migrate.ts')
    const { readCatalogue } = await import('../src/db/catalogue.ts')
    const { renderProcessingRecord } = await import('../src/report/processing-record.ts')
    await requireSchema(database)
    process.stdout.write(renderProcessingRecord(await readCatalogue(database.db)))
    return exit.done
  })
})
