import { pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { Failure } from '../../failure.ts'
import { binaryFormat, signatureLength } from './binary-signature.ts'

/** What we ask for: nothing that this Node can't undo. */
export const acceptEncoding = 'gzip, deflate, br'

export interface BodyOptions {
  readonly url: string
  readonly contentEncoding: string | null
  /** Cap on decoded octets. */
  readonly maxBytes: number
  /** At the cap: fail with `too_large`, or keep what was read. */
  readonly atCap: 'fail' | 'cut'
  readonly onWireBytes: (count: number) => void
}

type Octets = AsyncIterable<Uint8Array>
type Coding = 'gzip' | 'deflate' | 'br'

const maxCodings = 2
const sniffedOctets = 256
const zlibOptions = { chunkSize: 64 * 1024 }

const codings: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
])

/**
 * Reads a body to its end and undoes its content codings, counting decoded octets as they come so that a bomb ends at
 * the cap. A body that stops short fails with `truncated`, one that is not in its named coding with `decode_error`
 * unless it is plainly text, and a PDF, an archive, a picture or a film with `wrong_type`. The octets returned own
 * their memory, so that they may be transferred to another thread.
 */
export async function readBody(wire: Octets, options: BodyOptions): Promise<Uint8Array> {
  const named = namedCodings(options.contentEncoding, options.url)
  let octets: Octets = counted(wire, options.onWireBytes)
  for (const coding of named) octets = undo(octets, coding, options.url)
  // Archives of sitemaps, and servers that compress without saying so.
  if (named.length < maxCodings) octets = undo(octets, null, options.url)
  const { head, whole } = await peek(octets, signatureLength)
  const format = options.atCap === 'fail' ? binaryFormat(head) : null
  if (format !== null) {
    throw new Failure('wrong_type', `${options.url} is ${format}, not text`, { url: options.url })
  }
  return await collect(whole, options)
}

async function collect(octets: Octets, { url, maxBytes, atCap }: BodyOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of octets) {
    chunks.push(chunk)
    length += chunk.length
    if (length <= maxBytes) continue
    if (atCap === 'cut') break
    throw new Failure('too_large', `the body of ${url} is over ${maxBytes} bytes`, { url })
  }
  const body = new Uint8Array(Math.min(length, maxBytes))
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk.subarray(0, body.length - offset), offset)
    offset += chunk.length
  }
  return body
}

/** The codings to undo, outermost first (RFC 9110 §8.4 lists them in the order they were applied). */
function namedCodings(header: string | null, url: string): Coding[] {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > maxCodings) {
    throw new Failure('decode_error', `${url} is encoded ${names.length} times over`, { url })
  }
  return names.toReversed().map((name) => {
    const coding = codings.get(name)
    if (coding !== undefined) return coding
    throw new Failure('decode_error', `${url} has the unknown content coding ${name.slice(0, 40)}`, { url })
  })
}

async function* counted(octets: Octets, onWireBytes: (count: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of octets) {
    onWireBytes(chunk.length)
    yield chunk
  }
}

async function* undo(octets: Octets, coding: Coding | null, url: string): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(octets, sniffedOctets)
  const decoder = head.length === 0 ? null : decoderOf(coding, head, url)
  if (decoder === null) yield* whole
  else yield* through(whole, decoder, url)
}

/** The decoder for what the octets are, which is not always what the header says; null for plain octets. */
function decoderOf(coding: Coding | null, head: Uint8Array, url: string): Transform | null {
  if (coding === null) return isGzip(head) && head.length > 1 ? createGunzip(zlibOptions) : null
  if (coding !== 'br' && isGzip(head)) return createGunzip(zlibOptions)
  if (coding === 'deflate' && hasZlibHeader(head)) return createInflate(zlibOptions)
  if (isPlainlyText(head)) return null
  if (coding === 'deflate') return createInflateRaw(zlibOptions)
  if (coding === 'br') return createBrotliDecompress(zlibOptions)
  throw new Failure('decode_error', `${url} says gzip, and is neither gzip nor text`, { url })
}

/** RFC 1952 §2.3.1: the first two octets, as far as they are there. */
function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && (head.length === 1 || head[1] === 0x8b)
}

/** RFC 1950 §2.2: method 8, and a check value that 31 divides. */
function hasZlibHeader(head: Uint8Array): boolean {
  const [method = 0, flags = 0] = head
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0
}

/** No control characters but white space, which compressed octets can't avoid for long. */
function isPlainlyText(head: Uint8Array): boolean {
  const first = head[0] ?? 0
  const startsAsText = (first > 0x20 && first < 0x7f) || isWhitespace(first) || first === 0xef
  return startsAsText && head.every((octet) => octet >= 0x20 || isWhitespace(octet))
}

function isWhitespace(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d)
}

async function* through(octets: Octets, decoder: Transform, url: string): AsyncGenerator<Uint8Array> {
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

function decodingFailure(error: unknown, url: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'Z_BUF_ERROR') {
    return new Failure('truncated', `the compressed body of ${url} ends early`, { url, cause: error })
  }
  if (/^(?:Z_|ERR__|ERR_BROTLI)/.test(code)) {
    return new Failure('decode_error', `the compressed body of ${url} is damaged`, { url, cause: error })
  }
  return error
}

/** The first octets, at least `count` of them if there are so many, and all octets from the first. */
async function peek(octets: Octets, count: number): Promise<{ head: Uint8Array; whole: Octets }> {
  const iterator = octets[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let length = 0
  while (length < count) {
    const next = await iterator.next()
    if (next.done === true) break
    seen.push(next.value)
    length += next.value.length
  }
  return { head: Buffer.concat(seen).subarray(0, count), whole: resumed(seen, iterator) }
}

async function* resumed(
  seen: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}
