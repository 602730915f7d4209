import { withoutBytes } from '../crawlers/usage-policy.ts'
import { urlHash } from '../normalise/url.ts'
import type { CapturedAnswer, PageToSave, SavedPage, SiteStore, ThreadReading } from '../store.ts'
import type { Guard } from './guard.ts'
import { protectedArticle } from './protect-topic.ts'
import { wordsOfAnswer } from './words-of-answer.ts'

const nothingSaved: SavedPage = {
  change: 'unchanged',
  isTextKept: false,
  comments: { new: 0, edited: 0, removed: 0, unchanged: 0 },
  thread: null,
}

/**
 * A store that holds of people what their site's rules allow, and nothing of what was erased: whoever stores through
 * it, be it a crawl, a replay or an import, can't undo either.
 * @param clock tells the present, by which comments are old, whenever their page was fetched.
 */
export function privateStore(
  store: SiteStore,
  guard: Guard,
  clock: () => Date = () => new Date(),
): SiteStore {
  const isErased = (url: string | null) => url !== null && guard.isErasedPage(urlHash(url))
  const keepUnlessErased = (keep: SiteStore['keepSource']) => async (capture: CapturedAnswer) => {
    if (!isErased(capture.url)) await keep(keptOf(guard, capture))
  }
  return {
    ...store,
    keepSource: keepUnlessErased((capture) => store.keepSource(capture)),
    keepNonArticle: keepUnlessErased((capture) => store.keepNonArticle(capture)),
    keepReserved: keepUnlessErased((capture) => store.keepReserved(capture)),
    knownPages: async (hashes, now) => {
      const known = new Map(await store.knownPages(hashes, now))
      for (const hash of hashes) if (guard.isErasedPage(hash)) known.set(hash, 'fresh')
      return known
    },
    savePage: async (page) => {
      if (isErased(page.article.canonicalUrl) || isErased(page.askedUrl)) return nothingSaved
      return store.savePage(protectedPage(guard, page, clock()))
    },
    confirmPage: (visit) => store.confirmPage({ ...visit, readingKey: guard.ruled(visit.readingKey) }),
    recordFailure: async (failure) => {
      if (!isErased(failure.url)) await store.recordFailure(failure)
    },
  }
}

function protectedPage(guard: Guard, page: PageToSave, now: Date): PageToSave {
  const { thread, parts } = page
  const name = thread === null ? '' : `${thread.thread.platform} ${thread.thread.nativeId}`
  const { comments, hasErased } = guard.protect(name, thread?.comments ?? [], {
    seenAt: page.capture.fetchedAt,
    now,
  })
  const held = protectedArticle(guard, page, { now, hasErased })
  const keep = (capture: CapturedAnswer) =>
    hasErased || held.isWithheld === true ? withoutBytes(capture) : keptOf(guard, capture)
  return {
    ...page,
    readingKey: page.readingKey === null ? null : guard.ruled(page.readingKey),
    ...held,
    capture: keep(page.capture),
    parts: parts === null ? null : { ...parts, captures: parts.captures.map(keep) },
    thread:
      thread === null
        ? null
        : {
            ...thread,
            comments,
            captures: thread.captures.map(keep),
            reading: readingOf(guard, thread.reading),
          },
  }
}

function readingOf(guard: Guard, reading: ThreadReading | null): ThreadReading | null {
  if (reading === null || !guard.hidesNames) return reading
  return { ...reading, seen: new Set([...reading.seen].map((id) => guard.commentId(id))) }
}

/** Feeds and sitemaps tell of articles, not of those who comment on them. */
const tellsOfArticles: ReadonlySet<CapturedAnswer['kind']> = new Set(['feed', 'sitemap', 'reserved'])

/** What may be held of an answer: all of it, or that it was had. */
export function keptOf(guard: Guard, capture: CapturedAnswer): CapturedAnswer {
  if (capture.body.length === 0) return capture
  if (guard.hidesNames && !tellsOfArticles.has(capture.kind)) return withoutBytes(capture)
  return guard.mentionsErased(() => wordsOfAnswer(capture)) ? withoutBytes(capture) : capture
}
