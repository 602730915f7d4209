import { gunzipSync } from 'node:zlib'
import { Failure } from '../../failure.ts'
import { decodeBytes } from '../../normalise/charset.ts'

/** The protocol's own limit for a sitemap, uncompressed. */
const maxBytes = 50 * 1024 * 1024

/**
 * Text of a sitemap's bytes. A `.gz` file often comes as octet-stream, so gzip is known by its first bytes.
 * @throws Failure `too_large`, before the memory is taken; `truncated` when the gzip stream is broken.
 */
export function decodeSitemap(bytes: Uint8Array, url: string): string {
  const inflated = bytes[0] === 0x1f && bytes[1] === 0x8b ? inflate(bytes, url) : bytes
  if (inflated.byteLength > maxBytes) throw tooLarge(url)
  return decodeBytes(inflated, null, { kind: 'xml' }).text
}

function inflate(bytes: Uint8Array, url: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(url)
    throw new Failure('truncated', `The gzip stream of the sitemap ${url} is broken`, { url, cause })
  }
}

function tooLarge(url: string): Failure {
  return new Failure('too_large', `The sitemap ${url} is larger than ${maxBytes / 1024 / 1024} MiB`, { url })
}
