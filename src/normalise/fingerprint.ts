import { hash } from 'node:crypto'

/** Goes up when cleaning changes most texts; what is held is then hashed anew as it is met, without a revision. */
export const NORMALISER_VERSION = 1

/**
 * SHA-256 (hex) over cleaned parts and the normaliser's version. Each part goes in with its length
 * in bytes, so that `['ab', 'c']` and `['a', 'bc']` differ, as do `null` and the empty text.
 */
export function contentHash(parts: readonly (string | null)[], version: number = NORMALISER_VERSION): string {
  let told = `v${version}:${parts.length}\n`
  for (const part of parts) told += part === null ? '-\n' : `${Buffer.byteLength(part)}\n${part}`
  return hash('sha256', told)
}

/** As `contentHash`, for what is known by its content alone: an identity outlives the normaliser's versions. */
export const identityHash = (parts: readonly (string | null)[]): string => contentHash(parts, 1)
