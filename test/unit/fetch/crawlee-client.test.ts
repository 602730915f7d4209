import { Configuration, HttpCrawler, Log, LogLevel, type Source } from '@crawlee/http'
import { describe, expect, it } from 'vitest'
import { DoorClient } from '../../../src/crawlers/fetch/crawlee-client.ts'
import { Failure } from '../../../src/failure.ts'
import { openDoor, serve } from './local-server.ts'

const answers: Record<string, [number, Record<string, string>, string]> = {
  '/page': [200, { 'content-type': 'text/html; charset=x-unknown' }, '<p>Café</p>'],
  '/held': [200, { etag: '"1"' }, 'held'],
  '/gone': [404, { 'content-type': 'text/html' }, 'gone'],
  '/feed': [200, { 'content-type': 'application/rss+xml' }, '<rss/>'],
  '/odd': [200, { 'content-type': 'no type at all' }, 'odd'],
  '/down': [500, { 'content-type': 'application/json' }, 'not json'],
  '/large': [200, { 'content-type': 'text/html' }, 'x'.repeat(20_000)],
}

const wanted = (origin: string): Source[] => [
  ...['page', 'gone', 'odd', 'down', 'large'].map((path) => ({ url: `${origin}/${path}` })),
  { url: `${origin}/held`, userData: { fetch: { purpose: 'article', etag: '"1"' } } },
  { url: `${origin}/feed`, userData: { fetch: { purpose: 'feed' } } },
]

describe('DoorClient', () => {
  it('brings every kind of answer, and every failure, to the handlers of an HttpCrawler', async () => {
    const server = await serve((request, response) => {
      const [status, headers, body] = answers[request.url ?? ''] ?? [400, {}, '']
      if (request.headers['if-none-match'] === headers['etag'] && headers['etag'])
        response.writeHead(304).end()
      else response.writeHead(status, headers).end(body)
    })
    const door = openDoor({ maxBytes: 10_000 })
    const client = new DoorClient(door)
    const handled: Record<string, unknown> = {}
    const failed: Record<string, unknown> = {}
    const crawler = new HttpCrawler(
      {
        ...client.crawlerOptions(4),
        log: new Log({ level: LogLevel.OFF }),
        requestHandler: ({ request, body, response }) => {
          const answer = client.take(request)
          const text = Buffer.from(answer.body).toString('utf8')
          expect([response.statusCode, body.toString()]).toEqual([answer.status, ''])
          expect(() => client.take(request)).toThrow('taken already')
          handled[new URL(answer.url).pathname] = [
            answer.status,
            answer.headers['content-type'] ?? null,
            text,
          ]
        },
        failedRequestHandler: ({ request }, error) => {
          failed[new URL(request.url).pathname] = error
        },
      },
      new Configuration({ persistStorage: false }),
    )
    await crawler.run(wanted(server.origin))
    expect(handled).toEqual({
      '/page': [200, 'text/html; charset=x-unknown', '<p>Café</p>'],
      '/held': [304, null, ''],
      '/gone': [404, 'text/html', 'gone'],
      '/feed': [200, 'application/rss+xml', '<rss/>'],
      '/odd': [200, 'no type at all', 'odd'],
      '/down': [500, 'application/json', 'not json'],
    })
    expect(Object.keys(failed)).toEqual(['/large'])
    expect(failed['/large']).toBeInstanceOf(Failure)
    expect(failed['/large']).toMatchObject({ class: 'too_large', url: `${server.origin}/large` })
    expect(server.pages.length).toBe(7)
    expect(server.pages.find(({ url }) => url === '/feed')?.headers.accept).toContain('application/rss+xml')
  })

  it('serves the requests that a handler sends by itself', async () => {
    const server = await serve((request, response) => response.end(`{"path": "${request.url}"}`))
    const client = new DoorClient(openDoor())
    const url = `${server.origin}/a`
    expect((await client.sendRequest({ url })).body).toBe('{"path": "/a"}')
    expect((await client.sendRequest({ url, responseType: 'json' })).body).toEqual({ path: '/a' })
    expect((await client.sendRequest({ url, responseType: 'buffer' })).body).toEqual(
      Buffer.from('{"path": "/a"}'),
    )
  })
})
