import type { CommentPlatform, Thread, ThreadContext } from '../../../src/extractors/comments/platform.ts'
import { indexedPage } from '../../../src/extractors/element-index.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { fetchedAt } from './thread-fixture.ts'

export const articleUrl = 'https://paper.example/77-harbour.html'

/** What a platform finds on a page with this markup. */
export function located(
  platform: CommentPlatform,
  html: string,
  url: string = articleUrl,
  given: Partial<ThreadContext> = {},
): Thread | null {
  const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: url, ...given }
  return platform.locate(indexedPage(parsePage(html, url, fetchedAt)), context)
}

/** A thread that must be on the page. */
export function foundOn(platform: CommentPlatform, html: string, url?: string): Thread {
  const thread = located(platform, html, url)
  if (thread === null) throw new Error(`${platform.name} is not found`)
  return thread
}
