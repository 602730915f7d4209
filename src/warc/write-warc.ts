import { createHash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { gzipSync } from 'node:zlib'

/** An answer of the network, decoded, as it goes into a WARC file. */
export interface ArchivedAnswer {
  readonly url: string
  readonly fetchedAt: Date
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** What only we need to know of it, to read it again as we stored it. */
  readonly note: Readonly<Record<string, unknown>>
}

/** Header of ours with the note: JSON, in ASCII. Readers pass over headers that they do not know (WARC 1.1, §4). */
export const NOTE_HEADER = 'Commentariat-Note'

/** The record that a file begins with (WARC 1.1, ISO 28500:2017, §6.2). */
export function warcInfo(at: Date, fields: Readonly<Record<string, string>>): Uint8Array {
  const block = Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}: ${oneLine(value)}\r\n`)
      .join(''),
  )
  return record(
    { 'WARC-Type': 'warcinfo', 'WARC-Date': at.toISOString(), 'Content-Type': 'application/warc-fields' },
    block,
  )
}

/** A `response` record (§6.3). The body is as it was decoded, so that no coding is named. */
export function warcResponse(answer: ArchivedAnswer): Uint8Array {
  const { url, status, headers, body, fetchedAt, note } = answer
  const isToken = (name: string) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)
  const unfit = Object.fromEntries(Object.entries(headers).filter(([name]) => !isToken(name)))
  const lines = Object.entries(headers)
    .filter(
      ([name]) =>
        isToken(name) && !['content-length', 'content-encoding', 'transfer-encoding'].includes(name),
    )
    .map(([name, value]) => `${name}: ${oneLine(value)}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`
  const block = Buffer.concat([Buffer.from(head), body])
  return record(
    {
      'WARC-Type': 'response',
      'WARC-Date': fetchedAt.toISOString(),
      'WARC-Target-URI': url,
      'WARC-Payload-Digest': digest(body),
      'WARC-Block-Digest': digest(block),
      'Content-Type': 'application/http; msgtype=response',
      [NOTE_HEADER]: ascii(JSON.stringify({ ...note, headers: unfit })),
    },
    block,
  )
}

/** Each record is a gzip member of its own, so that readers can begin anywhere (annex D). */
export const gzipRecord = (octets: Uint8Array): Uint8Array => gzipSync(octets, { level: 6 })

function record(fields: Readonly<Record<string, string>>, block: Uint8Array): Uint8Array {
  const named = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  const id = `WARC-Record-ID: <urn:uuid:${uuidOf([...named, digest(block)].join(''))}>\r\n`
  const head = `WARC/1.1\r\n${named.join('')}${id}Content-Length: ${block.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')])
}

const oneLine = (value: string): string => value.replaceAll(/[\r\n]+/g, ' ')

const ascii = (json: string): string =>
  json.replaceAll(
    /[^\x20-\x7E]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The same record has the same id, however often it is written: a UUID of version 8 (RFC 9562) from its contents. */
function uuidOf(contents: string): string {
  const hex = createHash('sha256').update(contents).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** SHA-256 in base 32 (RFC 4648), as digests of WARC files are usually written. */
function digest(octets: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let text = ''
  let bits = 0
  let held = 0
  for (const octet of createHash('sha256').update(octets).digest()) {
    held = (held << 8) | octet
    bits += 8
    while (bits >= 5) {
      text += alphabet[(held >>> (bits - 5)) & 31]
      bits -= 5
    }
  }
  if (bits > 0) text += alphabet[(held << (5 - bits)) & 31]
  return `sha256:${text.padEnd(56, '=')}`
}
