import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { articleFields } from '../../extractors/article/article.ts'
import { keepArticleRevision } from '../article-revisions.ts'
import { type ArticleRow, articles, contentColumns } from '../articles.ts'
import type { Database } from '../client.ts'
import { hashOfHeldArticle } from '../held-words.ts'
import { saysLess } from '../says-less.ts'
import { hasValues } from './same-values.ts'

type HeldArticle = typeof articles.$inferSelect

/** The article that a stored page belongs to, by its own address or the one that it was asked for under. */
export async function findReplayed(
  db: Database,
  siteId: string,
  hashes: readonly string[],
): Promise<HeldArticle | null> {
  const wanted = sql`(select json_array_elements_text(${JSON.stringify(hashes)}::json))`
  const rows = await db
    .select()
    .from(articles)
    .where(
      sql`${articles.siteId} = ${siteId} and (${articles.urlHash} in ${wanted} or ${articles.id} in (
        select article_id from article_urls where site_id = ${siteId} and url_hash in ${wanted}))`,
    )
    .orderBy(sql`${articles.urlHash} = ${hashes[0] ?? ''} desc, ${articles.id}`)
    .limit(1)
  return rows[0] ?? null
}

/**
 * Writes what today's extractor reads otherwise: another text as a revision of ours, another author or section in its
 * place. A page that is older than the version that is held says nothing of it, and what is left of a text says less.
 */
export async function replayArticle(
  db: Database,
  held: HeldArticle,
  row: ArticleRow,
  { lacksPart }: { readonly lacksPart: boolean },
): Promise<'changed' | 'unchanged'> {
  const bodyLength = held.bodyText.length
  const known = { ...held, bodyRule: held.rules.body, bodyLength }
  const isOlder = row.seenAt < held.changedAt
  const isLess = saysLess(row.article, known) || (lacksPart && row.article.bodyText.length < bodyLength)
  if (isOlder || isLess) return 'unchanged'
  const isRevision = ![held.contentHash, hashOfHeldArticle(held)].includes(row.contentHash)
  const merged = isRevision ? revisedColumns(held, row) : mergedColumns(held, row)
  const { rules, extractorVersion, contentHash, ...values } = merged
  const isSame = !isRevision && hasValues(held, values)
  if (isSame && isConfirmed(held, { rules, extractorVersion, contentHash })) return 'unchanged'
  if (isRevision) await keepArticleRevision(db, held.id)
  await db
    .update(articles)
    .set({
      ...merged,
      ...(isRevision ? revisionOf(held, row) : {}),
    })
    .where(sql`${articles.id} = ${held.id}`)
  return isSame ? 'unchanged' : 'changed'
}

/** Read by the same rules, the same extractor and the same normaliser. */
function isConfirmed(
  held: HeldArticle,
  { rules, extractorVersion, contentHash }: Pick<HeldArticle, 'rules' | 'extractorVersion' | 'contentHash'>,
): boolean {
  const isOfThisVersion = extractorVersion === held.extractorVersion && contentHash === held.contentHash
  return isOfThisVersion && isDeepStrictEqual(rules, held.rules)
}

/** Whether older pages said the same nobody looks, so that the version counts from the page that it was read from. */
const revisionOf = ({ revision }: HeldArticle, { seenAt }: ArticleRow) => ({
  revision: revision + 1,
  revisionCause: 'extractor' as const,
  changedAt: seenAt,
})

type Columns = ReturnType<typeof contentColumns>

const mergedKeys = [
  'nativeId',
  'title',
  'subtitle',
  'authors',
  'section',
  'tags',
  'language',
  'publishedAt',
  'modifiedAt',
  'bodyText',
  'bodyHtml',
  'excerpt',
  'imageUrl',
] as const satisfies readonly (keyof Columns)[]

type MergedKey = (typeof mergedKeys)[number]

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A new text with all that stands around it; what is not on the page any more, as far as we can read it, stays. */
function revisedColumns(held: HeldArticle, row: ArticleRow): Columns {
  const read = contentColumns(row)
  return merge(held, read, (key) => isEmpty(read[key]))
}

/** What changes from visit to visit though nothing is written anew, and so is better as it was last seen. */
const volatile: ReadonlySet<MergedKey> = new Set([
  'bodyText',
  'bodyHtml',
  'modifiedAt',
  'imageUrl',
  'excerpt',
])

function mergedColumns(held: HeldArticle, row: ArticleRow): Columns {
  const read = contentColumns(row)
  return merge(held, read, (key) => {
    if (isEmpty(read[key])) return true
    if (isEmpty(held[key])) return false
    return volatile.has(key) || (key === 'publishedAt' && !isBetterTime(held, row))
  })
}

/** What is read, but for the columns that keep what is held, and the rules that gave it. */
function merge(held: HeldArticle, read: Columns, keeps: (key: MergedKey) => boolean): Columns {
  const merged: Columns = { ...read }
  for (const key of mergedKeys) if (keeps(key)) keepColumn(merged, held, key)
  const rules = { ...held.rules }
  for (const field of articleFields) {
    if (!keeps(field === 'body' ? 'bodyText' : field)) rules[field] = read.rules[field]
  }
  return { ...merged, rules }
}

function keepColumn<Key extends MergedKey>(to: Pick<Columns, Key>, from: Pick<Columns, Key>, key: Key): void {
  to[key] = from[key]
}

/** "2 hours ago" gives another time at each visit, so only a rule that reads a written one may replace a time. */
function isBetterTime(held: HeldArticle, { article }: ArticleRow): boolean {
  const rule = article.rules.publishedAt
  return rule !== 'heuristic' || held.rules.publishedAt === 'none'
}
