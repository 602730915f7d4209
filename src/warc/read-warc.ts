import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { OctetReader } from './octet-reader.ts'
import { WarcError } from './warc-error.ts'

/** One record of a WARC file (ISO 28500:2017, WARC 1.1; 1.0 reads alike). */
export interface WarcRecord {
  /** Counted from 1. */
  readonly number: number
  /** `response`, `request`, `warcinfo`, … */
  readonly type: string
  /** Lower-case names. */
  readonly fields: ReadonlyMap<string, string>
  /** Null where nobody wanted it, or it is over the cap. */
  readonly block: Uint8Array | null
}

export interface WarcOptions {
  /** Whether the block of such a record is wanted; the others are passed over unread. */
  readonly wants: (record: Omit<WarcRecord, 'block'>) => boolean
  /** Octets of a block, at most. */
  readonly maxBlock: number
}

/**
 * Reads a WARC file record by record, plain or as gzip, in memory for one record.
 * @throws WarcError where the file ends within a record, or is no WARC file.
 */
export async function* readWarc(path: string, { wants, maxBlock }: WarcOptions): AsyncGenerator<WarcRecord> {
  const reader = new OctetReader(await openOctets(path))
  let number = 0
  try {
    for (;;) {
      number++
      const head = await readHead(reader, number)
      if (head === null) return
      const length = lengthOf(head)
      const isWanted = wants(head) && length <= maxBlock
      const block = isWanted ? await reader.take(length) : null
      if (isWanted ? block === null : !(await reader.skip(length))) throw cutShort(head)
      yield { ...head, block }
    }
  } catch (error) {
    throw explained(error, path, number)
  }
}

/** Begins as gzip does (RFC 1952 §2.3.1), whatever the name says. */
async function openOctets(path: string): Promise<AsyncIterable<Uint8Array>> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new WarcError(`${path} can't be opened: ${error instanceof Error ? error.message : String(error)}`)
  })
  const { buffer, bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0)
  await file.close()
  if (bytesRead === 0) throw new WarcError(`${path} is empty`)
  if (buffer[0] === 0x28 && buffer[1] === 0xb5 && buffer[2] === 0x2f && buffer[3] === 0xfd)
    throw new WarcError(`${path} is compressed by Zstandard; unpack it first: zstd -d ${path}`)
  const stream = createReadStream(path, { highWaterMark: 1 << 18 })
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return stream
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  stream.on('error', (error) => unpacked.destroy(error))
  return stream.pipe(unpacked)
}

/** Fields of one line are short; addresses are not always. */
const LONGEST_LINE = 1 << 16

async function readHead(reader: OctetReader, number: number): Promise<Omit<WarcRecord, 'block'> | null> {
  let line = await reader.line(LONGEST_LINE)
  while (line === '') line = await reader.line(LONGEST_LINE)
  if (line === null) return null
  if (!/^WARC\/\d+\.\d+$/.test(line))
    throw new WarcError(number === 1 ? 'it does not begin as one' : `record ${number} does not begin as one`)
  const fields = new Map<string, string>()
  let last = ''
  for (line = await reader.line(LONGEST_LINE); line !== ''; line = await reader.line(LONGEST_LINE)) {
    if (line === null) throw new WarcError(`it ends within the head of record ${number}`)
    const colon = line.indexOf(':')
    // A line that begins with white space goes on with the one before.
    if (/^[ \t]/.test(line)) fields.set(last, `${fields.get(last) ?? ''} ${utf8(line.trim())}`)
    else if (colon > 0) {
      last = line.slice(0, colon).trim().toLowerCase()
      fields.set(last, utf8(line.slice(colon + 1).trim()))
    }
  }
  return { number, type: (fields.get('warc-type') ?? '').toLowerCase(), fields }
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8')

function lengthOf({ number, fields }: Omit<WarcRecord, 'block'>): number {
  const length = fields.get('content-length') ?? ''
  if (!/^\d{1,15}$/.test(length)) throw new WarcError(`record ${number} does not tell its length`)
  return Number(length)
}

const addressOf = ({ fields }: Pick<WarcRecord, 'fields'>): string =>
  fields.get('warc-target-uri') ?? 'no address'

function cutShort(head: Omit<WarcRecord, 'block'>): WarcError {
  return new WarcError(`it ends within record ${head.number} (${addressOf(head)})`)
}

function explained(error: unknown, path: string, number: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const isPacking = typeof code === 'string' && code.startsWith('Z_')
  if (!(error instanceof WarcError) && !isPacking) return error
  const reason = isPacking
    ? `its gzip ends or breaks within record ${number}`
    : error instanceof Error
      ? error.message
      : ''
  const before = number > 1 ? `; the ${number - 1} records before it were read` : ''
  return new WarcError(`${path} is not a whole WARC file: ${reason}${before}. Get the file again`, {
    cause: error,
  })
}
