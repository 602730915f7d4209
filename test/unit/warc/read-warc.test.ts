import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, asyncProperty, boolean, integer, property, uint8Array } from 'fast-check'
import { WARCRecord, WARCSerializer } from 'warcio'
import { afterAll, describe, expect, it } from 'vitest'
import { parseHttpResponse } from '../../../src/warc/http-response.ts'
import { OctetReader } from '../../../src/warc/octet-reader.ts'
import { readWarc } from '../../../src/warc/read-warc.ts'
import { WarcError } from '../../../src/warc/warc-error.ts'
import { gzipRecord, warcInfo, warcResponse } from '../../../src/warc/write-warc.ts'

const folder = mkdtempSync(join(tmpdir(), 'commentariat-read-warc-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = new Date('2026-03-02T10:00:00.123Z')

const response = (number: number, body: Uint8Array) =>
  warcResponse({
    url: `https://gazette.example/${number}`,
    fetchedAt: at,
    status: 200,
    headers: { 'content-type': 'text/html', 'robots.txt:content-usage': 'train-ai=n', 'x-note': 'ü\r\nx: y' },
    body,
    note: { kind: 'article', title: 'é🦊' },
  })

async function read(octets: Uint8Array) {
  const path = join(folder, 'file.warc')
  writeFileSync(path, octets)
  const bodies: Uint8Array[] = []
  const options = { wants: ({ type }: { type: string }) => type === 'response', maxBlock: 1e6 }
  for await (const { block } of readWarc(path, options)) {
    const parsed = block === null ? null : parseHttpResponse(block)
    if (parsed !== null) bodies.push(Buffer.from(parsed.body))
  }
  return bodies
}

describe('a WARC file', () => {
  it('gives what was written, whatever its octets, packed or not', async () => {
    await assert(
      asyncProperty(
        array(uint8Array({ maxLength: 300 }), { maxLength: 4 }),
        boolean(),
        async (bodies, isPacked) => {
          const records = [
            warcInfo(at, { software: 'x' }),
            ...bodies.map((body, index) => response(index, body)),
          ]
          const written = Buffer.concat(isPacked ? records.map(gzipRecord) : records)
          expect(await read(written)).toEqual(bodies.map((body) => Buffer.from(body)))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('that is cut anywhere gives the records before the cut, and an error unless the cut is between two', async () => {
    const records = [1, 2, 3].map((number) => response(number, Buffer.from(`body ${number}`)))
    await assert(
      asyncProperty(integer({ min: 1, max: 2500 }), boolean(), async (length, isPacked) => {
        const parts = isPacked ? records.map(gzipRecord) : records
        const whole = Buffer.concat(parts)
        const cut = whole.subarray(0, Math.min(length, whole.length - 1))
        const outcome = await read(cut).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(WarcError)
        else {
          // All that is missing is a whole record, or the empty lines at the end of one.
          const ends = parts.map((_, index) => Buffer.concat(parts.slice(0, index + 1)).length)
          expect(ends.some((end) => cut.length <= end && end - cut.length <= 4)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps a note of ours in ASCII, and headers that HTTP has no name for', async () => {
    const text = Buffer.from(response(1, Buffer.from('x'))).toString('latin1')
    expect(text).toContain(
      String.raw`Commentariat-Note: {"kind":"article","title":"\u00e9\ud83e\udd8a","headers":{"robots.txt:content-usage":"train-ai=n"}}`,
    )
    // No header can bring in another.
    expect(text).not.toMatch(/^x: y/m)
  })

  it('has the digest that another writer gives the same body', async () => {
    const body = Buffer.from('a body, ü')
    const record = WARCRecord.create(
      {
        url: 'https://gazette.example/1',
        type: 'response',
        date: at.toISOString(),
        statusline: 'HTTP/1.1 200 OK',
        httpHeaders: { a: 'b' },
      },
      [body],
    )
    const theirs = await WARCSerializer.serialize(record, {
      digest: { algo: 'sha-256', prefix: 'sha256:', base32: true },
    })
    const digestOf = (octets: Uint8Array) =>
      /WARC-Payload-Digest: (\S+)/.exec(Buffer.from(octets).toString('latin1'))?.[1]
    expect(digestOf(response(1, body))).toMatch(/^sha256:[A-Z2-7]{52}={0,4}$/)
    expect(digestOf(response(1, body))).toBe(digestOf(theirs))
  })

  it('has the same octets each time it is written', () => {
    expect(response(1, Buffer.from('x'))).toEqual(response(1, Buffer.from('x')))
  })
})

describe('an archived response', () => {
  it.each([
    ['HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\n\r\nbody', { status: 200, headers: { a: '1, 2' }, body: 'body' }],
    ['HTTP/1.0 404\r\n\r\n', { status: 404, headers: {}, body: '' }],
    ['HTTP/2 200\nA: 1\n\nbody\r\n\r\n', { status: 200, headers: { a: '1' }, body: 'body\r\n\r\n' }],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\n\r\n',
      { status: 200, headers: { 'transfer-encoding': 'chunked' }, body: 'abcd' },
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>not in chunks</p>',
      { status: 200, headers: { 'transfer-encoding': 'chunked' }, body: '<p>not in chunks</p>' },
    ],
  ])('%j', (block, expected) => {
    const parsed = parseHttpResponse(Buffer.from(block))
    expect({ ...parsed, body: Buffer.from(parsed?.body ?? []).toString() }).toEqual(expected)
  })

  it('is none without a status line', () => {
    expect(parseHttpResponse(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBeNull()
    expect(parseHttpResponse(new Uint8Array())).toBeNull()
  })

  it('never throws', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (octets) => {
        const block = Buffer.concat([
          Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'),
          octets,
        ])
        expect(parseHttpResponse(block)).not.toBeNull()
      }),
    )
  })
})

describe('octets in chunks', () => {
  it('are read as if they came at once', async () => {
    async function* chunksOf(octets: Uint8Array, size: number) {
      for (let from = 0; from < octets.length; from += size) yield octets.subarray(from, from + size)
    }
    const octets = Buffer.from('first\r\nsecond\n\nabcdef last')
    for (let size = 1; size <= octets.length; size++) {
      const reader = new OctetReader(chunksOf(octets, size))
      const lines = [await reader.line(100), await reader.line(100), await reader.line(100)]
      expect(lines).toEqual(['first', 'second', ''])
      expect(Buffer.from((await reader.take(3)) ?? []).toString()).toBe('abc')
      expect(await reader.skip(3)).toBe(true)
      expect(await reader.line(100)).toBe(' last')
      expect(await reader.line(100)).toBeNull()
      expect(await reader.take(1)).toBeNull()
    }
  })
})
