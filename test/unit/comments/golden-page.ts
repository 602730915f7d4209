import { locateThread } from '../../../src/extractors/comments/detect.ts'
import type { Ask, Comment, Thread } from '../../../src/extractors/comments/platform.ts'
import { parsePage } from '../../../src/extractors/page.ts'

interface Golden {
  readonly thread: Thread | null
  /** Null where the thread's comments are not in the article page. */
  readonly comments: readonly Comment[] | null
  readonly next: readonly Ask[]
  readonly reportedCount: number | null
}

const firstLine = /^<!-- url: (\S+) fetched: (\S+) -->/

/** What is read from a stored article page, which names its address and moment in its first line. */
export function readGolden(html: string): Golden {
  const [, url = '', fetched = ''] = firstLine.exec(html) ?? []
  const fetchedAt = new Date(fetched)
  const context = { timezone: 'Europe/Moscow', language: null, articleNativeId: null, canonicalUrl: url }
  const located = locateThread(parsePage(html, url, fetchedAt), context)
  if (located === null) return { thread: null, comments: null, next: [], reportedCount: null }
  const { platform, thread } = located
  const ask = platform.open(thread)
  if (ask.url !== url) return { thread, comments: null, next: [ask], reportedCount: thread.reportedCount }
  const batch = platform.read({ url, status: 200, headers: {}, text: html, fetchedAt }, ask, thread)
  return {
    thread,
    comments: batch.comments,
    next: batch.next,
    reportedCount: batch.reportedCount ?? thread.reportedCount,
  }
}
