import { createHash } from 'node:crypto'

/** Goes up when cleaning changes most texts; what is held is then hashed anew as it is met, without a revision. */
export const NORMALISER_VERSION = 1

/**
 * SHA-256 (hex) over cleaned parts and the normaliser's version. Each part goes in with its length
 * in bytes, so that `['ab', 'c']` and `['a', 'bc']` differ, as do `null` and the empty text.
 */
export function contentHash(parts: readonly (string | null)[], version: number = NORMALISER_VERSION): string {
  const hash = createHash('sha256').update(`v${version}:${parts.length}\n`)
  for (const part of parts) {
    if (part === null) hash.update('-\n')
    else hash.update(`${Buffer.byteLength(part)}\n`).update(part)
  }
  return hash.digest('hex')
}

/** As `contentHash`, for what is known by its content alone: an identity outlives the normaliser's versions. */
export const identityHash = (parts: readonly (string | null)[]): string => contentHash(parts, 1)
