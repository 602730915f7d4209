import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { startedJob } from '../crawl/contender.ts'

export interface WorkerProcess {
  readonly process: ChildProcess
  /** Resolves when it waits for sites, or has ended before. */
  readonly ready: Promise<void>
}

/** As `npm run worker` starts it. */
export function startWorker(environment: Readonly<Record<string, string>>, atOnce: number): WorkerProcess {
  const flags = ['--allow-private-network', '--concurrency', String(atOnce)]
  const child = spawn(process.execPath, [...startedJob('worker'), ...flags], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      if (data.includes('waiting for sites')) resolve()
    })
    child.once('exit', () => resolve())
  })
  return { process: child, ready }
}

export async function stopWorker(
  { process: child }: WorkerProcess,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
