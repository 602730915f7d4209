import { EXTRACTOR_VERSION } from '../../extractors/version.ts'
import { urlHash } from '../../normalise/url.ts'
import type { CapturedAnswer, CommentCounts, PageToSave, SavedPage } from '../../store.ts'
import { type ArticleRow, forgetReading, linkFamily } from '../articles.ts'
import type { Database } from '../client.ts'
import { insertPage } from '../new-page.ts'
import { underOwnAddress } from '../own-address.ts'
import { findReplayed, replayArticle } from './replay-article.ts'
import { replayThread } from './replay-thread.ts'
import type { SavePageOptions } from '../save-page.ts'
import { isWithheld, withholdText } from '../topics.ts'

const nothing: CommentCounts = { new: 0, edited: 0, removed: 0, unchanged: 0 }

/**
 * Takes over what a stored page says, as far as it says more or other things than are held of it.
 * @param seenAt what was seen to change later stays as it is; left out, when the newest of the page's answers was stored.
 */
export async function replayPage(
  db: Database,
  { siteId, isFamilyMember }: Pick<SavePageOptions, 'siteId' | 'isFamilyMember'>,
  read: PageToSave,
  seenAt?: Date,
): Promise<SavedPage> {
  const page = await underOwnAddress(db, siteId, read)
  const { article, askedUrl } = page
  const row = articleRow(siteId, page, seenAt)
  const held = await findReplayed(db, siteId, [row.urlHash, urlHash(askedUrl)])
  const articleId = held?.id ?? (await insertArticle(db, row, askedUrl))
  if (held === null && isFamilyMember && article.nativeId !== null) await linkFamily(db, articleId)
  const change =
    held === null
      ? 'new'
      : isWithheld(page, { bodyRule: held.rules.body, bodyLength: held.bodyText.length })
        ? await withholdText(db, held.id, held.bodyText.length)
        : await replayArticle(db, held, row, { lacksPart: page.parts?.isComplete === false })
  const comments = await replayComments(db, { siteId, articleId }, page, seenAt)
  if (change !== 'unchanged' || hasNews(comments)) await forgetReading(db, articleId)
  return { change, isTextKept: false, comments, thread: null }
}

function articleRow(
  siteId: string,
  { article, articleHash, capture, parts }: PageToSave,
  seenAt = latest([capture, ...(parts?.captures ?? [])]),
): ArticleRow {
  return {
    siteId,
    urlHash: urlHash(article.canonicalUrl),
    article,
    contentHash: articleHash,
    extractorVersion: EXTRACTOR_VERSION,
    seenAt,
    // What is new to us should be looked at as it is now.
    nextCheckAt: capture.fetchedAt,
    readingKey: null,
  }
}

const hasNews = (counts: CommentCounts): boolean => counts.new + counts.edited + counts.removed > 0

async function replayComments(
  db: Database,
  place: { readonly siteId: string; readonly articleId: number },
  { thread, capture }: PageToSave,
  seenAt = latest([capture, ...(thread?.captures ?? [])]),
): Promise<CommentCounts> {
  if (thread === null) return nothing
  return replayThread(db, { ...place, ...thread, seenAt })
}

async function insertArticle(db: Database, row: ArticleRow, askedUrl: string): Promise<number> {
  const { canonicalUrl } = row.article
  const alias = askedUrl === canonicalUrl ? null : { url: askedUrl, urlHash: urlHash(askedUrl) }
  const id = await insertPage(db, { article: row, alias, thread: null, comments: [], captures: [] }, null)
  if (id === null) throw new Error(`${canonicalUrl} is being stored by another process`)
  return id
}

const latest = (answers: readonly CapturedAnswer[]): Date =>
  new Date(Math.max(...answers.map(({ fetchedAt }) => fetchedAt.getTime())))
