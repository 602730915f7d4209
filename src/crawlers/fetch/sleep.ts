/** Waits, or returns as soon as the signal is aborted. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** The sleep of production: leaves no timer behind. */
export async function sleepUntilAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(milliseconds, 2 ** 31 - 1))
    signal.addEventListener('abort', wake, { once: true })
  })
}
