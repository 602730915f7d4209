import { expect, it } from 'vitest'
import { failureOf, openDoor, serve } from './local-server.ts'

const purpose = 'article'
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('utf8')

it('says who asks and where to complain', async () => {
  const server = await serve((_request, response) => response.end())
  const url = `${server.origin}/a`
  await openDoor().fetch({ url, purpose: 'feed', headers: { 'User-Agent': 'Mozilla', 'X-Own': 'yes' } })
  await openDoor({ contact: 'desk@news.example' }).fetch({ url, purpose })
  const [first, second] = server.pages.map(({ headers }) => headers)
  expect(first).toMatchObject({
    'user-agent': 'Commentariat/0.1.0 (+https://news.example/bot)',
    'accept-encoding': 'gzip, deflate, br',
    'x-own': 'yes',
  })
  expect(first?.accept).toContain('application/rss+xml')
  expect(first).not.toHaveProperty('from')
  expect(second).toMatchObject({
    'user-agent': 'Commentariat/0.1.0 (+desk@news.example)',
    from: 'desk@news.example',
  })
})

it('may be a POST that is answered at its own address', async () => {
  const server = await serve((request, response) => {
    if (request.method === 'POST') response.writeHead(303, { location: '/a' }).end()
    else response.end('done')
  })
  const answer = await openDoor().fetch({ url: `${server.origin}/a`, method: 'POST', body: 'q', purpose })
  expect([answer.status, textOf(answer.body)]).toEqual([200, 'done'])
})

it('needs a product token', () => {
  expect(() => openDoor({ userAgent: '2Bot/1.0' })).toThrow(RangeError)
})

it('can be a POST, which a 303 turns into a GET and a 307 repeats', async () => {
  const seen: string[] = []
  const server = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-type'] ?? '-'} ${body}`)
      const status = Number(request.url?.slice(1))
      if (status > 0) response.writeHead(status, { location: '/end' })
      response.end()
    })
  })
  const door = openDoor()
  for (const path of ['303', '307']) {
    const headers = { 'Content-Type': 'text/plain' }
    await door.fetch({
      url: `${server.origin}/${path}`,
      method: 'POST',
      headers,
      body: 'q',
      purpose: 'comments',
    })
  }
  expect(seen).toEqual([
    'POST /303 text/plain q',
    'GET /end - ',
    'POST /307 text/plain q',
    'POST /end text/plain q',
  ])
})

it('ends with the reason of its signal, and leaves the door usable', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/b') response.end('fine')
  })
  const door = openDoor()
  const controller = new AbortController()
  const pending = failureOf(door.fetch({ url: `${server.origin}/a`, purpose, signal: controller.signal }))
  await expect.poll(() => server.pages.length).toBe(1)
  controller.abort(new Error('enough'))
  expect(await pending).toMatchObject({ message: 'enough' })
  expect(textOf((await door.fetch({ url: `${server.origin}/b`, purpose })).body)).toBe('fine')
})
