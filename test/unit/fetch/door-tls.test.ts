import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Certificate, type CertificateWish, makeCertificate } from './certificate.ts'

const day = 24 * 60 * 60 * 1000
const door = new URL('../../../src/crawlers/fetch/door.ts', import.meta.url).href

const at = (days: number): Date => new Date(Date.now() + days * day)

const certificate = (wish: Partial<CertificateWish> & { readonly name: string }): Certificate =>
  makeCertificate({ from: at(-30), until: at(30), issuer: null, isAuthority: false, ...wish })

/** A server of TLS that counts what it is asked. */
async function serveTls(options: ServerOptions): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer(options, (request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(request.url === '/robots.txt' ? 404 : 200).end('page')
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { port: address.port, asked }
}

/** Asks these addresses in a process that trusts the authority, as only its start can make it. */
async function askTrusting(authority: Certificate, urls: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-tls-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'authority.pem')
  await writeFile(file, authority.cert)
  const script = `
    const { Door } = await import(${JSON.stringify(door)})
    const door = new Door({
      userAgent: 'Commentariat/0.1', contact: null, allowPrivateNetwork: true, lookup: async () => ['127.0.0.1'],
      minimumDelayMs: 0, sleep: async () => undefined, clock: (() => { let now = 0; return () => (now += 60_000) })(),
    })
    const found = []
    for (const url of ${JSON.stringify(urls)}) {
      const ask = door.fetch({ url, purpose: 'article', skipRobots: url.includes('?') })
      found.push(await ask.then(({ status }) => String(status), (error) => error.class))
    }
    await door.close()
    console.log(JSON.stringify(found))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } },
  )
  return z.array(z.string()).parse(JSON.parse(stdout))
}

it('reads from a host with a valid certificate only, and asks the others nothing', async () => {
  const issuer = certificate({ name: 'Test authority', isAuthority: true })
  const name = 'news.example'
  const valid = certificate({ name, issuer })
  const servers = {
    valid: await serveTls({ ...valid }),
    expired: await serveTls({ ...certificate({ name, issuer, until: at(-1) }) }),
    'not yet valid': await serveTls({ ...certificate({ name, issuer, from: at(1) }) }),
    'of another host': await serveTls({ ...certificate({ name: 'other.example', issuer }) }),
    'signed by itself': await serveTls({ ...certificate({ name }) }),
    'of an unknown authority': await serveTls({
      ...certificate({ name, issuer: certificate({ name: 'Stranger', isAuthority: true }) }),
    }),
    'TLS 1.1': await serveTls({
      ...valid,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  }
  const urls = Object.values(servers).flatMap(({ port }) => [
    `https://${name}:${port}/a`,
    `https://${name}:${port}/a?now`,
  ])
  const found = await askTrusting(issuer, urls)
  const outcomes = Object.keys(servers).map((kind, index) => [kind, found[2 * index], found[2 * index + 1]])
  expect(outcomes).toEqual([
    ['valid', '200', '200'],
    ...Object.keys(servers)
      .slice(1)
      .map((kind) => [kind, 'tls_error', 'tls_error']),
  ])
  const { valid: read, ...others } = servers
  expect(read.asked).toEqual(['/robots.txt', '/a', '/a?now'])
  expect(Object.values(others).flatMap(({ asked }) => asked)).toEqual([])
})
