import type { Article } from '../../src/extractors/article/article.ts'
import type { CommentCounts, SiteStore } from '../../src/store.ts'

const none: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }

/** A store that holds nothing and shows what would have been stored. */
export function dryStore(show: (line: string) => void): SiteStore {
  return {
    captureHeads: async () => new Map(),
    captureBody: async () => new Uint8Array(),
    keepSource: async () => undefined,
    keepNonArticle: async ({ url }) => show(`no article: ${url}`),
    knownPages: async () => new Map(),
    duePages: async () => [],
    savePage: async ({ article, thread }) => {
      show(articleLines(article))
      if (thread === null) return { change: 'new', comments: none, thread: null }
      const { reportedCount, platform } = thread.thread
      show(
        `  ${platform}: ${thread.comments.length} comments, ${reportedCount ?? 'an unknown number'} reported`,
      )
      const incompleteReason = thread.reading?.incomplete ?? null
      return {
        change: 'new',
        comments: { ...none, new: thread.comments.length },
        thread: thread.reading === null ? null : { complete: incompleteReason === null, incompleteReason },
      }
    },
    noteTimezone: async () => undefined,
    markGone: async () => false,
    recordFailure: async () => undefined,
  }
}

function articleLines({ canonicalUrl, title, publishedAt, authors, bodyText }: Article): string {
  const facts = [
    publishedAt?.toISOString() ?? 'no time',
    authors.join(', ') || 'no author',
    `${bodyText.length} characters`,
  ]
  return `${canonicalUrl}\n  ${title ?? '(no title)'}\n  ${facts.join(' · ')}`
}
