import { isConnectionLost } from '../../src/db/connection-lost.ts'
import { withoutSecrets } from '../../src/secrets.ts'
import { stackInSource } from '../../src/stack-in-source.ts'
import { StoreUnavailable } from '../../src/store.ts'

/** A fault in one site's pass must not stop the others; without a database they all end. */
export function failedPass(error: unknown): { readonly outcome: 'failed'; readonly error: string } {
  if (error instanceof StoreUnavailable || isConnectionLost(error)) throw error
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const told = said instanceof Error ? stackInSource(said) : String(said)
  return { outcome: 'failed', error: withoutSecrets(told) }
}
