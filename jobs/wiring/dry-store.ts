import type { Article } from '../../src/extractors/article/article.ts'
import type { CommentCounts, PartsToSave, SiteStore } from '../../src/store.ts'

const none: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }

/** A store that holds nothing and shows what would have been stored. */
export function dryStore(show: (line: string) => void): SiteStore {
  return {
    captureHeads: async () => new Map(),
    captureBody: async () => new Uint8Array(),
    keepSource: async () => undefined,
    sources: async () => [],
    saveSources: async () => undefined,
    reviveThreads: async () => new Set(),
    keepNonArticle: async ({ url }) => show(`no article: ${url}`),
    keepReserved: async () => undefined,
    knownPages: async () => new Map(),
    recentArticles: async () => [],
    duePages: async () => [],
    threadMemory: async () => null,
    heldComments: async () => new Set(),
    savePage: async ({ article, parts, thread }) => {
      show(articleLines(article, parts))
      if (thread === null) return { change: 'new', isTextKept: false, comments: none, thread: null }
      const { reportedCount, platform } = thread.thread
      show(
        `  ${platform}: ${thread.comments.length} comments, ${reportedCount ?? 'an unknown number'} reported`,
      )
      const incompleteReason = thread.reading?.incomplete ?? null
      return {
        change: 'new',
        isTextKept: false,
        comments: { ...none, new: thread.comments.length },
        thread:
          thread.reading === null
            ? null
            : { complete: incompleteReason === null, incompleteReason, isPartial: false },
      }
    },
    confirmPage: async () => null,
    noteTimezone: async () => undefined,
    markGone: async () => false,
    recordFailure: async () => undefined,
  }
}

function articleLines(
  { canonicalUrl, title, publishedAt, authors, bodyText }: Article,
  parts: PartsToSave | null,
): string {
  const facts = [
    publishedAt?.toISOString() ?? 'no time',
    authors.join(', ') || 'no author',
    `${bodyText.length} characters`,
    ...(parts === null || parts.count === 1 ? [] : [`${parts.count} parts`]),
    ...(parts?.isComplete === false ? ['a part is missing'] : []),
  ]
  return `${canonicalUrl}\n  ${title ?? '(no title)'}\n  ${facts.join(' · ')}`
}
