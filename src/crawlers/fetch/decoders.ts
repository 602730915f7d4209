import { pipeline, type Transform } from 'node:stream'
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { Failure } from '../../failure.ts'

export type Octets = AsyncIterable<Uint8Array>

/** What is short, before and after, is decoded at once: streams and threads cost more than the decoding. */
export const shortOctets = 32 * 1024
const options = { chunkSize: 64 * 1024 }
const shortOptions = { ...options, maxOutputLength: 1024 * 1024 }

/** How a coding is undone. */
export interface Decoder {
  readonly stream: () => Transform
  readonly whole: (octets: Uint8Array) => Uint8Array
}

export const decoders = {
  gzip: { stream: () => createGunzip(options), whole: (octets) => gunzipSync(octets, shortOptions) },
  zlib: { stream: () => createInflate(options), whole: (octets) => inflateSync(octets, shortOptions) },
  deflate: {
    stream: () => createInflateRaw(options),
    whole: (octets) => inflateRawSync(octets, shortOptions),
  },
  br: {
    stream: () => createBrotliDecompress(options),
    whole: (octets) => brotliDecompressSync(octets, shortOptions),
  },
} satisfies Record<string, Decoder>

/** Undoes a coding as the octets come. */
export async function* streamed(
  octets: Octets,
  { stream }: Decoder,
  url: string,
): AsyncGenerator<Uint8Array> {
  const decoder = stream()
  // The outcome is read from the decoder's own end, where a failure of either side arrives.
  pipeline(octets, decoder, () => undefined)
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    throw decodingFailure(error, url)
  } finally {
    decoder.destroy()
  }
}

/** Undoes a coding of few octets. Null when so much comes of them that it must be counted as it comes. */
export function atOnce(decoder: Decoder, octets: Uint8Array, url: string): Uint8Array | null {
  try {
    return decoder.whole(octets)
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return null
    throw decodingFailure(error, url)
  }
}

function decodingFailure(error: unknown, url: string): unknown {
  const code = codeOf(error)
  if (code === 'Z_BUF_ERROR') {
    return new Failure('truncated', `the compressed body of ${url} ends early`, { url, cause: error })
  }
  if (/^(?:Z_|ERR__|ERR_BROTLI)/.test(code)) {
    return new Failure('decode_error', `the compressed body of ${url} is damaged`, { url, cause: error })
  }
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
