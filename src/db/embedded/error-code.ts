/** The system's code of an error (`EADDRINUSE`, `EEXIST`, …), or null. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
