import { createHash } from 'node:crypto'

/** Goes up when cleaning changes most texts; where it changes a few, these alone are worth a revision. */
export const NORMALISER_VERSION = 1

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
