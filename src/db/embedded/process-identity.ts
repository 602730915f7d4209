import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { errorCode } from './error-code.ts'

/** When a process was started, as its system words it; empty when there is no such process. */
export function processStart(pid: number): string {
  if (process.platform === 'linux') {
    try {
      // Fields 3, 20 and 22 of proc(5) stat: state, threads, start; the name in brackets before them may hold spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // Killed, with no thread left, and only not yet fetched by its parent: it holds nothing any more.
      if (fields[0] === 'Z' && Number(fields[17]) <= 1) return ''
      return fields[19] ?? ''
    } catch {
      return ''
    }
  }
  if (process.platform === 'win32') return isRunning(pid) ? 'running' : ''
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** True while the very process that gave this start still runs; a reused process id does not count. */
export function isSameProcess(pid: number, started: string): boolean {
  return started !== '' && processStart(pid) === started
}

/** Names this run of the machine, where the system tells it: after a restart every holder is dead. */
export function bootId(): string {
  if (process.platform !== 'linux') return 'unknown'
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
