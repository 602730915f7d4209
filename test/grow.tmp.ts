import { startPostgres } from './databases/postgres-server.ts'
import { makeDatabase } from './bench/crawl/scratch-database.ts'
import { openDatabase } from '../src/db/client.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { addComments, setIdsApart } from './bench/growth/generate.ts'
import postgres from 'postgres'
const server = await startPostgres(['shared_buffers=512MB', 'max_wal_size=4GB', 'autovacuum=off'])
const scratch = await makeDatabase(server.url, 'grow')
const database = await openDatabase({ databaseUrl: scratch.url, dataFolder: '' })
await migrateDatabase(database)
await database.close()
await setIdsApart(scratch.url)
for (let held = 0; held < 10_000_000; held += 500_000) await addComments(scratch.url, held, held + 500_000)
const c = postgres(scratch.url, { max: 1, onnotice: () => undefined })
await c`vacuum analyze`
console.log('READY', scratch.url)
setInterval(() => undefined, 1000)
