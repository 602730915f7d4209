import { urlHash } from '../normalise/url.ts'
import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import { findKnownUrls, saveArticleUrl } from './article-urls.ts'
import {
  findArticle,
  findDueUrls,
  insertArticle,
  linkFamily,
  markArticleGone,
  reviseArticle,
  touchArticle,
} from './articles.ts'
import { findCapture, findNonArticles, insertCapture, readCaptureBody, replaceCapture } from './captures.ts'
import type { Database } from './client.ts'
import { saveThread } from './save-thread.ts'
import { noteTimezone } from './sites.ts'
import { missThreads } from './threads.ts'
import { findFailedUrls, recordFailure } from './runs.ts'
import type { CapturedAnswer, CommentCounts, PageToSave, SavedPage, SiteStore } from '../store.ts'

export interface SiteStoreOptions {
  readonly siteId: string
  readonly runId: number
  readonly isFamilyMember: boolean
  /** When to look again at what last changed then. */
  readonly nextCheck: (changedAt: Date, now: Date) => Date
}

/** The store of one pass over one site. Everything that belongs to one page goes in one transaction. */
export function openSiteStore(db: Database, options: SiteStoreOptions): SiteStore {
  const { siteId, runId } = options
  return {
    captureHead: (requestHash) => findCapture(db, siteId, requestHash),
    captureBody: (id) => readCaptureBody(db, id),
    keepSource: (capture) => replaceCapture(db, siteId, capture),
    keepNonArticle: (capture) => replaceCapture(db, siteId, { ...capture, kind: 'not_an_article' }),
    knownPages: (hashes, now) => knownPages(db, siteId, hashes, now),
    duePages: async (now, limit) => {
      const due = await findDueUrls(db, siteId, now, limit)
      return [...due, ...(await findFailedUrls(db, siteId, now, limit))]
    },
    savePage: (page) => db.transaction((transaction) => savePage(transaction, options, page)),
    noteTimezone: (timezone) => noteTimezone(db, siteId, timezone),
    markGone: (hash, at) => markArticleGone(db, siteId, hash, at),
    recordFailure: (failure) => recordFailure(db, runId, siteId, failure),
  }
}

async function knownPages(db: Database, siteId: string, hashes: readonly string[], now: Date) {
  const known = new Map<string, 'due' | 'fresh'>()
  for (const hash of await findNonArticles(db, siteId, hashes, now)) known.set(hash, 'fresh')
  for (const { hash, due } of await findKnownUrls(db, siteId, hashes, now))
    known.set(hash, due ? 'due' : 'fresh')
  return known
}

async function savePage(db: Database, options: SiteStoreOptions, page: PageToSave): Promise<SavedPage> {
  const { siteId } = options
  const { articleId, change } = await saveArticle(db, options, page)
  let comments: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }
  let thread: SavedPage['thread'] = null
  if (page.thread !== null) {
    const saved = await saveThread(db, {
      articleId,
      ...page.thread,
      seenAt: page.capture.fetchedAt,
      nextCheck: options.nextCheck,
    })
    comments = saved.counts
    thread = saved.outcome
  }
  if (page.isThreadless && change !== 'new') {
    await missThreads(db, articleId, page.capture.fetchedAt, options.nextCheck)
  }
  const hasNews = change !== 'unchanged' || comments.new + comments.edited + comments.removed > 0
  for (const capture of [await pageCapture(db, siteId, page), ...(page.thread?.captures ?? [])]) {
    if (isWorthKeeping(capture, hasNews)) await insertCapture(db, siteId, capture)
  }
  return { change, comments, thread }
}

/** A page whose thread comes in parts is saved with each of them, and kept with the first. */
async function pageCapture(db: Database, siteId: string, { capture, thread }: PageToSave) {
  if (thread === null) return capture
  return { ...capture, before: await findCapture(db, siteId, capture.requestHash) }
}

/** View counters and the like change the bytes at every visit; only news, or new validators, are kept. */
function isWorthKeeping(capture: CapturedAnswer, hasNews: boolean): boolean {
  if (capture.before === null) return true
  if (capture.bodyHash === capture.before.bodyHash) return false
  const validators = ['etag', 'last-modified'] as const
  return hasNews || validators.some((name) => capture.headers[name] !== capture.before?.headers[name])
}

async function saveArticle(db: Database, options: SiteStoreOptions, page: PageToSave) {
  const { article, articleHash, askedUrl } = page
  const { siteId, nextCheck } = options
  const seenAt = page.capture.fetchedAt
  const hash = urlHash(article.canonicalUrl)
  const held = await findArticle(db, siteId, hash)
  const change = held === null ? 'new' : held.contentHash === articleHash ? 'unchanged' : 'changed'
  const changedAt = change === 'unchanged' && held !== null ? held.changedAt : seenAt
  const row = {
    siteId,
    urlHash: hash,
    article,
    contentHash: articleHash,
    extractorVersion: EXTRACTOR_VERSION,
    seenAt,
    nextCheckAt: nextCheck(changedAt, seenAt),
  }
  if (held === null) {
    const articleId = await insertArticle(db, row)
    if (urlHash(askedUrl) !== hash) {
      await saveArticleUrl(db, { siteId, urlHash: urlHash(askedUrl), url: askedUrl, articleId })
    }
    if (options.isFamilyMember && article.nativeId !== null) await linkFamily(db, articleId)
    return { articleId, change } as const
  }
  if (change === 'changed') await reviseArticle(db, held, row)
  else await touchArticle(db, held.id, row)
  if (urlHash(askedUrl) !== hash) {
    await saveArticleUrl(db, { siteId, urlHash: urlHash(askedUrl), url: askedUrl, articleId: held.id })
  }
  return { articleId: held.id, change } as const
}
