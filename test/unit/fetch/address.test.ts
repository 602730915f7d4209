import { describe, expect, it } from 'vitest'
import {
  guardedLookup,
  isLoopbackUrl,
  isSpecialAddress,
  parseFetchUrl,
  refuseSpecialHost,
} from '../../../src/crawlers/fetch/address.ts'
import { failureOf, openDoor, serve } from './local-server.ts'
import { specialAddresses } from './special-addresses.ts'

const special = [...specialAddresses, 'not an address']

describe('isSpecialAddress', () => {
  it.each(special)('refuses %s', (address) => {
    expect(isSpecialAddress(address)).toBe(true)
  })

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'lets %s through',
    (address) => {
      expect(isSpecialAddress(address)).toBe(false)
    },
  )
})

describe('refuseSpecialHost', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://１２７.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://a.localhost/',
    'http://169.254.169.254/latest/meta-data/',
  ])('refuses %s', (url) => {
    expect(() => refuseSpecialHost(parseFetchUrl(url))).toThrow(
      expect.objectContaining({ class: 'private_address' }),
    )
  })

  it('refuses ports of other services', () => {
    expect(() => refuseSpecialHost(parseFetchUrl('http://news.example:25/'))).toThrow(
      expect.objectContaining({ class: 'bad_url' }),
    )
    expect(() => refuseSpecialHost(parseFetchUrl('http://news.example:8080/'))).not.toThrow()
    expect(() => refuseSpecialHost(parseFetchUrl('http://news.example:443/'))).not.toThrow()
  })
})

describe('parseFetchUrl', () => {
  it.each([
    'file:///etc/passwd',
    'gopher://news.example/',
    'javascript:alert(1)',
    'http://',
    'news.example',
    '',
  ])('refuses %s', (url) => {
    expect(() => parseFetchUrl(url)).toThrow(expect.objectContaining({ class: 'bad_url' }))
  })

  it('drops credentials and fragment, and keeps credentials out of messages', () => {
    expect(parseFetchUrl('http://news.example./a').href).toBe('http://news.example/a')
    expect(parseFetchUrl('http://ann:secret@news.example/a#b').href).toBe('http://news.example/a')
    expect(() => parseFetchUrl('ftp://ann:secret@news.example/')).toThrow(
      expect.objectContaining({ message: 'ftp://news.example/ is neither http nor https' }),
    )
  })
})

describe('isLoopbackUrl', () => {
  it.each([
    'http://127.0.0.1:80/',
    'http://127.9.9.9/',
    'http://localhost:3000/x',
    'http://[::1]/',
    'http://0x7f.1/',
  ])('knows %s', (url) => {
    expect(isLoopbackUrl(url)).toBe(true)
  })

  it.each(['http://10.0.0.1/', 'http://news.example/', 'https://localhost.news.example/', 'nonsense'])(
    'does not take %s for it',
    (url) => {
      expect(isLoopbackUrl(url)).toBe(false)
    },
  )
})

describe('guardedLookup', () => {
  const look = (addresses: readonly string[], allowPrivateNetwork: boolean): Promise<unknown> =>
    new Promise((resolve) => {
      guardedLookup(async () => addresses, allowPrivateNetwork)(
        'news.example',
        { all: true },
        (error, found) => {
          resolve(error ?? found)
        },
      )
    })

  it('hands on public answers', async () => {
    expect(await look(['93.184.215.14', '2606:2800:21f::1'], false)).toEqual([
      { address: '93.184.215.14', family: 4 },
      { address: '2606:2800:21f::1', family: 6 },
    ])
  })

  it('refuses a name with one special address among its answers', async () => {
    expect(await look(['93.184.215.14', '10.0.0.1'], false)).toMatchObject({ class: 'private_address' })
    expect(await look(['10.0.0.1'], true)).toEqual([{ address: '10.0.0.1', family: 4 }])
  })

  it('fails without an answer', async () => {
    expect(await look([], false)).toMatchObject({ class: 'dns_error' })
  })
})

describe('the door, private network not allowed', () => {
  it('opens no socket to a private address, by literal or by name', async () => {
    const trap = await serve((_request, response) => response.end('caught'))
    const door = openDoor({ allowPrivateNetwork: false, lookup: async () => ['127.0.0.1'] })
    const urls = [
      `${trap.origin}/`,
      `http://localhost:${trap.port}/`,
      `http://[::ffff:127.0.0.1]:${trap.port}/`,
      `http://0x7f.1:${trap.port}/`,
      `http://rebind.example:${trap.port}/`,
    ]
    for (const url of urls) {
      expect(await failureOf(door.fetch({ url, purpose: 'article' }))).toMatchObject({
        class: 'private_address',
      })
    }
    expect(trap.connections).toBe(0)
  })

  it('refuses a redirect to another scheme', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )
    const door = openDoor()
    expect(await failureOf(door.fetch({ url: `${server.origin}/a`, purpose: 'article' }))).toMatchObject({
      class: 'bad_url',
    })
  })
})
