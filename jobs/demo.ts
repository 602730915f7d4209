import { onDatabase } from './wiring/on-database.ts'
import { runJob } from './wiring/run-job.ts'

await runJob((job) =>
  // The demo shows itself on the embedded database, whatever server is configured.
  onDatabase({ ...job.settings, databaseUrl: null }, async (database) => {
    const { showDemo } = await import('./wiring/show-demo.ts')
    return showDemo(job, database)
  }),
)
