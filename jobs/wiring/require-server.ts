import { databaseHosts } from '../../src/database-hosts.ts'
import { type Settings, UsageError } from '../../src/settings.ts'

/** Workers share a queue, which the embedded database, held by one process, can't give them. @throws UsageError */
export function requireServer({ databaseUrl }: Settings): string {
  if (databaseUrl !== null && databaseHosts(databaseUrl).length > 1) {
    throw new UsageError(
      'the queue takes one server, and DATABASE_URL names several hosts: name the one that takes writes, or an address ' +
        'that follows it, or crawl without a queue: npm run crawl, npm run schedule',
    )
  }
  if (databaseUrl !== null) return databaseUrl
  throw new UsageError(
    'workers share a queue on a PostgreSQL server, and DATABASE_URL is not set: the embedded database is for one ' +
      'process. Set DATABASE_URL and run npm run db:migrate, or crawl without a queue: npm run crawl, npm run schedule',
  )
}
