import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSameProcess, processStart } from '../../../src/db/embedded/process-identity.ts'

describe('a process', () => {
  it('is the same while it runs, and another start is another process', () => {
    const started = processStart(process.pid)
    expect(isSameProcess(process.pid, started)).toBe(true)
    expect(isSameProcess(process.pid, `${started}0`)).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'is gone once it was killed, even before its parent asks',
    async () => {
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const [printed]: unknown[] = await once(parent.stdout, 'data')
      const child = Number(String(printed))
      try {
        // A shell may ask for its child; what it becomes never does.
        await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n')
        const started = processStart(child)
        expect(started).not.toBe('')
        process.kill(child, 'SIGKILL')
        await expect.poll(() => isSameProcess(child, started), { timeout: 5000 }).toBe(false)
        // Still in the table of processes.
        expect(() => process.kill(child, 0)).not.toThrow()
      } finally {
        parent.kill('SIGKILL')
      }
    },
  )
})
