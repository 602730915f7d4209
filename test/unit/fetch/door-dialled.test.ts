import { expect, it } from 'vitest'
import type { Door } from '../../../src/crawlers/fetch/door.ts'
import { failureOf, openDoor, serve } from './local-server.ts'
import { publicAddress, smallInternet, virtualTime } from './small-internet.ts'
import { specialAddresses } from './special-addresses.ts'

const purpose = 'article'

/** A door to the internet alone, where names lead to these addresses. */
const doorWith = (names: Readonly<Record<string, readonly string[]>>): Door =>
  openDoor({
    allowPrivateNetwork: false,
    lookup: async (name) => names[name] ?? [publicAddress],
    ...virtualTime(),
  })

const literal = (address: string): string =>
  address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address

it('knows 41 kinds of special addresses', () => {
  expect(new Set(specialAddresses).size).toBe(41)
})

it.each(specialAddresses)('never dials %s, however it is led there', async (address) => {
  const server = await serve(
    (request, response) => {
      const { url } = request
      const host = request.headers.host ?? ''
      if (host.startsWith('robots.'))
        response.writeHead(302, { location: `http://${literal(address)}/robots.txt` }).end()
      else if (url === '/to-literal')
        response.writeHead(302, { location: `http://${literal(address)}/` }).end()
      else if (url === '/to-name') response.writeHead(307, { location: 'http://inside.example/' }).end()
      else response.writeHead(url === '/robots.txt' ? 404 : 200).end('page')
    },
    { ownRobots: true },
  )
  const { dialled } = smallInternet(server.port)
  const door = doorWith({ 'inside.example': [address], 'mixed.example': [publicAddress, address] })
  expect((await door.fetch({ url: 'http://news.example/', purpose })).status).toBe(200)
  const ways = [
    `http://${literal(address)}/`,
    `https://${literal(address)}/`,
    'http://inside.example/',
    'https://inside.example/',
    'http://mixed.example/',
    'http://news.example/to-literal',
    'http://news.example/to-name',
  ]
  for (const url of ways) {
    const skipped = await failureOf(door.fetch({ url, purpose, skipRobots: true }))
    expect(skipped, url).toMatchObject({ class: 'private_address' })
    expect(await failureOf(door.fetch({ url, purpose })), url).toMatchObject({ class: 'private_address' })
  }
  expect(await failureOf(door.fetch({ url: 'http://robots.example/', purpose }))).toMatchObject({
    class: 'robots_unreachable',
  })
  expect(new Set(dialled)).toEqual(new Set([publicAddress]))
})

it('dials what was checked, when a name answers differently each time', async () => {
  const server = await serve((_request, response) =>
    response.writeHead(200, { connection: 'close' }).end('page'),
  )
  const { dialled } = smallInternet(server.port)
  let asked = 0
  const door = openDoor({
    allowPrivateNetwork: false,
    lookup: async () => [(asked += 1) % 2 === 0 ? '169.254.169.254' : publicAddress],
    ...virtualTime(),
  })
  const outcomes = new Map<string, number>()
  for (let round = 0; round < 1_000; round += 1) {
    const found = await door.fetch({ url: 'http://flip.example/', purpose, skipRobots: true }).then(
      ({ status }) => String(status),
      (error: unknown) => (error instanceof Error && 'class' in error ? String(error.class) : 'unknown'),
    )
    outcomes.set(found, (outcomes.get(found) ?? 0) + 1)
  }
  expect(Object.fromEntries(outcomes)).toEqual({ 200: 500, private_address: 500 })
  expect([new Set(dialled), dialled.length]).toEqual([new Set([publicAddress]), 500])
})

it('sends nothing on a socket that ended up elsewhere than the look-up said', async () => {
  const trap = await serve((_request, response) => response.end('caught'))
  smallInternet(trap.port, '10.0.0.7')
  const door = doorWith({})
  for (const scheme of ['http', 'https']) {
    const url = `${scheme}://news.example/`
    expect(await failureOf(door.fetch({ url, purpose, skipRobots: true }))).toMatchObject({
      class: scheme === 'http' ? 'private_address' : 'tls_error',
    })
  }
  expect(trap.paths).toEqual([])
})

it('goes through no proxy, whatever the environment names', async () => {
  const trap = await serve((_request, response) => response.end('caught'))
  const server = await serve((_request, response) => response.end('page'))
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'] as const
  const before = names.map((name) => process.env[name])
  for (const name of names) process.env[name] = trap.origin
  try {
    const answer = await openDoor().fetch({ url: `${server.origin}/a`, purpose })
    expect([answer.status, trap.connections]).toEqual([200, 0])
  } finally {
    for (const [index, name] of names.entries()) {
      const value = before[index]
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
})

it('sends no credentials that an address holds, and writes none into a failure', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/a')
      response.writeHead(302, { location: `http://reader:secret@${request.headers.host}/b` })
    else if (request.url === '/broken') response.destroy()
    response.end()
  })
  const door = openDoor()
  const withSecret = (path: string): string => server.origin.replace('//', '//reader:secret@') + path
  const answer = await door.fetch({ url: withSecret('/a'), purpose })
  expect(server.pages.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  const failure = await failureOf(door.fetch({ url: withSecret('/broken'), purpose }))
  expect(JSON.stringify([answer, failure, String(failure)])).not.toContain('secret')
})
