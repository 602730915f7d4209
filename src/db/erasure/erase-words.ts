import { type SQL, sql } from 'drizzle-orm'
import { namesWith, replaceNames, type WantedNames } from '../../privacy/names-in-text.ts'
import { ERASED_NAME, withoutQuotes, withReplacedNames } from '../../privacy/protect-comment.ts'
import { apostropheForms, nameKey } from '../../privacy/privacy-key.ts'
import type { Database } from '../client.ts'
import { commentHash, REDACTED } from '../comment-hashes.ts'
import type { HeldQuote } from '../comments.ts'
import { jsonBatches } from '../json-rows.ts'
import type { FoundWriter } from './find-writer.ts'
import { spellingsOf } from './spellings.ts'

/** Leaves of these comments only their places in their threads. */
export async function emptyComments(db: Database, ids: readonly number[], at: Date): Promise<void> {
  const moment = sql`${at.toISOString()}::timestamptz`
  for (const json of jsonBatches(ids)) {
    const wanted = sql`(select value::bigint from json_array_elements_text(${json}::json))`
    await db.execute(sql`delete from comment_revisions where comment_id in ${wanted}`)
    await db.execute(sql`
      insert into comment_states (comment_id, at, former_state, state, evidence)
      select id, ${moment}, state, 'removed', 'platform' from comments where id in ${wanted} and state <> 'removed'`)
    await db.execute(sql`
      update comments set author_name = null, author_display = null, author_key = null, permalink = null,
        published_raw = null, body_text = '', body_html = '',
        quotes = '[]', likes = null, dislikes = null, score = null, is_edited = false, edited_at = null,
        is_pinned = false, is_picked = false, author_badges = '{}', content_hash = ${REDACTED}, observed = '',
        state = 'removed', removed_at = coalesce(removed_at, ${moment}), redacted_at = ${moment}
      where id in ${wanted}`)
  }
}

interface WordsRow extends Record<string, unknown> {
  readonly id: string
  readonly thread_id: string
  readonly body_text: string
  readonly body_html: string
  readonly quotes: string
  readonly content_hash: string
}

/**
 * Takes out of other people's comments what they quote of a writer, and the writer's name.
 * @returns the ids of those comments.
 */
export async function eraseMentions(
  db: Database,
  { names, comments, sites }: FoundWriter,
  { mentions }: { readonly mentions: boolean },
): Promise<number[]> {
  const forms = names.flatMap(apostropheForms)
  const wanted = namesWith(new Map(mentions ? forms.map((name) => [name, ERASED_NAME]) : []))
  const keys = new Set(forms.map(nameKey))
  const quoted = new Set(comments.map(({ threadId, nativeId }) => `${threadId} ${nativeId}`))
  const threads = JSON.stringify([...new Set(comments.map(({ threadId }) => threadId))])
  const rows = await db.execute<WordsRow>(sql`
    select c.id::text, c.thread_id::text, c.body_text, c.body_html, c.quotes::text as quotes, c.content_hash
    from comments c join articles a on a.id = c.article_id
    where a.site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json)) and (
      ${holds(sql`c.body_text`, names)} or ${holds(sql`c.body_html`, names)}
      or (c.quotes <> '[]' and (${holds(sql`c.quotes::text`, names)}
        or c.thread_id in (select value::bigint from json_array_elements_text(${threads}::json)))))`)
  const changed = rows.flatMap((row) => {
    const held: readonly HeldQuote[] = JSON.parse(row.quotes)
    const before = {
      bodyText: row.body_text,
      bodyHtml: row.body_html,
      quotes: held.map(({ author, text, native_id: nativeId }) => ({ author, text, nativeId })),
    }
    const kept = withoutQuotes(
      before,
      ({ author, nativeId }) =>
        (author !== null && keys.has(nameKey(author))) ||
        (nativeId !== null && quoted.has(`${row.thread_id} ${nativeId}`)),
    )
    const after = wanted.mostWords === 0 ? kept : withReplacedNames(kept, wanted)
    const isSame = JSON.stringify(after) === JSON.stringify(before)
    if (isSame) return []
    const quotes = after.quotes.map(({ author, text, nativeId }) => ({ author, text, native_id: nativeId }))
    const contentHash = row.content_hash === REDACTED ? REDACTED : commentHash(after)
    return [{ id: Number(row.id), bodyText: after.bodyText, bodyHtml: after.bodyHtml, quotes, contentHash }]
  })
  for (const json of jsonBatches(changed)) {
    await db.execute(sql`
      update comments set body_text = r."bodyText", body_html = r."bodyHtml", quotes = r.quotes,
        content_hash = r."contentHash"
      from json_to_recordset(${json}::json)
        as r(id bigint, "bodyText" text, "bodyHtml" text, quotes jsonb, "contentHash" text)
      where comments.id = r.id`)
  }
  if (mentions) await eraseInRevisions(db, names, sites, wanted)
  return changed.map(({ id }) => id)
}

async function eraseInRevisions(
  db: Database,
  names: readonly string[],
  sites: readonly string[],
  wanted: WantedNames,
): Promise<void> {
  const rows = await db.execute<{ id: string; revision: number; body_text: string }>(sql`
    select r.comment_id::text as id, r.revision, r.body_text
    from comment_revisions r join comments c on c.id = r.comment_id join articles a on a.id = c.article_id
    where a.site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json))
      and ${holds(sql`r.body_text`, names)}`)
  const changed = rows.map((row) => {
    const bodyText = replaceNames(row.body_text, wanted)
    return { id: Number(row.id), revision: row.revision, bodyText, contentHash: REDACTED }
  })
  for (const json of jsonBatches(changed)) {
    await db.execute(sql`
      update comment_revisions set body_text = r."bodyText", content_hash = r."contentHash"
      from json_to_recordset(${json}::json) as r(id bigint, revision int, "bodyText" text, "contentHash" text)
      where comment_revisions.comment_id = r.id and comment_revisions.revision = r.revision`)
  }
}

/**
 * Whether a text holds one of the names, as a part of a word at least. Databases agree on lower case for the letters of
 * ASCII alone; other names are looked for as they are usually spelled.
 */
export function holds(text: SQL, names: readonly string[]): SQL {
  const isAscii = (name: string) => /^[\x20-\x7E]*$/.test(name)
  const forms = names.flatMap(apostropheForms)
  const plain = forms.filter(isAscii).map((name) => name.toLowerCase())
  const others = forms.filter((name) => !isAscii(name)).flatMap(spellingsOf)
  const conditions = [
    ...(plain.length > 0 ? [sql`lower(${text}) like any (${patternsOf(plain)})`] : []),
    ...(others.length > 0 ? [sql`${text} like any (${patternsOf(others)})`] : []),
  ]
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
}

const patternsOf = (texts: readonly string[]): SQL => {
  const patterns = [...new Set(texts)].map((text) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  return sql`array(select json_array_elements_text(${JSON.stringify(patterns)}::json))`
}
