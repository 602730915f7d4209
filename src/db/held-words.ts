import { sql } from 'drizzle-orm'
import { articleHash } from '../extractors/article/article-hash.ts'
import type { Comment } from '../extractors/comments/platform.ts'
import { cleanLine, cleanText } from '../normalise/text.ts'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import { commentHash, REDACTED } from './comment-hashes.ts'
import { comments, type HeldQuote } from './comments.ts'
import type { HeldComment } from './held-comments.ts'
import { jsonBatches } from './json-rows.ts'

/*
 * A hash holds the version of the normaliser that cleaned the words. Words whose hash is another than that of what was
 * read are cleaned and hashed as they would be today, so that only words that differ make a revision.
 */

interface HeldWords {
  readonly bodyText: string
  readonly quotes: readonly HeldQuote[]
}

/** The hash that held words would have if they were read today. */
export function hashOfHeldWords({ bodyText, quotes }: HeldWords): string {
  return commentHash({
    bodyText: cleanText(bodyText),
    quotes: quotes.map(({ author, text }) => ({ author: cleanLine(author), text: cleanText(text) })),
  })
}

/** As `hashOfHeldWords`, of an article. */
export function hashOfHeldArticle(held: {
  readonly title: string | null
  readonly subtitle: string | null
  readonly bodyText: string
}): string {
  const { title, subtitle, bodyText } = held
  return articleHash({
    title: cleanLine(title),
    subtitle: cleanLine(subtitle),
    bodyText: cleanText(bodyText),
  })
}

export async function readHeldArticleHash(db: Database, id: number): Promise<string | null> {
  const { title, subtitle, bodyText } = articles
  const [row] = await db
    .select({ title, subtitle, bodyText })
    .from(articles)
    .where(sql`${articles.id} = ${id}`)
  return row === undefined ? null : hashOfHeldArticle(row)
}

/** Held comments with the hashes of today, where these are what was read; such rows are to be written once. */
export async function withTodaysHashes(
  db: Database,
  held: ReadonlyMap<string, HeldComment>,
  read: readonly Comment[],
): Promise<ReadonlyMap<string, HeldComment>> {
  const differing = new Map<number, { readonly row: HeldComment; readonly hash: string }>()
  for (const comment of read) {
    const row = held.get(comment.nativeId)
    const hash = commentHash(comment)
    if (row !== undefined && row.contentHash !== REDACTED && row.contentHash !== hash)
      differing.set(row.id, { row, hash })
  }
  if (differing.size === 0) return held
  const hashed = new Map(held)
  for (const ids of jsonBatches(differing.keys())) {
    const { id, bodyText, quotes } = comments
    const rows = await db
      .select({ id, bodyText, quotes })
      .from(comments)
      .where(sql`${comments.id} in (select value::bigint from json_array_elements_text(${ids}::json))`)
    for (const words of rows) {
      const found = differing.get(words.id)
      if (found !== undefined && hashOfHeldWords(words) === found.hash)
        hashed.set(found.row.nativeId, { ...found.row, contentHash: found.hash, observed: STALE })
    }
  }
  return hashed
}

/** In place of what was observed, so that the row is written. */
const STALE = ''
