import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readBody } from '../../../src/crawlers/fetch/decode-body.ts'
import { failureOf } from './local-server.ts'

const page = `<!doctype html><title>News</title>${Array.from({ length: 2_000 }, (_, n) => `<p>${n * 7919}</p>`).join('')}`
const octets = Buffer.from(page)

async function* inChunks(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

async function read(
  body: Uint8Array,
  contentEncoding: string | null,
  maxBytes = 1 << 20,
  size = 1_000,
): Promise<string> {
  const options = {
    url: 'https://news.example/',
    contentEncoding,
    maxBytes,
    atCap: 'fail',
    onWireBytes: () => undefined,
  } as const
  return Buffer.from((await readBody(inChunks(body, size), options)).body).toString('utf8')
}

describe('codings', () => {
  it.each<[string | null, Uint8Array]>([
    [null, octets],
    ['identity', octets],
    ['gzip', gzipSync(octets)],
    ['x-gzip', gzipSync(octets)],
    ['GZIP', gzipSync(octets)],
    ['deflate', deflateSync(octets)],
    ['deflate', deflateRawSync(octets)],
    ['br', brotliCompressSync(octets)],
    ['gzip, gzip', gzipSync(gzipSync(octets))],
    ['deflate, br', brotliCompressSync(deflateSync(octets))],
  ])('undoes %s', async (contentEncoding, body) => {
    expect(await read(body, contentEncoding)).toBe(page)
    expect(await read(body, contentEncoding, 1 << 20, 1 + (body.length >> 4))).toBe(page)
    expect(await read(body.subarray(0, 0), contentEncoding)).toBe('')
  })

  it('undoes octet by octet', async () => {
    expect(await read(gzipSync('<p>short</p>'), 'gzip', 100, 1)).toBe('<p>short</p>')
  })

  it('goes by what the octets are: gzip unsaid, gzip called deflate, a gzipped archive', async () => {
    expect(await read(gzipSync(octets), null)).toBe(page)
    expect(await read(gzipSync(octets), 'deflate')).toBe(page)
    expect(await read(gzipSync(gzipSync(octets)), 'gzip')).toBe(page)
  })

  it.each(['gzip', 'deflate', 'br'])('takes plain text that is called %s', async (contentEncoding) => {
    expect(await read(octets, contentEncoding)).toBe(page)
    expect(await read(Buffer.from('{"a": "я"}'), contentEncoding)).toBe('{"a": "я"}')
  })

  it.each<[string, Uint8Array]>([
    ['gzip', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)],
    ['gzip', Buffer.concat([gzipSync(octets).subarray(0, 40), Buffer.alloc(400, 7)])],
    ['deflate', Uint8Array.of(0x78, 0x9c, 0xff, 0xff, 0xff, 0xff)],
    ['br', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x00, 0x01)],
    ['zstd', octets],
    ['gzip, gzip, gzip', octets],
  ])('fails with decode_error on what is not %s', async (contentEncoding, body) => {
    expect(await failureOf(read(body, contentEncoding))).toMatchObject({ class: 'decode_error' })
  })
})

describe('bodies cut short', () => {
  const whole: [string, Uint8Array][] = [
    ['gzip', gzipSync(octets)],
    ['deflate', deflateSync(octets)],
    ['deflate', deflateRawSync(octets)],
    ['br', brotliCompressSync(octets)],
  ]
  it.each(whole)('are seen as truncated: %s', async (contentEncoding, body) => {
    const lengths = Array.from({ length: 19 }, (_, index) => Math.ceil((body.length * (index + 1)) / 20))
    for (const length of [...lengths, body.length - 8, body.length - 1]) {
      expect(await failureOf(read(body.subarray(0, length), contentEncoding))).toMatchObject({
        class: 'truncated',
      })
    }
  })
})

describe('the cap', () => {
  it('counts decoded octets and ends a bomb while it streams', async () => {
    let taken = 0
    const bomb = gzipSync(Buffer.alloc(160 << 20))
    const options = {
      url: 'https://news.example/',
      contentEncoding: 'gzip',
      maxBytes: 1 << 20,
      atCap: 'fail',
      onWireBytes: (count: number) => (taken += count),
    } as const
    expect(await failureOf(readBody(inChunks(bomb, 500), options))).toMatchObject({ class: 'too_large' })
    expect(taken).toBeLessThan(bomb.length / 2)
  })

  it('ends nested and brotli bombs', async () => {
    const zeros = Buffer.alloc(32 << 20)
    expect(await failureOf(read(gzipSync(gzipSync(zeros)), 'gzip, gzip'))).toMatchObject({
      class: 'too_large',
    })
    expect(await failureOf(read(brotliCompressSync(zeros), 'br'))).toMatchObject({ class: 'too_large' })
  })

  it('lets a body of just that size through', async () => {
    expect(await read(octets, null, octets.length)).toBe(page)
    expect(await failureOf(read(octets, null, octets.length - 1))).toMatchObject({ class: 'too_large' })
  })

  it('cuts instead when asked to', async () => {
    const options = {
      url: 'https://news.example/',
      contentEncoding: null,
      maxBytes: 1_500,
      atCap: 'cut',
      onWireBytes: () => undefined,
    } as const
    const { body } = await readBody(inChunks(octets, 1_000), options)
    expect(Buffer.from(body).toString('utf8')).toBe(page.slice(0, 1_500))
  })

  it('gives octets that own their memory', async () => {
    const options = {
      url: 'https://news.example/',
      contentEncoding: null,
      maxBytes: 100,
      atCap: 'fail',
      onWireBytes: () => undefined,
    } as const
    const { body } = await readBody(inChunks(Buffer.from('short'), 2), options)
    expect(body.buffer.byteLength).toBe(5)
  })
})

describe('the gzip as it came', () => {
  const few = Buffer.from('<p>few words</p>'.repeat(100))
  const gzipOf = async (wire: Uint8Array, contentEncoding: string | null) => {
    const options = {
      url: 'https://news.example/',
      contentEncoding,
      maxBytes: 1 << 20,
      atCap: 'fail',
    } as const
    return (await readBody(inChunks(wire, 100), { ...options, onWireBytes: () => undefined })).gzip
  }

  it('is kept where it holds the body, and nothing else', async () => {
    const packed = gzipSync(few)
    expect(await gzipOf(packed, 'gzip')).toEqual(packed)
    expect(await gzipOf(packed, null)).toEqual(packed)
  })

  it.each<[string, Uint8Array, string | null]>([
    ['plain text', few, null],
    ['another coding', brotliCompressSync(few), 'br'],
    ['gzip twice over', gzipSync(gzipSync(few)), 'gzip, gzip'],
    ['gzip in two members', Buffer.concat([gzipSync(few), gzipSync(few)]), 'gzip'],
    ['gzip with something behind it', Buffer.concat([gzipSync(few), Buffer.alloc(9)]), 'gzip'],
    ['long gzip', gzipSync(randomBytes(40_000)), 'gzip'],
  ])('is not kept of %s', async (_name, wire, contentEncoding) => {
    expect(await gzipOf(wire, contentEncoding)).toBeNull()
  })
})

describe('binary formats', () => {
  it.each<[string, Uint8Array]>([
    ['PDF', Buffer.from('%PDF-1.7 and so on')],
    ['ZIP', Buffer.from('PK\u0003\u0004 and so on')],
    ['MP4', Buffer.from('\0\0\0\u0018ftypmp42 and so on')],
    ['PNG', Buffer.from('\u0089PNG\r\n and so on', 'latin1')],
  ])('%s is of the wrong type', async (name, body) => {
    expect(await failureOf(read(body, null))).toMatchObject({
      class: 'wrong_type',
      message: `https://news.example/ is ${name}, not text`,
    })
  })
})
