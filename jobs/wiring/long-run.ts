/** One line on what a job that runs on does, with its moment. */
export function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`)
}

/** Resolves when the job is to stop. */
export function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
