import { createHash } from 'node:crypto'

/** Goes up whenever cleaning changes, so that hashes of differently cleaned texts never meet. */
export const NORMALISER_VERSION = 2

/**
 * SHA-256 (hex) over cleaned parts and the normaliser's version. Each part goes in with its length
 * in bytes, so that `['ab', 'c']` and `['a', 'bc']` differ, as do `null` and the empty text.
 */
export function contentHash(parts: readonly (string | null)[]): string {
  const hash = createHash('sha256').update(`v${NORMALISER_VERSION}:${parts.length}\n`)
  for (const part of parts) {
    if (part === null) hash.update('-\n')
    else hash.update(`${Buffer.byteLength(part)}\n`).update(part)
  }
  return hash.digest('hex')
}
