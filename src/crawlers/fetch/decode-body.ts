import { crc32 } from 'node:zlib'
import { Failure } from '../../failure.ts'
import { binaryFormat, signatureLength } from './binary-signature.ts'
import { atOnce, type Decoder, decoders, type Octets, shortOctets, streamed } from './decoders.ts'

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

/** A body with its codings undone. */
export interface DecodedBody {
  /** Owns its memory, so that it may be transferred to another thread. */
  readonly body: Uint8Array
  /** The octets as they came, where they are the gzip of the body and short. */
  readonly gzip: Uint8Array | null
}

type Coding = 'gzip' | 'deflate' | 'br'

const maxCodings = 2
const sniffedOctets = 256
/** In so many compressed octets there is a control character. */
const tellingOctets = 64
/** How markup and JSON begin; two characters at least, of which the second is no accident. */
const documentStart = /^(?:\u00EF\u00BB\u00BF)?\s*(?:<[a-z!?]|\{["}\s]|\[["{[\]\d\s-])/i
const codings: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
])

/**
 * Reads a body to its end and undoes its content codings, counting decoded octets as they come so that a bomb ends at
 * the cap. A body that stops short fails with `truncated`, one that is not in its named coding with `decode_error`
 * unless it is plainly text, and a PDF, an archive, a picture or a film with `wrong_type`.
 */
export async function readBody(wire: Octets, options: BodyOptions): Promise<DecodedBody> {
  const named = namedCodings(options.contentEncoding, options.url)
  const { head: start, whole: all, isWhole } = await peek(counted(wire, options.onWireBytes), shortOctets)
  let octets = all
  for (const coding of named) octets = undo(octets, coding, options.url)
  // Archives of sitemaps, and servers that compress without saying so.
  if (named.length < maxCodings) octets = undo(octets, null, options.url)
  const { head, whole } = await peek(octets, signatureLength)
  const format = options.atCap === 'fail' ? binaryFormat(head) : null
  if (format !== null) {
    throw new Failure('wrong_type', `${options.url} is ${format}, not text`, { url: options.url })
  }
  const body = await collect(whole, options)
  return { body, gzip: isWhole && isGzipOf(start, body) ? start : null }
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
  const { head, whole, isWhole } = await peek(octets, shortOctets)
  const decoder = head.length === 0 ? null : decoderOf(coding, head.subarray(0, sniffedOctets), url)
  const decoded = decoder !== null && isWhole ? atOnce(decoder, head, url) : null
  if (decoder === null) yield* whole
  else if (decoded === null) yield* streamed(whole, decoder, url)
  else yield decoded
}

/** The decoder for what the octets are, which is not always what the header says; null for plain octets. */
function decoderOf(coding: Coding | null, head: Uint8Array, url: string): Decoder | null {
  if (coding === null) return isGzip(head) && head.length > 1 ? decoders.gzip : null
  if (coding !== 'br' && isGzip(head)) return decoders.gzip
  if (coding === 'deflate' && hasZlibHeader(head)) return decoders.zlib
  if (isPlainlyText(head)) return null
  if (coding === 'deflate' || coding === 'br') return decoders[coding]
  throw new Failure('decode_error', `${url} says gzip, and is neither gzip nor text`, { url })
}

/** RFC 1952 §2.3.1: ends with the check value and the length of what it was made from. */
function isGzipOf(octets: Uint8Array, body: Uint8Array): boolean {
  if (!isGzip(octets) || octets.length < 18) return false
  const trailer = Buffer.from(octets.buffer, octets.byteOffset + octets.length - 8, 8)
  return trailer.readUInt32LE(4) === body.length && trailer.readUInt32LE(0) === crc32(body)
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

/**
 * No control characters but white space, which compressed octets can't avoid for long. The first few of a stream that
 * was cut off can: so short a body must begin as a document does.
 */
function isPlainlyText(head: Uint8Array): boolean {
  const first = head[0] ?? 0
  const startsAsText = (first > 0x20 && first < 0x7f) || isWhitespace(first) || first === 0xef
  if (!startsAsText || !head.every((octet) => octet >= 0x20 || isWhitespace(octet))) return false
  return head.length >= tellingOctets || documentStart.test(Buffer.from(head).toString('latin1'))
}

function isWhitespace(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d)
}

const nothing = new Uint8Array(0)

interface Peeked {
  /** The first octets, `count` of them if there are so many. */
  readonly head: Uint8Array
  /** All octets from the first. */
  readonly whole: Octets
  /** The head is all there is. */
  readonly isWhole: boolean
}

async function peek(octets: Octets, count: number): Promise<Peeked> {
  const iterator = octets[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let length = 0
  let isWhole = false
  while (length < count && !isWhole) {
    const next = await iterator.next()
    if (next.done === true) isWhole = true
    else {
      seen.push(next.value)
      length += next.value.length
    }
  }
  const head = seen.length === 1 ? seen[0] : Buffer.concat(seen)
  return { head: (head ?? nothing).subarray(0, count), whole: resumed(seen, iterator), isWhole }
}

async function* resumed(
  seen: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}
