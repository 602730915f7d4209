import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readBody } from '../../../src/crawlers/fetch/decode-body.ts'

/** Of several sizes and kinds: what compresses well, badly and not at all. */
const bodies: Readonly<Record<string, Buffer>> = {
  'a word': Buffer.from('ok'),
  'a line of JSON': Buffer.from('{"comments":[],"total":0}'),
  'a small page': Buffer.from(`<!doctype html><title>News</title>${'<p>Bread is dearer.</p>'.repeat(30)}`),
  'a page in Cyrillic': Buffer.from('<p>Хлеб подорожал на треть за зиму.</p>'.repeat(80)),
  'a long page': Buffer.from(Array.from({ length: 9_000 }, (_, n) => `<p>${n * 7919} loaves</p>`).join('')),
  'what does not compress': Buffer.from(
    Array.from({ length: 1_500 }, (_, n) => createHash('sha256').update(`${n}`).digest('base64')).join(''),
  ),
}

const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const codings: Readonly<Record<string, readonly [string, (body: Buffer) => Buffer]>> = {
  gzip: ['gzip', gzipSync],
  'gzip, stored': ['gzip', (body) => gzipSync(body, { level: 0 })],
  zlib: ['deflate', deflateSync],
  'raw deflate': ['deflate', deflateRawSync],
  brotli: ['br', brotliCompressSync],
  'quick brotli': ['br', (body) => brotliCompressSync(body, fast)],
  'gzip in gzip': ['gzip, gzip', (body) => gzipSync(gzipSync(body))],
}

const cases = Object.entries(codings).flatMap(([name, [contentEncoding, pack]]) =>
  Object.entries(bodies).map(([kind, body]) => [name, kind, contentEncoding, pack(body)] as const),
)

/** Every length up to 300 octets and from 20 before the end, and each twentieth between. */
function cuts(length: number): number[] {
  const near = Array.from({ length: Math.min(300, length - 1) }, (_, index) => index + 1)
  const between = Array.from({ length: 19 }, (_, index) => Math.ceil((length * (index + 1)) / 20))
  const last = Array.from({ length: 20 }, (_, index) => length - index - 1)
  return [...new Set([...near, ...between, ...last])].filter((at) => at > 0 && at < length)
}

async function* inOnePiece(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield octets
}

/** `whole`, or the class of the failure. */
async function outcome(octets: Uint8Array, contentEncoding: string): Promise<string> {
  try {
    await readBody(inOnePiece(octets), {
      url: 'https://news.example/',
      contentEncoding,
      maxBytes: 1 << 20,
      atCap: 'fail',
      onWireBytes: () => undefined,
    })
    return 'whole'
  } catch (error) {
    return error instanceof Error && 'class' in error ? String(error.class) : String(error)
  }
}

it.each(cases)('%s of %s is never taken for whole when it is cut', async (_name, _kind, coding, packed) => {
  expect(await outcome(packed, coding)).toBe('whole')
  const taken: number[] = []
  for (const length of cuts(packed.length)) {
    const found = await outcome(packed.subarray(0, length), coding)
    if (found !== 'truncated') taken.push(length)
  }
  expect(taken).toEqual([])
})
