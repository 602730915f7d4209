import { isNotToBeArchived } from '../extractors/usage-wishes.ts'
import type { ArticleChange, CapturedAnswer, PageToSave } from '../store.ts'
import type { ArticleExtraction } from './extract/extraction.ts'
import { fetchAsk } from './fetch-answer.ts'
import { partialReadingOf } from './partial-reading.ts'
import { isSpent, noteFailure, type Pass } from './pass.ts'
import { countComments } from './tally.ts'
import { followThread, type ThreadMeans } from './threads.ts'
import { withoutBytes } from './usage-policy.ts'
import { failpoint } from '../failpoint.ts'

type SavedThread = NonNullable<PageToSave['thread']>

/** A thread that nobody asked for in this pass is known all the same, with what its page says of it. */
function skippedThread({ thread, batch }: NonNullable<ArticleExtraction['thread']>): SavedThread {
  const reading = {
    seen: new Set<string>(),
    reportedCount: batch?.reportedCount ?? thread.reportedCount,
    closed: batch?.closed ?? thread.closed,
    incomplete: 'skipped',
    isPartial: false,
    isNotFound: false,
    pageOrder: null,
  } as const
  return { thread, comments: [], captures: [], reading }
}

export interface ReadThread {
  /** Null when the page has none. */
  readonly thread: SavedThread | null
  /** What became of the article, where a long thread was stored in parts. */
  readonly change: ArticleChange | null
  /** Comments. */
  readonly seen: number
  /** The article's page alone showed all of it. */
  readonly isOfPage: boolean
}

const noThread: ReadThread = { thread: null, change: null, seen: 0, isOfPage: true }

/** Reads the thread of an article to its end. @param page what is to be stored with each part of a long one. */
export async function readThread(
  pass: Pass,
  extraction: ArticleExtraction,
  page: Omit<PageToSave, 'thread'>,
): Promise<ReadThread> {
  const { thread: start } = extraction
  if (start === null) return noThread
  if (!pass.options.comments) return { ...noThread, thread: skippedThread(start), isOfPage: false }
  const { thread } = start
  const copies = copyKeeper(pass, extraction)
  let captures: CapturedAnswer[] = []
  let change: ArticleChange | null = null
  let hasAsked = false
  const means: ThreadMeans = {
    answer: async (ask) => {
      if (isSpent(pass)) return null
      hasAsked = true
      const { answer, capture } = await fetchAsk(pass, ask)
      failpoint('thread-answer-read')
      // Of a page that is read again the newer answer is kept; the article's own is kept with the article.
      const { requestHash } = capture
      captures = captures.filter((kept) => kept.requestHash !== requestHash)
      if (answer.status < 400 && requestHash !== page.capture.requestHash) captures.push(copies(capture))
      return answer
    },
    read: (answer, ask) => pass.pool.extract({ kind: 'thread', answer, ask, thread }),
    takePart: async (part) => {
      const save = { thread, comments: part, captures, reading: null }
      captures = []
      const saved = await pass.store.savePage({ ...page, thread: save })
      change ??= saved.change
      countComments(pass.tally, saved)
    },
    noteFailure: (failure) => noteFailure(pass, failure, 'comments'),
    signal: pass.signal,
  }
  const partial = await partialReadingOf(pass, start, page)
  const { comments, reading } = await followThread(start, means, partial)
  const save: SavedThread = { thread, comments, captures, reading }
  const isOfPage = !hasAsked && reading.incomplete === null && !reading.isPartial
  return { thread: save, change, seen: reading.seen.size, isOfPage }
}

/** What the article's page asks of copies holds for its further parts and its thread. */
export function copyKeeper(
  { site }: Pass,
  { wishes }: ArticleExtraction,
): (capture: CapturedAnswer) => CapturedAnswer {
  return isNotToBeArchived(wishes) && site.usageWishes === 'obey' ? withoutBytes : (capture) => capture
}
