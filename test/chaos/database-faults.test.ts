import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { createRandom } from '../../src/demo/random.ts'
import { type Databases, openDatabases } from './databases.ts'
import { type FakeSite, openFakeSite } from './fake-site.ts'
import { findDoubled, findLost, findStuck } from './oracle.ts'
import { passOver } from './pass-in-process.ts'
import { openPostgresProxy, type PostgresProxy } from './postgres-proxy.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 })

let databases: Databases
beforeAll(async () => {
  databases = await openDatabases('server')
  const admin = postgres(databases.server?.url ?? '', { max: 1 })
  await admin`create role crawler login`
  await admin`grant pg_read_all_data, pg_write_all_data to crawler`
  await admin.end()
})
afterAll(() => databases.close())

interface Scene {
  readonly site: FakeSite
  readonly database: OpenDatabase
  readonly proxy: PostgresProxy
  /** A session past the proxy, of a person who looks after the server. */
  readonly admin: postgres.Sql
  /** What is not held as the site has it, or held twice, or left undone; asked past the proxy. */
  readonly wrongs: () => Promise<string[]>
}

/** A site of which one version is held already, and then moved on, so that the pass to come writes of every kind. */
async function scene(answerMs = 0): Promise<Scene> {
  const site = await openFakeSite({ seed: 5, answerMs })
  const made = await databases.make('migrated')
  const proxy = await openPostgresProxy(made.settings.databaseUrl ?? '')
  // A superuser would be let in where others are not.
  const databaseUrl = Object.assign(new URL(proxy.url), { username: 'crawler' }).href
  const database = await openDatabase({ databaseUrl, dataFolder: '' })
  const direct = await openDatabase(made.settings)
  const admin = postgres(made.settings.databaseUrl ?? '', { max: 1, onnotice: () => undefined })
  onTestFinished(async () => {
    await database.close()
    await direct.close()
    await admin.end()
    await proxy.close()
    await site.close()
    await made.remove()
  })
  await passOver(site, database)
  for (let change = 0; change < 4; change++) site.newsroom.change(new Date())
  const wrongs = async () => [
    ...(await findStuck(direct, site)),
    ...(await findLost(direct, site)),
    ...(await findDoubled(direct)),
  ]
  return { site, database, proxy, admin, wrongs }
}

/** Resolves when the site was asked so often since now. */
async function requests({ newsroom }: FakeSite, count: number): Promise<void> {
  const until = newsroom.requests().length + count
  await vi.waitUntil(() => newsroom.requests().length >= until, { timeout: 60_000, interval: 5 })
}

/** Resolves when the pass says that it waits, and for what. */
function watchWaiting(): (reason: RegExp) => Promise<void> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => write.mockRestore())
  return async (reason) => {
    const isTold = () =>
      write.mock.calls.some(([line]) => /waiting for/.test(String(line)) && reason.test(String(line)))
    await vi.waitUntil(isTold, { timeout: 60_000, interval: 5 })
  }
}

/** Ends all sessions of the scene's database but the one that says so. */
const endSessions = (admin: postgres.Sql) =>
  admin`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`

/** All failures but that of the feed which is gone. */
const failuresOf = ({ tally }: Awaited<ReturnType<typeof passOver>>): object => {
  const { gone: _gone, ...failures } = tally.failures
  return failures
}

describe('a pass goes on, and nothing is lost or doubled, when', () => {
  it('the server crashes in the middle of it and recovers', async () => {
    const { site, database, wrongs } = await scene(20)
    const pass = passOver(site, database)
    await requests(site, 4)
    await databases.server?.crash()
    const result = await pass
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it('its sessions are ended again and again', async () => {
    const { site, database, admin, wrongs } = await scene(20)
    const pass = passOver(site, database)
    for (let time = 0; time < 10; time++) {
      await requests(site, 1)
      await endSessions(admin)
    }
    const result = await pass
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it.each([
    ['goes away', 'refuse', /ECONNREFUSED/],
    ['has no server behind it', 'hangUp', /closed the connection/],
  ] as const)('the network between %s for a while', async (_what, fault, reason) => {
    const { site, database, proxy, wrongs } = await scene(20)
    const waiting = watchWaiting()
    const pass = passOver(site, database)
    await requests(site, 5)
    await proxy[fault](true)
    await waiting(reason)
    await proxy[fault](false)
    const result = await pass
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it('the server only reads for a while', async () => {
    const { site, database, admin, wrongs } = await scene(20)
    const waiting = watchWaiting()
    const pass = passOver(site, database)
    await requests(site, 5)
    await admin`alter system set default_transaction_read_only = on`
    await admin`select pg_reload_conf()`
    await waiting(/read-only transaction/)
    await admin`alter system reset default_transaction_read_only`
    await admin`select pg_reload_conf()`
    const result = await pass
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it('the server has no connection to give for a while', async () => {
    const { site, database, admin, wrongs } = await scene(20)
    const waiting = watchWaiting()
    const pass = passOver(site, database)
    await requests(site, 5)
    onTestFinished(async () => void (await admin`alter role crawler connection limit -1`))
    await admin`alter role crawler connection limit 0`
    await endSessions(admin)
    await waiting(/too many connections/)
    await admin`alter role crawler connection limit -1`
    const result = await pass
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it('every answer takes long', async () => {
    const { site, database, proxy, wrongs } = await scene()
    proxy.slow(40)
    const result = await passOver(site, database)
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })

  it.each([1, 2, 3])('the answer to what was written is lost, again and again (seed %i)', async (seed) => {
    const { site, database, proxy, wrongs } = await scene()
    const random = createRandom(seed)
    const pass = passOver(site, database)
    // The site is taken by then.
    await requests(site, 1)
    proxy.loseAnswers(() => random.chance(1 / 3))
    const result = await pass
    proxy.loseAnswers(() => false)
    expect(proxy.lost()).toBeGreaterThan(5)
    expect(failuresOf(result)).toEqual({})
    expect(await wrongs()).toEqual([])
    // An absence that was saved twice is still one absence.
    const removed = await database.db.execute(sql`select id from comments where state = 'removed'`)
    expect(removed).toEqual([])
  })

  it.each(['40001', '40P01', '55P03', '57014', '25006', '53300', '08006', '57P01'])(
    'the server answers three writes in a row with %s',
    async (code) => {
      const { site, database, admin, wrongs } = await scene()
      await faultyWrites(admin, code, 3)
      const result = await passOver(site, database)
      expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
      expect(await admin`select last_value::int as tries from chaos_tries`).not.toEqual([{ tries: 0 }])
      expect(await wrongs()).toEqual([])
    },
  )
})

describe('a pass', () => {
  it('gives up a page that stands in the way for ever, and stores the others', async () => {
    const { site, database, admin, wrongs } = await scene()
    await faultyWrites(admin, '40P01', 1_000_000)
    expect(failuresOf(await passOver(site, database))).toMatchObject({ store_error: expect.any(Number) })
    await admin`drop function chaos_fault cascade`
    await passOver(site, database)
    expect(await wrongs()).toEqual([])
  })

  it('ends soon when it is stopped while it waits for the database, and the next one goes on from there', async () => {
    const { site, database, proxy, wrongs } = await scene(20)
    const stop = new AbortController()
    const waiting = watchWaiting()
    const pass = passOver(site, database, stop.signal)
    await requests(site, 4)
    await proxy.refuse(true)
    await waiting(/CONNECTION|ECONN/)
    stop.abort()
    await expect(pass).rejects.toThrow(/the database can't be used/)
    await proxy.refuse(false)
    const result = await passOver(site, database)
    expect([result.outcome, failuresOf(result)]).toEqual(['partial', {}])
    expect(await wrongs()).toEqual([])
  })
})

/** Makes so many writes to articles and comments fail. A sequence counts, for it does not go back with its transaction. */
async function faultyWrites(admin: postgres.Sql, code: string, times: number): Promise<void> {
  await admin.unsafe(`
    create sequence chaos_tries minvalue 0 start 0;
    create function chaos_fault() returns trigger language plpgsql as $$ begin
      if nextval('chaos_tries') < ${times} then raise exception 'made up' using errcode = '${code}'; end if;
      return new;
    end $$;
    create trigger chaos before insert or update on articles for each row execute function chaos_fault();
    create trigger chaos before insert or update on comments for each row execute function chaos_fault()`)
}
