import { DatabaseInUse } from '../db/embedded/lock.ts'
import { isConnectionLost } from '../db/connection-lost.ts'
import { DatabaseUnreachable, WrongSchemaVersion } from '../db/refusals.ts'

/** PostgreSQL's codes for what a page may meet while others work on the database, and what it means for who looks. */
const passing: Readonly<Record<string, string>> = {
  '55P03': 'The database is being changed, perhaps migrated. Try again in a moment.',
  '42P01': 'The database is being changed, perhaps migrated. Try again in a moment.',
  '42703': 'The database is being changed, perhaps migrated. Try again in a moment.',
  '57014': 'The database took too long to answer. Narrow the search, or try again when less is going on.',
}

/** Why the database can't be read just now, for a person; null for an error of ours. */
export function whyNotRead(error: unknown): string | null {
  if (
    error instanceof DatabaseInUse ||
    error instanceof DatabaseUnreachable ||
    error instanceof WrongSchemaVersion
  ) {
    return `${error.message}.`
  }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const words = 'code' in cause && typeof cause.code === 'string' ? passing[cause.code] : undefined
    if (words !== undefined) return words
  }
  return isConnectionLost(error)
    ? 'The database went away. What is stored is safe; see that the server runs.'
    : null
}
