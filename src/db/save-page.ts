import { untrueSince } from '../clocks.ts'
import { articleHash } from '../extractors/article/article-hash.ts'
import { titleAlone } from '../extractors/article/topic-of-posts.ts'
import { EXTRACTOR_VERSION } from '../extractors/version.ts'
import { urlHash } from '../normalise/url.ts'
import type { CapturedAnswer, CommentCounts, PageToSave, RevisitPolicy, SavedPage } from '../store.ts'
import { noteVisit } from './article-checks.ts'
import { reviseArticle } from './article-revisions.ts'
import { saveArticleUrl } from './article-urls.ts'
import {
  type ArticleRow,
  findArticle,
  holdsMoreText,
  type KnownArticle,
  linkFamily,
  touchArticle,
  touchOnly,
} from './articles.ts'
import { findCaptures, insertCaptures } from './captures.ts'
import type { Database } from './client.ts'
import type { RevisionCause } from './columns.ts'
import { readHeldArticleHash } from './held-words.ts'
import { BATCH } from './json-rows.ts'
import { insertPage } from './new-page.ts'
import { underOwnAddress } from './own-address.ts'
import { newThread } from './new-thread.ts'
import { saveThread } from './save-thread.ts'
import { saysLess } from './says-less.ts'
import { fenced, type SiteLease } from './site-leases.ts'
import { missThreads } from './threads.ts'
import { isWithheld, withholdText } from './topics.ts'
import { failpoint } from '../failpoint.ts'

export interface SavePageOptions {
  readonly siteId: string
  readonly isFamilyMember: boolean
  readonly revisit: RevisitPolicy
  readonly lease: SiteLease
}

const nothing: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }

const threadless = { row: null, inserts: [], counts: nothing, outcome: null }

/** Stores a page in one transaction, which for most new pages is one statement. */
export async function savePage(db: Database, options: SavePageOptions, page: PageToSave): Promise<SavedPage> {
  failpoint('page-saving')
  const saved =
    (await saveNewPage(db, options, page)) ??
    (await fenced(db, options.lease, (transaction) => saveAnyPage(transaction, options, page)))
  failpoint('page-committed')
  return saved
}

/** @returns null for a page that is held after all, or that takes more than one statement. */
async function saveNewPage(
  db: Database,
  options: SavePageOptions,
  page: PageToSave,
): Promise<SavedPage | null> {
  if (page.capture.before !== null || isLong(page) || hasFamily(options, page)) return null
  const { revisit } = options
  const seenAt = page.capture.fetchedAt
  const thread =
    page.thread === null
      ? threadless
      : newThread({ seenAt, revisit, bornAt: page.article.publishedAt ?? seenAt, ...page.thread })
  const rows = {
    article: articleRow(options, page, null),
    alias: aliasOf(page),
    thread: thread.row,
    comments: thread.inserts,
    captures: capturesWorthKeeping(page, true),
  }
  const id = await insertPage(db, rows, options.lease)
  if (id === null) return null
  failpoint('page-inserted')
  return { change: 'new', isTextKept: false, comments: thread.counts, thread: thread.outcome }
}

/** Stores a page step by step, whatever is held of it. Runs inside the page's transaction. */
async function saveAnyPage(db: Database, options: SavePageOptions, read: PageToSave): Promise<SavedPage> {
  const { siteId, revisit } = options
  const page = await underOwnAddress(db, siteId, read)
  const seenAt = page.capture.fetchedAt
  const { articleId, change, firstSeenAt, isTextKept, nextCheckAt } = await saveArticle(db, options, page)
  failpoint('article-written')
  const bornAt = page.article.publishedAt ?? firstSeenAt
  const visit = { checkedAt: seenAt, nextCheckAt }
  if (page.thread === null && change !== 'new') await noteVisit(db, articleId, visit)
  const saved =
    page.thread === null
      ? threadless
      : await saveThread(db, { siteId, articleId, ...page.thread, seenAt, bornAt, revisit, visit })
  failpoint('thread-written')
  const isThreadLost =
    page.isThreadless && change !== 'new' && (await missThreads(db, articleId, seenAt, revisit.article))
  const comments = saved.counts
  // What could not be read is news too: a better extractor may read it later.
  const hasNews =
    change !== 'unchanged' ||
    isTextKept ||
    isThreadLost ||
    comments.new + comments.edited + comments.removed > 0
  const held = await withHeldHeads(db, siteId, page)
  await insertCaptures(db, siteId, capturesWorthKeeping(held, hasNews))
  failpoint('captures-written')
  return { change, isTextKept, comments, thread: saved.outcome }
}

/** A page whose thread comes in parts is saved with each of them, and kept with the first. */
async function withHeldHeads(db: Database, siteId: string, page: PageToSave): Promise<PageToSave> {
  const { capture, parts, thread } = page
  if (thread === null) return page
  const hashes = [capture, ...(parts?.captures ?? [])].map(({ requestHash }) => requestHash)
  const heads = await findCaptures(db, siteId, hashes)
  const withHead = (answer: CapturedAnswer): CapturedAnswer => ({
    ...answer,
    before: heads.get(answer.requestHash) ?? null,
  })
  const held = parts === null ? null : { ...parts, captures: parts.captures.map(withHead) }
  return { ...page, capture: withHead(capture), parts: held }
}

function capturesWorthKeeping({ capture, parts, thread }: PageToSave, hasNews: boolean): CapturedAnswer[] {
  const answers = [capture, ...(parts?.captures ?? []), ...(thread?.captures ?? [])]
  return answers.filter((answer) => isWorthKeeping(answer, hasNews))
}

/**
 * View counters and the like change the bytes at every visit; only news, or new validators, are kept, and that they are
 * untrue.
 */
function isWorthKeeping(capture: CapturedAnswer, hasNews: boolean): boolean {
  if (capture.before === null) return true
  if (capture.bodyHash === capture.before.bodyHash) return false
  const validators = ['etag', 'last-modified', untrueSince]
  return hasNews || validators.some((name) => capture.headers[name] !== capture.before?.headers[name])
}

async function saveArticle(db: Database, options: SavePageOptions, page: PageToSave) {
  const held = await findArticle(db, options.siteId, urlHash(page.article.canonicalUrl))
  const alias = aliasOf(page)
  if (held === null) {
    const article = articleRow(options, page, null)
    const rows = { article, alias, thread: null, comments: [], captures: [] }
    const articleId = await insertPage(db, rows, null)
    if (articleId === null) throw new Error(`${page.article.canonicalUrl} is being stored by another process`)
    if (hasFamily(options, page)) await linkFamily(db, articleId)
    const { nextCheckAt } = article
    return {
      articleId,
      change: 'new',
      firstSeenAt: page.capture.fetchedAt,
      isTextKept: false,
      nextCheckAt,
    } as const
  }
  const update = await (isWithheld(page, held) ? withholdArticle : updateArticle)(db, options, page, held)
  if (alias !== null) await saveArticleUrl(db, { siteId: options.siteId, ...alias, articleId: held.id })
  return { articleId: held.id, firstSeenAt: held.firstSeenAt, ...update }
}

/** What is left of a text does not take the place of a longer one. */
async function updateArticle(
  db: Database,
  options: SavePageOptions,
  page: PageToSave,
  held: KnownArticle,
): Promise<Pick<SavedPage, 'change' | 'isTextKept'> & Pick<ArticleRow, 'nextCheckAt'>> {
  const isTextKept = saysLess(page.article, held)
  const lacksPart =
    page.parts?.isComplete === false && (await holdsMoreText(db, held.id, page.article.bodyText))
  const isSame =
    isTextKept ||
    lacksPart ||
    held.contentHash === page.articleHash ||
    (await readHeldArticleHash(db, held.id)) === page.articleHash
  const row = articleRow(options, page, isSame ? held.changedAt : null)
  if (isTextKept || lacksPart) await touchOnly(db, held.id, { ...row, readingKey: null })
  else if (isSame) await touchArticle(db, held.id, row)
  else await reviseArticle(db, held, row, causeOf(page))
  return { change: isSame ? 'unchanged' : 'changed', isTextKept, nextCheckAt: row.nextCheckAt }
}

/** Nothing of the text may be held. */
async function withholdArticle(
  db: Database,
  options: SavePageOptions,
  page: PageToSave,
  held: KnownArticle,
): ReturnType<typeof updateArticle> {
  const article = titleAlone(page.article)
  const row = articleRow(options, { ...page, article, articleHash: articleHash(article) }, held.changedAt)
  const change = await withholdText(db, held.id, held.bodyLength)
  await touchArticle(db, held.id, row)
  return { change, isTextKept: false, nextCheckAt: row.nextCheckAt }
}

/** The same bytes that say something else were read by another extractor. */
function causeOf({ capture, parts }: PageToSave): RevisionCause {
  const isSame = [capture, ...(parts?.captures ?? [])].every(
    ({ bodyHash, before }) => bodyHash === before?.bodyHash,
  )
  return isSame ? 'extractor' : 'site'
}

function articleRow({ siteId, revisit }: SavePageOptions, page: PageToSave, changedAt: Date | null) {
  const { article, articleHash, parts, readingKey } = page
  const seenAt = page.capture.fetchedAt
  return {
    siteId,
    urlHash: urlHash(article.canonicalUrl),
    article,
    contentHash: articleHash,
    extractorVersion: EXTRACTOR_VERSION,
    seenAt,
    nextCheckAt: parts?.isDueAgain === true ? seenAt : revisit.article(changedAt ?? seenAt, seenAt),
    readingKey,
  }
}

/** The address that was asked for, where the article calls itself by another. */
function aliasOf({ article, askedUrl }: PageToSave) {
  return askedUrl === article.canonicalUrl ? null : { url: askedUrl, urlHash: urlHash(askedUrl) }
}

/** Too long for one statement: the characters of its texts count too. */
function isLong({ thread }: PageToSave): boolean {
  if (thread === null) return false
  const characters = thread.comments.reduce(
    (sum, { bodyText, bodyHtml }) => sum + bodyText.length + bodyHtml.length,
    0,
  )
  return thread.comments.length > BATCH || characters > MOST_CHARACTERS
}

const MOST_CHARACTERS = 8_000_000

const hasFamily = ({ isFamilyMember }: SavePageOptions, { article }: PageToSave): boolean =>
  isFamilyMember && article.nativeId !== null
