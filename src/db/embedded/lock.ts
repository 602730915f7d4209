import { createHash, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from './error-code.ts'
import { bootId, isSameProcess, processStart } from './process-identity.ts'

interface Holder {
  readonly pid: number
  readonly started: string
  readonly boot: string
  readonly host: string
  /** It gives the database back as soon as nobody looks at it. */
  readonly isLent?: boolean
}

/** Another process has the embedded database open. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse'
  readonly isLent: boolean

  constructor(message: string, isLent = false) {
    super(message)
    this.isLent = isLent
  }
}

/** A dashboard gives the database back five seconds after the last look at it. */
const LENT_MS = 8000
const NAP_MS = 100

/**
 * Takes the embedded database for this process; PGlite has no lock of its own, and two openers lose rows
 * without a word. On Linux the kernel holds the lock (an abstract socket, freed at once even on kill -9);
 * the file beside the folder names the holder. Elsewhere the file alone is the lock, and only a holder
 * that is proven dead is replaced, never one that is merely old. A holder that gives it back soon is waited for.
 * @param isLent this process gives it back as soon as nobody looks at it.
 * @returns a function that gives the lock back.
 * @throws DatabaseInUse naming the holder's process id.
 */
export async function lockFolder(folder: string, isLent = false): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true })
  const path = realpathSync(folder)
  const file = join(dirname(path), `${basename(path)}.lock`)
  const end = performance.now() + LENT_MS
  const server = await takeLock(path, file, { isLent, end })
  return async () => {
    rmSync(file, { force: true })
    if (server !== null) await new Promise((resolve) => server.close(resolve))
  }
}

/** @returns what holds the lock beside the file, on Linux. @throws DatabaseInUse */
async function takeLock(
  path: string,
  file: string,
  { isLent, end }: { readonly isLent: boolean; readonly end: number },
): Promise<Server | null> {
  for (;;) {
    try {
      const server = process.platform === 'linux' ? await bindName(path, file) : null
      claimFile(file, isLent)
      return server
    } catch (error) {
      if (!(error instanceof DatabaseInUse) || !error.isLent || performance.now() > end) throw error
    }
    await sleep(NAP_MS)
  }
}

async function bindName(path: string, file: string): Promise<Server> {
  const name = `\0commentariat-${createHash('sha256').update(path).digest('hex')}`
  const server = createServer((socket) => socket.destroy())
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ path: name }, resolve)
    })
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') throw inUse(await findLivingHolder(file), file)
    throw error
  }
  // The lock must not keep the process alive; its end frees it.
  server.unref()
  return server
}

function claimFile(file: string, isLent: boolean): void {
  const me: Holder = {
    pid: process.pid,
    started: processStart(process.pid),
    boot: bootId(),
    host: hostname(),
    isLent,
  }
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(own, JSON.stringify(me))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linkNew(own, file)) return
      const holder = readHolder(file)
      if (holder !== null && mayBeAlive(holder)) throw inUse(holder, file)
      rmSync(file, { force: true })
    }
    throw inUse(readHolder(file), file)
  } finally {
    rmSync(own, { force: true })
  }
}

/** Puts a file that is written already in place, so that nobody ever reads half of it. False when one is there. */
function linkNew(own: string, file: string): boolean {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** The file may still be that of a holder that was killed: the one that holds the lock now is about to write its own. */
async function findLivingHolder(file: string): Promise<Holder | null> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const holder = readHolder(file)
    if (holder !== null && mayBeAlive(holder)) return holder
    await sleep(30)
  }
  return null
}

/** A holder on another host can't be looked at from here, so it counts as alive. */
function mayBeAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  return holder.boot === bootId() && isSameProcess(holder.pid, holder.started)
}

function readHolder(file: string): Holder | null {
  try {
    const held: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isHolder(held) ? held : null
  } catch {
    // Gone, or no file of ours: nobody that could be named.
    return null
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false
  const told = new Map<string, unknown>(Object.entries(value))
  const isText = (name: string) => typeof told.get(name) === 'string'
  return Number.isSafeInteger(told.get('pid')) && isText('started') && isText('boot') && isText('host')
}

function inUse(holder: Holder | null, file: string): DatabaseInUse {
  if (holder?.isLent === true) {
    return new DatabaseInUse(
      `the embedded database is in use by the dashboard, process ${holder.pid} on ${holder.host}, while somebody looks ` +
        'at it; try again in some seconds, or set DATABASE_URL to a PostgreSQL server, which takes many at once',
      true,
    )
  }
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new DatabaseInUse(
    `the embedded database is in use by ${who}; wait until it ends, or set DATABASE_URL to a PostgreSQL ` +
      `server, which takes many at once (if that process is surely gone, remove ${file})`,
  )
}
