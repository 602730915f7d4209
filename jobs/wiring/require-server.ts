import { type Settings, UsageError } from '../../src/settings.ts'

/** Workers share a queue, which the embedded database, held by one process, can't give them. @throws UsageError */
export function requireServer({ databaseUrl }: Settings): string {
  if (databaseUrl !== null) return databaseUrl
  throw new UsageError(
    'workers share a queue on a PostgreSQL server, and DATABASE_URL is not set: the embedded database is for one ' +
      'process. Set DATABASE_URL and run npm run db:migrate, or crawl without a queue: npm run crawl, npm run schedule',
  )
}
