import { locateThread } from '../../../src/extractors/comments/detect.ts'
import type { Ask, Batch, Comment } from '../../../src/extractors/comments/platform.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { fetchedAt } from './thread-fixture.ts'

const pageUrl = 'https://board.example/threads/harbour.7/'

export interface PageReading {
  readonly platform: string | null
  readonly comments: readonly Comment[]
  readonly next: readonly Ask[]
}

/** What is read from a page that prints its own thread. */
export function readPageOf(
  body: string,
  { head = '', url = pageUrl }: { head?: string; url?: string } = {},
): PageReading {
  const html = `<!doctype html><html><head><title>Harbour</title>${head}</head><body>${body}</body></html>`
  const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: url }
  const located = locateThread(parsePage(html, url, fetchedAt), context)
  if (located === null) return { platform: null, comments: [], next: [] }
  const { platform, thread } = located
  const batch: Batch = platform.read(
    { url, status: 200, headers: {}, text: html, fetchedAt },
    platform.open(thread),
    thread,
  )
  return { platform: platform.name, comments: batch.comments, next: batch.next }
}

/** Of each comment what a page tells: number, parent, name, time, words. */
export function told(comments: readonly Comment[]): readonly string[] {
  return comments.map(({ nativeId, parentNativeId, authorName, publishedAt, bodyText }) =>
    [
      nativeId,
      parentNativeId ?? '-',
      authorName,
      publishedAt?.toISOString().slice(0, 16),
      bodyText.replaceAll('\n\n', ' / '),
    ].join(' | '),
  )
}

/** As sites that strip their pages of attributes for scripts. */
export const withoutData = (html: string): string => html.replace(/\sdata-[\w-]+="[^"]*"/g, '')
