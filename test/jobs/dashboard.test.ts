import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { LentDatabase } from '../../src/dashboard/lent-database.ts'
import { openDatabase } from '../../src/db/client.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { readSites } from '../../src/db/sites.ts'
import { type DatabaseKind, newDatabase, type NewDatabase } from '../databases/new-database.ts'
import { storeOf } from '../databases/page-to-save.ts'
import { environmentOf, runJob, type StartedJob, startJob } from './start-job.ts'

async function database(kind: DatabaseKind, content?: 'empty'): Promise<NewDatabase> {
  const made = await newDatabase(kind, content)
  onTestFinished(() => made.remove())
  return made
}

/** The address that a dashboard says it is at. */
async function addressOf({ process: child, result }: StartedJob): Promise<string> {
  const said = new Promise<string>((resolve) => {
    let output = ''
    child.stdout?.on('data', (data: Buffer) => {
      output += data.toString()
      const address = /http:\S+/.exec(output)?.[0]
      if (address !== undefined) resolve(address.replace(/;$/, ''))
    })
  })
  const ended = result.then(({ code, stderr }) => {
    throw new Error(`it ended with ${code}: ${stderr}`)
  })
  return Promise.race([said, ended])
}

describe('dashboard', () => {
  it.each<DatabaseKind>(['embedded', 'server'])(
    'serves pages from the %s database until it is stopped',
    async (kind) => {
      const made = await database(kind)
      const job = startJob('dashboard', ['--port', '0'], { env: environmentOf(made.settings) })
      const address = await addressOf(job)
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
      const response = await fetch(address)
      expect(response.status).toBe(200)
      expect(response.headers.get('server-timing')).toMatch(/total;dur=/)
      expect(await response.text()).toMatch(/No site is held yet/)
      const faked = await fetch(`${address}runs`, { method: 'HEAD' })
      expect([faked.status, await faked.text()]).toEqual([200, ''])
      job.process.kill('SIGTERM')
      expect(await job.result).toMatchObject({
        code: 143,
        stdout: `The dashboard is at ${address}; Ctrl-C ends it.\n`,
      })
    },
  )

  it('is for others only with a password', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'dashboard.example']) {
      const { code, stderr } = await runJob('dashboard', ['--host', host])
      expect(stderr).toMatch(
        /^commentariat: the dashboard at .* could be read by others; set COMMENTARIAT_DASHBOARD_PASSWORD/,
      )
      expect(code).toBe(2)
    }
    const made = await database('server')
    const env = { ...environmentOf(made.settings), COMMENTARIAT_DASHBOARD_PASSWORD: 'let me in' }
    const address = await addressOf(startJob('dashboard', ['--host', '0.0.0.0', '--port', '0'], { env }))
    const here = address.replace('0.0.0.0', '127.0.0.1')
    expect((await fetch(here)).status).toBe(401)
    const headers = { authorization: `Basic ${btoa('anybody:let me in')}` }
    expect((await fetch(here, { headers })).status).toBe(200)
  })

  it.each([
    [['--port', '99999'], /whole number up to 65535/],
    [['--port', 'x'], /whole number up to 65535/],
    [['--theme', 'dark'], /unknown option '--theme'/],
  ])('refuses %j', async (flags, reason) => {
    const { code, stderr } = await runJob('dashboard', flags)
    expect(stderr).toMatch(reason)
    expect(code).toBe(2)
  })

  it('says so where the port is taken', async () => {
    const taken: Server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const made = await database('server')
    const { code, stderr } = await runJob('dashboard', ['--port', port], {
      env: environmentOf(made.settings),
    })
    expect(stderr).toMatch(
      /^commentariat: the dashboard can't listen on port \d+ of 127\.0\.0\.1 \(.*EADDRINUSE.*--port\n$/,
    )
    expect(code).toBe(2)
  })

  it('ends at once where another process holds the database, or its schema is another', async () => {
    const held = await database('embedded')
    await held.open()
    const refused = await runJob('dashboard', ['--port', '0'], { env: environmentOf(held.settings) })
    expect(refused.stderr).toMatch(/^commentariat: the embedded database is in use by process \d+ on .*\n$/)
    expect(refused.code).toBe(4)
    const empty = await database('server', 'empty')
    const unready = await runJob('dashboard', ['--port', '0'], { env: environmentOf(empty.settings) })
    expect(unready.stderr).toMatch(/lacks \d+ of \d+ migrations .*; run: npm run db:migrate\n$/)
    expect(unready.code).toBe(3)
  })
})

describe('an embedded database that the dashboard reads', () => {
  it('is given back when nobody looks, and opened again for who does', async () => {
    const { settings } = await database('embedded')
    const lent = new LentDatabase(settings, await openDatabase(settings), 0)
    onTestFinished(() => lent.close())
    expect(await lent.read((db) => readSites(db))).toEqual([])
    const other = await vi.waitFor(() => openDatabase(settings), { timeout: 20_000 })
    await expect(lent.read((db) => readSites(db))).rejects.toBeInstanceOf(DatabaseInUse)
    await storeOf(other, { id: 'meanwhile' })
    await other.close()
    // Many at once open it once.
    const read = await Promise.all([1, 2, 3].map(() => lent.read((db) => readSites(db))))
    expect(read.map((sites) => sites.map(({ id }) => id))).toEqual([
      ['meanwhile'],
      ['meanwhile'],
      ['meanwhile'],
    ])
  })

  it('is opened again though it was not closed as it should be', async () => {
    const { settings } = await database('embedded')
    const open = await openDatabase(settings)
    const close = vi.fn(async () => {
      await open.close()
      throw new Error('the disk is gone')
    })
    const lent = new LentDatabase(settings, { ...open, close }, 0)
    onTestFinished(() => lent.close())
    expect(await lent.read((db) => readSites(db))).toEqual([])
    await vi.waitFor(() => expect(close).toHaveBeenCalled())
    expect(await lent.read((db) => readSites(db))).toEqual([])
  })
})
