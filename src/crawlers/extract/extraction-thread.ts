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

/** The task of an extraction thread. Never throws: a fault in an extractor is a failure of one page. */
export function runTask(task: ExtractionTask): ExtractionOutcome {
  try {
    return { ok: true, value: extract(task) }
  } catch (error) {
    if (error instanceof Failure)
      return { ok: false, class: error.class, message: error.message, url: error.url }
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ok: false, class: 'extraction_error', message: reason, url: task.answer.url }
  }
}
