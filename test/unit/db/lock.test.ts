import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DatabaseInUse, lockFolder } from '../../../src/db/embedded/lock.ts'
import { bootId, processStart } from '../../../src/db/embedded/process-identity.ts'

const program = fileURLToPath(new URL('open-lock.ts', import.meta.url))

function newFolder(): { folder: string; file: string; parent: string } {
  const parent = mkdtempSync(join(tmpdir(), 'commentariat-lock-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return { parent, folder: join(parent, 'embedded'), file: join(parent, 'embedded.lock') }
}

interface Opener {
  readonly process: ChildProcessWithoutNullStreams
  /** The next line that it prints. */
  next(): Promise<string>
}

function startOpener(folder: string): Opener {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder])
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    next: async () => {
      const { value } = await lines.next()
      return value ?? 'ended'
    },
  }
}

async function holdInProcess(folder: string): Promise<Opener> {
  const opener = startOpener(folder)
  expect(await opener.next()).toBe('ready')
  opener.process.stdin.write('go\n')
  expect(await opener.next()).toBe('held')
  return opener
}

async function lockOnce(folder: string): Promise<void> {
  const unlock = await lockFolder(folder)
  await unlock()
}

/** What the lock file of a holder says; of this very process unless told otherwise. */
function holder(fields: Record<string, unknown> = {}): string {
  const { pid } = process
  return JSON.stringify({ pid, started: processStart(pid), boot: bootId(), host: hostname(), ...fields })
}

describe('the lock of the embedded database', () => {
  it('refuses another process, and names the one that holds it', async () => {
    const { folder } = newFolder()
    const { process: other } = await holdInProcess(folder)
    const refusal = lockFolder(folder)
    await expect(refusal).rejects.toBeInstanceOf(DatabaseInUse)
    await expect(refusal).rejects.toThrow(`is in use by process ${other.pid} on ${hostname()}`)
  })

  it('is waited for while a dashboard has it, which gives it back soon', async () => {
    const { folder } = newFolder()
    const giveBack = await lockFolder(folder, true)
    let isTaken = false
    const waiting = lockFolder(folder).then((unlock) => {
      isTaken = true
      return unlock
    })
    await sleep(300)
    expect(isTaken).toBe(false)
    await giveBack()
    const unlock = await waiting
    await expect(lockFolder(folder)).rejects.toThrow('wait until it ends')
    await unlock()
  })

  it('is free again when its holder ends', async () => {
    const { folder, parent } = newFolder()
    const { process: other } = await holdInProcess(folder)
    other.stdin.end()
    await once(other, 'exit')
    expect(readdirSync(parent)).toEqual(['embedded'])
    await lockOnce(folder)
  })

  it('is free again when its holder is killed', async () => {
    const { folder, file } = newFolder()
    const { process: other } = await holdInProcess(folder)
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(existsSync(file)).toBe(true)
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(`is in use by process ${process.pid}`)
    await unlock()
    expect(existsSync(file)).toBe(false)
  })

  it('goes to exactly one of twenty that want it at the same time', async () => {
    const { folder, parent } = newFolder()
    // One that was killed left its file behind, which all of them find.
    mkdirSync(folder)
    writeFileSync(join(parent, 'embedded.lock'), holder({ started: 'another' }))
    const openers = Array.from({ length: 20 }, () => startOpener(folder))
    await Promise.all(openers.map((opener) => opener.next()))
    for (const opener of openers) opener.process.stdin.write('go\n')
    const answers = await Promise.all(openers.map((opener) => opener.next()))
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1)
    const winner = openers[answers.indexOf('held')]
    const refused = answers.filter((answer) =>
      answer.startsWith('DatabaseInUse: the embedded database is in use by'),
    )
    expect(refused).toHaveLength(19)
    // Whoever gave up before the winner wrote its file could not name it; nobody may name another.
    const named = refused.flatMap((answer) => /process (\d+)/.exec(answer)?.[1] ?? [])
    expect(named.filter((pid) => pid !== String(winner?.process.pid))).toEqual([])
  })

  it('is one lock under all names of the folder', async () => {
    const { folder, parent } = newFolder()
    const unlock = await lockFolder(folder)
    symlinkSync(folder, join(parent, 'other-name'))
    await expect(lockFolder(join(parent, 'other-name'))).rejects.toBeInstanceOf(DatabaseInUse)
    await unlock()
  })

  it('of one folder leaves another alone', async () => {
    const { folder, parent } = newFolder()
    const unlock = await lockFolder(folder)
    await lockOnce(join(parent, 'second'))
    await unlock()
  })
})

describe('a lock file that was left behind', () => {
  const claim = async (content: string) => {
    const { folder, file } = newFolder()
    writeFileSync(file, content)
    return lockOnce(folder)
  }

  it.each([
    ['a process that has ended', { pid: 2 ** 22 + 1, started: '1' }],
    ['a process whose number another one has now', { started: 'long ago' }],
    ['another run of the machine', { boot: 'another-boot' }],
  ])('by %s is replaced', async (_, fields) => {
    await expect(claim(holder(fields))).resolves.toBeUndefined()
  })

  it.each(['', '{', '{"pid": "x"}', '\u0000'])('with the content %j is replaced', async (content) => {
    await expect(claim(content)).resolves.toBeUndefined()
  })

  it('by a process that still runs is honoured', async () => {
    const refusal = claim(holder())
    await expect(refusal).rejects.toThrow(`is in use by process ${process.pid} on ${hostname()}`)
  })

  it('by another host is honoured, for nobody can look whether it still runs', async () => {
    const refusal = claim(holder({ pid: 2 ** 22 + 1, host: 'other.example' }))
    await expect(refusal).rejects.toThrow(/is in use by process 4194305 on other\.example/)
    await expect(refusal).rejects.toThrow(/if that process is surely gone, remove .*embedded\.lock/)
  })
})
