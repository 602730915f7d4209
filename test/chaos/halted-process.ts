import { readFileSync } from 'node:fs'
import { vi } from 'vitest'
import type { Child } from './child.ts'

/** proc(5): whether a process was halted by SIGSTOP. */
function isHalted(pid: number | undefined): boolean {
  if (pid === undefined) return false
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T')
}

/** Resolves when the process has come by a failpoint that halts it. @throws Error when it ends before. */
export async function untilHalted(child: Child): Promise<void> {
  const { process: halted } = child
  await vi.waitUntil(
    () => {
      if (halted.exitCode !== null || halted.signalCode !== null)
        throw new Error(`it ended with ${halted.exitCode ?? halted.signalCode}, and was never halted`)
      return isHalted(halted.pid)
    },
    { timeout: 120_000, interval: 10 },
  )
}
