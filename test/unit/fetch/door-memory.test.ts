import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { serve } from './local-server.ts'

const outcome = z.object({ found: z.array(z.unknown()), grown: z.number() })
const MiB = 1 << 20
const zeros = Buffer.alloc(8 * MiB)
/** Members of a gzip follow one another (RFC 1952 §2.2): 256 MiB of zeros without making them. */
const gzipBomb = Buffer.concat(Array.from({ length: 32 }, () => gzipSync(zeros)))
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

const bombs: Readonly<Record<string, readonly [string, Buffer]>> = {
  '/gzip': ['gzip', gzipBomb],
  '/unsaid': ['identity', gzipBomb],
  '/gzip-in-gzip': ['gzip, gzip', gzipSync(gzipBomb)],
  '/deflate': ['deflate', deflateSync(Buffer.alloc(64 * MiB), { level: 1 })],
  '/br': ['br', brotliCompressSync(Buffer.alloc(128 * MiB), quick)],
  '/gzip-in-br': ['gzip, br', brotliCompressSync(gzipBomb)],
}

it('stays within 64 MB over its base under bombs and endless bodies', async () => {
  const server = await serve((request, response) => {
    const bomb = bombs[request.url ?? '']
    if (bomb !== undefined) response.writeHead(200, { 'content-encoding': bomb[0] }).end(bomb[1])
    else if (request.url === '/page') response.end('<p>bread</p>'.repeat(50_000))
    else {
      const more = (): void => {
        while (!response.destroyed && response.write(zeros.subarray(0, 64 * 1024)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
  })
  const paths = [...Object.keys(bombs), '/endless']
  const script = `
    const { Door } = await import(${JSON.stringify(new URL('../../../src/crawlers/fetch/door.ts', import.meta.url).href)})
    const door = new Door({ userAgent: 'Commentariat/0.1', contact: null, allowPrivateNetwork: true })
    const ask = (path) => door.fetch({ url: ${JSON.stringify(server.origin)} + path, purpose: 'article' })
      .then(({ body }) => body.length, (error) => error.class)
    const peak = () => Math.round(process.resourceUsage().maxRSS / 1024)
    for (let round = 0; round < 20; round += 1) await ask('/page')
    const base = peak()
    const found = []
    for (const path of ${JSON.stringify(paths)}) found.push(await ask(path))
    console.log(JSON.stringify({ found, grown: peak() - base }))
    await door.close()`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    script,
  ])
  const { found, grown } = outcome.parse(JSON.parse(stdout))
  expect(found).toEqual(paths.map(() => 'too_large'))
  expect(grown).toBeLessThan(64)
})
