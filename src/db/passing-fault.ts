import { isConnectionLost } from './connection-lost.ts'

/**
 * What a fault of the database asks for: do the transaction again soon, wait until the database is itself again, or
 * stop until a person made room on its disk.
 */
export type PassingFault = 'conflict' | 'unavailable' | 'full'

/** Two transactions stood in each other's way, and this one was given up (PostgreSQL, appendix A). */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', '57014'])

/** No connection is free, or the server only reads for now, as after a failover. */
const unavailabilities: ReadonlySet<string> = new Set(['53300', '25006'])

const DISK_FULL = '53100'

/** The kind of an error that may be gone when the same transaction is done again; null for one that will not. */
export function passingFault(error: unknown): PassingFault | null {
  if (isConnectionLost(error)) return 'unavailable'
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || typeof cause.code !== 'string') continue
    if (cause.code === DISK_FULL) return 'full'
    if (conflicts.has(cause.code)) return 'conflict'
    if (unavailabilities.has(cause.code)) return 'unavailable'
  }
  return null
}
