/** Codes of postgres.js and the system for a connection that broke, and PostgreSQL's for a server that goes down. */
const lostCodes: ReadonlySet<string> = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
])

/** PostgreSQL's class of codes for connections. */
const CONNECTION_EXCEPTION = '08'

/** Whether an error, or what caused it, is that the database went away. */
export function isConnectionLost(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || typeof cause.code !== 'string') continue
    if (lostCodes.has(cause.code) || cause.code.startsWith(CONNECTION_EXCEPTION)) return true
  }
  return false
}
