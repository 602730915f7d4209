import { requestOf } from '../../../src/crawlers/ask-request.ts'
import { extract, type RawAnswer } from '../../../src/crawlers/extract/extraction.ts'
import type { Door } from '../../../src/crawlers/fetch/door.ts'
import type { DoorRequest } from '../../../src/crawlers/fetch/request.ts'
import { followThread, type FollowedThread } from '../../../src/crawlers/threads.ts'
import type { Comment, Thread } from '../../../src/extractors/comments/platform.ts'
import { defineSite } from '../../../src/sites/site.ts'
import type { ExpectedComment } from './recording.ts'

export interface ReadThread {
  /** Null when the page was found to have none. */
  readonly thread: Thread | null
  readonly comments: readonly Comment[]
  readonly reading: FollowedThread['reading'] | null
  /** Classes of the failures that the crawl would write down. */
  readonly failures: readonly string[]
}

interface ReadOptions {
  /** Servers that are always asked, and the one that answers in their place. */
  readonly standIn?: { readonly given: readonly string[]; readonly served: string } | undefined
  /** Platforms that are read by permission only. */
  readonly permitted?: readonly string[] | undefined
}

/** Reads an article's thread as the crawl does: page, extraction and paging loop, through the door. */
export async function readThread(
  door: Door,
  pageUrl: string,
  options: ReadOptions = {},
): Promise<ReadThread> {
  const { standIn, permitted = [] } = options
  const site = defineSite({ id: 'paper', name: 'Paper', url: pageUrl, permittedPlatforms: permitted })
  const fetched = async (request: DoorRequest): Promise<RawAnswer> => {
    const given = standIn?.given.find((server) => request.url.startsWith(server))
    if (standIn === undefined || given === undefined) return await door.fetch({ ...request, delayMs: 0 })
    const url = request.url.replace(given, standIn.served)
    const answer = await door.fetch({ ...request, url, delayMs: 0 })
    return { ...answer, url: answer.url.replace(standIn.served, given) }
  }
  const page = await fetched({ url: pageUrl, purpose: 'article' })
  const article = await extract({ kind: 'article', answer: page, site, zoneHint: null })
  const start = article !== null && 'thread' in article ? article.thread : null
  const failures: string[] = []
  if (start === null) return { thread: null, comments: [], reading: null, failures }
  const parts: Comment[] = []
  const { comments, reading } = await followThread(start, {
    answer: async (ask) => await fetched(requestOf(ask)),
    read: async (answer, ask, thread) => {
      const batch = await extract({ kind: 'thread', answer, ask, thread })
      if (batch === null || !('comments' in batch)) throw new Error('a batch was expected')
      return batch
    },
    takePart: async (part) => {
      parts.push(...part)
    },
    noteFailure: async (failure) => {
      failures.push(failure.class)
    },
    signal: new AbortController().signal,
  })
  return { thread: start.thread, comments: [...parts, ...comments], reading, failures }
}

/** A comment as recordings write it: all that differs from a visible one without votes and marks. */
export function asExpected(comment: Comment): ExpectedComment {
  const { nativeId, parentNativeId, authorName, publishedAt, bodyText, notice, quotes } = comment
  const marks = marksOf(comment)
  return {
    id: nativeId,
    ...(parentNativeId === null ? {} : { parent: parentNativeId }),
    ...(authorName === null ? {} : { author: authorName }),
    ...(publishedAt === null ? {} : { at: publishedAt.toISOString().replace('.000Z', 'Z') }),
    text: notice ?? bodyText,
    ...(marks.length === 0 ? {} : { marks }),
    ...votesOf(comment),
    ...(quotes.length === 0 ? {} : { quotes: quotes.map(({ author, text }) => `${author ?? ''}: ${text}`) }),
  }
}

function votesOf({ likes, dislikes, score }: Comment): Partial<ExpectedComment> {
  return {
    ...(likes === null ? {} : { likes }),
    ...(dislikes === null ? {} : { dislikes }),
    ...(score === null ? {} : { score }),
  }
}

function marksOf({ state, isEdited, isPinned, isPicked, authorBadges }: Comment): string[] {
  return [
    ...(state === 'visible' ? [] : [state]),
    ...(isEdited ? ['edited'] : []),
    ...(isPinned ? ['pinned'] : []),
    ...(isPicked ? ['picked'] : []),
    ...authorBadges,
  ]
}
