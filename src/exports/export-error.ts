/** An export that could not be made, or be taken over under its final name. */
export class ExportError extends Error {
  override readonly name = 'ExportError'
}

/** The errors of a disk, as a person can mend them. */
export function explainDisk(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ExportError(
      `the disk is full: ${path} could not be written whole, and nothing stands under the final name. ` +
        'Free some space and run the same command again: it goes on where it broke off',
      { cause: error },
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT' || code === 'ENOTDIR') {
    return new ExportError(`${path} can't be written (${code}): check that its folder exists and is yours`, {
      cause: error,
    })
  }
  return error
}
