import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { notice } from './notice.ts'

const ALIVE_SECONDS = 15

/**
 * Touches the file `alive` in the data folder every 15 seconds, for whoever watches that a job does not stand still.
 * Where it can't be written, the job goes on and says so once.
 * @returns what ends it.
 */
export function showAlive(dataFolder: string): () => void {
  const file = join(dataFolder, 'alive')
  let isWritten = true
  const touch = (): void => {
    try {
      mkdirSync(dataFolder, { recursive: true })
      writeFileSync(file, `${process.pid}\n`)
      isWritten = true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (isWritten)
        notice('warn', `${file} can't be written (${reason}): a health check that looks at it will fail`)
      isWritten = false
    }
  }
  touch()
  const touching = setInterval(touch, ALIVE_SECONDS * 1000).unref()
  return () => clearInterval(touching)
}

/** One line on what a job that runs on does, with its moment. */
export function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`)
}

/** Resolves when the job is to stop. */
export function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
