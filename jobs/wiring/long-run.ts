import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ALIVE_SECONDS = 15

/**
 * Touches the file `alive` in the data folder every 15 seconds, for whoever watches that a job does not stand still.
 * @returns what ends it.
 */
export function showAlive(dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true })
  const touch = (): void => writeFileSync(join(dataFolder, 'alive'), `${process.pid}\n`)
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
