import { once } from 'node:events'
import { createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { DatabaseUnreachable } from '../../src/db/refusals.ts'
import { DatabaseInUse } from '../../src/db/embedded/lock.ts'
import { queryReadOnly } from '../../src/db/read-only.ts'
import { StoreUnavailable } from '../../src/store.ts'
import { openPostgresProxy } from '../chaos/postgres-proxy.ts'
import { describeEachDatabase } from './each-database.ts'
import { newDatabase } from './new-database.ts'
import { storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

describeEachDatabase('a read-only query', (open) => {
  it('gives columns in the order asked for, ids and counts as numbers', async () => {
    const result = await queryReadOnly(
      open(),
      `select 'b' as b, 9::bigint as id, null::bigint as none, 9007199254740993::bigint as huge,
        array['x', 'y'] as a, '{"k": 1}'::jsonb as json, true as yes`,
    )
    expect(result).toEqual({
      columns: ['b', 'id', 'none', 'huge', 'a', 'json', 'yes'],
      rows: [['b', 9, null, '9007199254740993', ['x', 'y'], { k: 1 }, true]],
    })
    expect(await queryReadOnly(open(), 'select id, title from articles')).toEqual({
      columns: ['id', 'title'],
      rows: [],
    })
  })

  it('gives both of two columns of one name', async () => {
    expect(await queryReadOnly(open(), 'select 1 as id, 2::bigint as id, 3 as other')).toEqual({
      columns: ['id', 'id', 'other'],
      rows: [[1, 2, 3]],
    })
  })

  it.each([
    "insert into sites (id, name, url, timezone) values ('x', 'x', 'x', 'UTC')",
    "update sites set name = 'x'",
    'delete from sites',
    'drop table comments',
    'truncate articles cascade',
    'create table t (a int)',
    "select setval('comments_id_seq', 1)",
    'with gone as (delete from sites returning id) select * from gone',
    'commit; delete from sites',
    'rollback; drop table comments',
    'set transaction read write; delete from sites',
    "copy sites to program 'true'",
    "/* select */ copy (select 1) to '/tmp/commentariat-copy'",
    "-- select\n copy sites to program 'true'",
    "set_config('a.b', 'c', false)",
    "select set_config('transaction_read_only', 'off', true)",
    'select * into stolen from sites',
    'do $$ begin delete from sites; end $$',
    '',
  ])('refuses %s', async (statement) => {
    await storeOf(open(), { id: 'kept' })
    const before = await rowsOf(open(), sql`select * from sites`)
    await expect(queryReadOnly(open(), statement)).rejects.toThrow()
    expect(await rowsOf(open(), sql`select * from sites`)).toEqual(before)
    expect(await rowsOf(open(), sql`select to_regclass('comments')::text as name`)).toEqual([
      { name: 'comments' },
    ])
  })

  it.each([
    "  -- the sites\n/* all * of them */ ( select id from sites where id = 'read' )",
    "with these as (select id from sites) select id from these where id = 'read'",
    "SELECT id FROM sites WHERE id = 'read';",
  ])('runs %s', async (statement) => {
    await storeOf(open(), { id: 'read' })
    expect(await queryReadOnly(open(), statement)).toEqual({ columns: ['id'], rows: [['read']] })
  })

  it('leaves a session that can write again', async () => {
    await queryReadOnly(open(), 'select 1')
    await storeOf(open(), { id: 'after' })
    expect(await rowsOf(open(), sql`select id from sites where id = 'after'`)).toEqual([{ id: 'after' }])
  })
})

describe('work under a lock', () => {
  it('takes turns under the same lock on a server', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const opened = [await made.open(), await made.open()]
    const log: string[] = []
    const turn = (index: number) =>
      opened[index]!.exclusively(42, async (db) => {
        log.push('in')
        await db.execute(sql`select pg_sleep(0.05)`)
        log.push('out')
      })
    await Promise.all([turn(0), turn(1), turn(0), turn(1)])
    expect(log).toEqual(Array.from({ length: 4 }, () => ['in', 'out']).flat())
  })
})

describe('opening a database', () => {
  it('that does not answer says which, without the password', async () => {
    const opening = openDatabase({ databaseUrl: 'postgres://me:secret@127.0.0.1:1/news', dataFolder: '' })
    await expect(opening).rejects.toBeInstanceOf(DatabaseUnreachable)
    await expect(opening).rejects.toThrow(/the database 127\.0\.0\.1:1\/news is out of reach .*ECONNREFUSED/)
    await expect(opening).rejects.not.toThrow(/secret/)
  })

  it.each([
    ['closes each connection at once, as a forwarder does without a server behind it', ''],
    ['is no database', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('at an address that %s says so, and does not try for ever', async (_what, answer) => {
    let connections = 0
    const forwarder = createServer((socket) => {
      connections++
      socket.on('error', () => undefined).end(answer)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void forwarder.close())
    await once(forwarder, 'listening')
    const address = forwarder.address()
    const port = typeof address === 'object' ? address?.port : null
    const opening = openDatabase({ databaseUrl: `postgres://127.0.0.1:${port}/news`, dataFolder: '' })
    await expect(opening).rejects.toBeInstanceOf(DatabaseUnreachable)
    await expect(opening).rejects.toThrow(/is out of reach \(the server closed the connection\)/)
    expect(connections).toBe(1)
  })

  it('of several servers that do not answer says what is the matter with each', async () => {
    const opening = openDatabase({
      databaseUrl: 'postgres://me:secret@127.0.0.1:1,127.0.0.2:2/news',
      dataFolder: '',
    })
    await expect(opening).rejects.toBeInstanceOf(DatabaseUnreachable)
    await expect(opening).rejects.toThrow(
      'the database 127.0.0.1:1,127.0.0.2:2/news is out of reach ' +
        '(connect ECONNREFUSED 127.0.0.1:1; connect ECONNREFUSED 127.0.0.2:2); check DATABASE_URL',
    )
  })

  it('of several servers takes the one that answers, and stays with it', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const url = new URL(made.settings.databaseUrl!)
    const hosts = `127.0.0.2:1,${url.host},127.0.0.2:2`
    const database = await openDatabase({ databaseUrl: url.href.replace(url.host, hosts), dataFolder: '' })
    onTestFinished(() => database.close())
    const others = await Promise.all(
      Array.from({ length: 12 }, () =>
        database.db.execute(sql`select pg_sleep(0.01), inet_server_port() as port`),
      ),
    )
    expect(others.map(([row]) => row?.['port'])).toEqual(others.map(() => Number(url.port)))
    const held = await database.exclusively(1, (db) => db.execute(sql`select 1 as one`))
    expect(held[0]).toEqual({ one: 1 })
    expect((await database.session.execute(sql`select 1 as one`))[0]).toEqual({ one: 1 })
  })

  it('of servers that are none of the role that is asked for does not try for ever', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const url = new URL(made.settings.databaseUrl!)
    const hosts = `${url.host},127.0.0.2:2`
    url.searchParams.set('target_session_attrs', 'standby')
    const opening = openDatabase({ databaseUrl: url.href.replace(url.host, hosts), dataFolder: '' })
    await expect(opening).rejects.toThrow(/is out of reach .*ECONNREFUSED 127\.0\.0\.2:2/)
  })

  it('of several servers waits as long as for one when all have gone, and goes on with one that is back', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const proxy = await openPostgresProxy(made.settings.databaseUrl!)
    onTestFinished(() => proxy.close())
    const { host } = new URL(proxy.url)
    const databaseUrl = proxy.url.replace(host, `127.0.0.2:1,${host},127.0.0.2:2`)
    const database = await openDatabase({ databaseUrl, dataFolder: '' })
    onTestFinished(() => database.close())
    const { signal } = new AbortController()
    const work = () => database.db.transaction((tx) => tx.execute(sql`select 1 as one`))
    await proxy.refuse(true)
    let now = 0
    const told: string[] = []
    const waiting = database.patiently(work, {
      signal,
      longestWaitMs: 60_000,
      onWait: (reason) => void told.push(reason),
      clock: () => now,
      sleep: async (milliseconds) => void (now += milliseconds),
    })
    await expect(waiting).rejects.toThrow(StoreUnavailable)
    const refused = ['connect ECONNREFUSED 127.0.0.2:1', 'connect ECONNREFUSED 127.0.0.2:2']
    expect(told).toEqual(expect.arrayContaining(refused))
    await proxy.refuse(false)
    expect((await database.patiently(work, { signal }))[0]).toEqual({ one: 1 })
  })

  it('that is not there on its server says so', async () => {
    const made = await newDatabase('server')
    onTestFinished(() => made.remove())
    const url = new URL(made.settings.databaseUrl!)
    url.pathname = '/no_such_database'
    const opening = openDatabase({ databaseUrl: url.href, dataFolder: '' })
    await expect(opening).rejects.toBeInstanceOf(DatabaseUnreachable)
    await expect(opening).rejects.toThrow(/database "no_such_database" does not exist/)
  })

  it('that is embedded twice is refused, also within one process', async () => {
    const made = await newDatabase('embedded')
    onTestFinished(() => made.remove())
    await made.open()
    const second = made.open()
    await expect(second).rejects.toBeInstanceOf(DatabaseInUse)
    await expect(second).rejects.toThrow(`is in use by process ${process.pid}`)
  })

  it('that is embedded keeps what was written for the next one', async () => {
    const made = await newDatabase('embedded')
    onTestFinished(() => made.remove())
    const first = await openDatabase(made.settings)
    await storeOf(first, { id: 'kept' })
    await first.close()
    expect(await rowsOf(await made.open(), sql`select id from sites`)).toEqual([{ id: 'kept' }])
  })
})
