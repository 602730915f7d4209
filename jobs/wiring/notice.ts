import type { Logger } from 'pino'

let log: Logger | null = null

/** From now on all that is said on standard error is a line of this log, unless it takes none. */
export function noticeIn(logger: Logger): void {
  log = logger.isLevelEnabled('fatal') ? logger : null
}

/**
 * Says on standard error what concerns the whole process, and no single pass: in plain words, or as a line of its log
 * where it writes one, so that whoever reads the log finds nothing else there.
 */
export function notice(level: 'warn' | 'fatal', message: string): void {
  if (log === null) process.stderr.write(`commentariat: ${message}\n`)
  else log[level](message)
}
