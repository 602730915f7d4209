import { threadId } from 'node:worker_threads'

/**
 * Steps at which a job can be made to die, so that tests can show that the next run makes good whatever was begun.
 * In the order in which a crawl of new pages comes by them.
 */
export const failpoints = [
  'embedded-locked',
  'embedded-asked',
  'embedded-answered',
  'migrating',
  'migrated',
  'database-opened',
  'site-saved',
  'run-started',
  'host-saved',
  'request-leaving',
  'headers-read',
  'body-read',
  'source-replacing',
  'page-read',
  'thread-answer-read',
  'page-saving',
  'page-inserted',
  'article-written',
  'revisions-written',
  'comments-inserted',
  'thread-written',
  'captures-written',
  'page-committed',
  'visit-noted',
  'failure-recorded',
  'run-finishing',
  'run-finished',
  'captures-expired',
  'site-checked',
  'run-judged',
  'database-closing',
  'slot-run',
  'slot-saved',
] as const

export type FailpointName = (typeof failpoints)[number]

/**
 * Does nothing, the call of an empty function, unless COMMENTARIAT_FAILPOINT was set when the process started:
 * `page-saving:3:kill` ends the process with SIGKILL when the third page is about to be saved, `:stop` halts it with
 * SIGSTOP until somebody continues it, `:throw` throws. Each thread counts for itself.
 */
export const failpoint: (name: FailpointName) => void = armed(process.env['COMMENTARIAT_FAILPOINT'])

function armed(told: string | undefined): (name: FailpointName) => void {
  if (told === undefined) return () => undefined
  const [, armedName, hit, act] = /^([a-z-]+):([1-9]\d*):(kill|stop|throw)$/.exec(told) ?? []
  if (armedName === undefined || !failpoints.some((name) => name === armedName)) {
    throw new RangeError(`COMMENTARIAT_FAILPOINT=${told} is not <failpoint>:<hit>:<kill|stop|throw>`)
  }
  let left = Number(hit)
  return (name) => {
    if (name !== armedName || --left !== 0) return
    if (act === 'throw') throw new Error(`failpoint ${told} in thread ${threadId}`)
    process.kill(process.pid, act === 'kill' ? 'SIGKILL' : 'SIGSTOP')
  }
}
