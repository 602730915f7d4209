import { expect, it } from 'vitest'
import { failureOfStatus } from '../../../src/crawlers/fetch/failure-of-status.ts'
import { failureOf, openDoor, serve } from './local-server.ts'

const purpose = 'article'
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8')

it('are followed, relative and in UTF-8 too, and listed', async () => {
  const server = await serve((request, response) => {
    const location = { '/a': '/b?x=1#top', '/b?x=1': Buffer.from('/новость').toString('latin1') }[
      request.url ?? ''
    ]
    if (location === undefined) response.end('here')
    else response.writeHead(301, { location }).end()
  })
  const answer = await openDoor().fetch({ url: `${server.origin}/a`, purpose })
  expect([answer.url, answer.redirects, textOf(answer.body)]).toEqual([
    `${server.origin}/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C`,
    [`${server.origin}/a`, `${server.origin}/b?x=1`],
    'here',
  ])
})

it('fail when they loop or are too many', async () => {
  const server = await serve((request, response) => {
    const step = Number(request.url?.slice(1))
    response.writeHead(302, { location: Number.isNaN(step) ? '/loop' : `/${step + 1}` }).end()
  })
  const door = openDoor()
  expect(await failureOf(door.fetch({ url: `${server.origin}/loop`, purpose }))).toMatchObject({
    class: 'redirect_loop',
  })
  expect(server.pages.length).toBe(1)
  expect(await failureOf(door.fetch({ url: `${server.origin}/0`, purpose }))).toMatchObject({
    class: 'redirect_loop',
  })
  expect(server.pages.length).toBe(12)
})

it('without a place to go are an answer', async () => {
  const server = await serve((_request, response) => response.writeHead(302).end())
  const answer = await openDoor().fetch({ url: `${server.origin}/a`, purpose })
  expect([answer.status, failureOfStatus(answer)?.class]).toEqual([302, 'http_error'])
})

it('to another host ask its robots.txt and carry no credentials', async () => {
  const target = await serve(
    (request, response) => {
      response.end(request.url === '/robots.txt' ? 'User-agent: commentariat\nDisallow: /closed' : 'open')
    },
    { ownRobots: true },
  )
  const server = await serve((request, response) =>
    response.writeHead(302, { location: target.origin + request.url }).end(),
  )
  const door = openDoor()
  const headers = { authorization: 'Basic x', cookie: 'a=b', 'x-api-key': 'secret', 'accept-language': 'lv' }
  await door.fetch({ url: `${server.origin}/open`, purpose, headers, etag: '"1"' })
  expect(server.pages[0]?.headers).toMatchObject({ ...headers, 'if-none-match': '"1"' })
  expect(target.pages[0]?.headers).toMatchObject({ 'accept-language': 'lv' })
  for (const name of ['authorization', 'cookie', 'x-api-key', 'if-none-match'])
    expect(target.pages[0]?.headers).not.toHaveProperty(name)
  expect(await failureOf(door.fetch({ url: `${server.origin}/closed`, purpose }))).toMatchObject({
    class: 'robots_refused',
    url: `${target.origin}/closed`,
  })
  expect(target.paths).toEqual(['/robots.txt', '/open'])
})

it('keep no cookies', async () => {
  const server = await serve((_request, response) => response.writeHead(200, { 'set-cookie': 'a=b' }).end())
  const door = openDoor()
  for (const path of ['/a', '/b']) await door.fetch({ url: server.origin + path, purpose })
  expect(server.pages[1]?.headers).not.toHaveProperty('cookie')
})
