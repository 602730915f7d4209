import { type MessagePort, threadId } from 'node:worker_threads'
import { Failure, type FailureClass } from '../../failure.ts'
import { extract, type Extracted, type ExtractionTask } from './extraction.ts'

/** What comes back from a thread: errors lose their class on the way, so a failure is sent as data. */
export type ExtractionOutcome =
  | { readonly ok: true; readonly value: Extracted[keyof Extracted] }
  | {
      readonly ok: false
      readonly class: FailureClass
      readonly message: string
      readonly url: string | null
    }

export interface StartedTask {
  readonly task: ExtractionTask
  /** Told the number of the thread when that has begun with the task. */
  readonly started: MessagePort
}

/** Ends with the page before. */
let turn: Promise<unknown> = Promise.resolve()

/** The task of an extraction thread, one after the other. Never throws. */
export async function runTask(task: StartedTask): Promise<ExtractionOutcome> {
  const reading = turn.then(() => read(task))
  turn = reading
  return reading
}

/** Never throws: a fault in an extractor is a failure of one page. */
async function read({ task, started }: StartedTask): Promise<ExtractionOutcome> {
  started.postMessage(threadId)
  try {
    return { ok: true, value: await extract(task) }
  } catch (error) {
    if (error instanceof Failure)
      return { ok: false, class: error.class, message: error.message, url: error.url }
    const { url } = task.answer
    return {
      ok: false,
      class: 'extraction_error',
      message: `reading ${url} failed: ${firstLines(error)}`,
      url,
    }
  }
}

/** What went wrong, and where in our code: enough for a report, on one line. */
function firstLines(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error.stack?.split('\n').find((line) => /^\s+at /.test(line))
  return [`${error.name}: ${error.message}`, place?.trim()].filter(Boolean).join(' ')
}
