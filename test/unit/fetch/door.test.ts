import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { failureOfStatus } from '../../../src/crawlers/fetch/failure-of-status.ts'
import { openDoor, serve } from './local-server.ts'

const purpose = 'article'
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8')

it('has the decoded body, the headers and where it came from', async () => {
  const packed = gzipSync('<p>Bread is dearer</p>')
  const server = await serve((_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip', 'X-A': ['1', '2'] })
      .end(packed)
  })
  const answer = await openDoor({ clock: () => Date.UTC(2026, 2, 1) }).fetch({
    url: `${server.origin}/a#top`,
    purpose,
  })
  expect({ ...answer, headers: answer.headers['x-a'], body: textOf(answer.body) }).toEqual({
    url: `${server.origin}/a`,
    requestedUrl: `${server.origin}/a`,
    status: 200,
    headers: '1, 2',
    body: '<p>Bread is dearer</p>',
    notModified: false,
    gzip: packed,
    wireBytes: packed.length,
    fetchedAt: new Date('2026-03-01T00:00:00Z'),
    redirects: [],
  })
})

it('may have any status', async () => {
  const server = await serve((request, response) =>
    response.writeHead(Number(request.url?.slice(1))).end('text'),
  )
  const door = openDoor()
  for (const status of [200, 404, 410, 418, 500, 503]) {
    const answer = await door.fetch({ url: `${server.origin}/${status}`, purpose })
    expect([answer.status, textOf(answer.body)]).toEqual([status, 'text'])
  }
})

it('is a 304 for validators that still hold', async () => {
  const server = await serve((request, response) => {
    const { 'if-none-match': etag, 'if-modified-since': since } = request.headers
    const held = etag === 'W/"1"' && since === 'Sun, 01 Mar 2026 00:00:00 GMT'
    response.writeHead(held || request.url === '/odd' ? 304 : 200, { etag: 'W/"1"' }).end()
  })
  const door = openDoor()
  const validators = { etag: 'W/"1"', lastModified: 'Sun, 01 Mar 2026 00:00:00 GMT' }
  const answer = await door.fetch({ url: `${server.origin}/a`, purpose, ...validators })
  expect([answer.status, answer.notModified, answer.body.length]).toEqual([304, true, 0])
  const unasked = await door.fetch({ url: `${server.origin}/odd`, purpose, etag: null })
  expect([unasked.status, unasked.notModified, failureOfStatus(unasked)?.class]).toEqual([
    304,
    false,
    'empty',
  ])
  expect(door.stats()).toEqual({ requests: 3, wireBytes: 0, notModified: 1 })
})
