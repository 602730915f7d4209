import { spellingsOf } from '../erasure/spellings.ts'
import type { Database } from '../client.ts'
import { commentsNaming } from './comments-naming.ts'
import type { Dataset } from './datasets.ts'

const columns = [
  ['record', 'text'],
  ['site_id', 'text'],
  ['article_url', 'text'],
  ['article_title', 'text'],
  ['comment_id', 'bigint'],
  ['native_id', 'text'],
  ['permalink', 'text'],
  ['author_name', 'text'],
  ['author_display', 'text'],
  ['author_key', 'text'],
  ['published_at', 'timestamp'],
  ['seen_at', 'timestamp'],
  ['revision', 'integer'],
  ['body_text', 'text'],
  ['state', 'text'],
] as const

/**
 * All that is held of a person, for a request for access (GDPR, art. 15): their comments, former versions of them, what
 * others quoted of them, where others name them, and articles under their name.
 * @param names the name or key, and what stands in for it where writers are held under pseudonyms.
 */
export async function authorDataset(db: Database, names: readonly string[]): Promise<Dataset> {
  const spellings = `array[${[...new Set(names.flatMap(spellingsOf))].map(literal).join(', ')}]`
  const lower = `array[${names.map((name) => literal(name.toLowerCase())).join(', ')}]`
  const own = `(c.author_name = any(${spellings}) or c.author_display = any(${spellings}) or c.author_key = any(${spellings})
    or lower(c.author_name) = any(${lower}) or lower(c.author_display) = any(${lower}))`
  const byPerson = `exists (select from unnest(a.authors) author where author = any(${spellings}) or lower(author) = any(${lower}))`
  const named = await commentsNaming(db, names)
  const row = (
    record: string,
    words: string,
    version: string,
    written = 'c.xmin::text',
  ) => `select '${record}' as record, a.site_id, a.url as article_url,
    a.title as article_title, c.id as comment_id, c.native_id, c.permalink, c.author_name, c.author_display, c.author_key,
    c.published_at, ${version}, ${words} as body_text, c.state, ${written} as written from comments c join articles a on a.id = c.article_id`
  return {
    columns: columns.map(([name, type]) => ({ name, type, expression: `r.${name}` })),
    from: `(
      ${row('comment', 'c.body_text', 'c.changed_at as seen_at, c.revision')} where ${own}
      union all ${row('former version', 'v.body_text', 'v.seen_at, v.revision', "concat_ws(' ', c.xmin, v.xmin)")}
        join comment_revisions v on v.comment_id = c.id where ${own}
      union all ${row('quoted by another', "q->>'text'", 'c.changed_at, c.revision')}
        cross join lateral jsonb_array_elements(c.quotes) q
        where (q->>'author' = any(${spellings}) or lower(q->>'author') = any(${lower}))
      union all ${row('named by another', 'c.body_text', 'c.changed_at, c.revision')}
        where c.id = any('{${named.join(',')}}'::bigint[]) and not coalesce(${own}, false)
      union all select 'article', a.site_id, a.url, a.title, null, a.native_id, null, array_to_string(a.authors, ', '), null,
        null, a.published_at, a.changed_at, a.revision, a.body_text, null, a.xmin::text from articles a
        where ${byPerson}
      union all select 'article, former version', a.site_id, a.url, v.title, null, a.native_id, null, null, null,
        null, a.published_at, v.seen_at, v.revision, v.body_text, null, concat_ws(' ', a.xmin, v.xmin) from articles a
        join article_revisions v on v.article_id = a.id where ${byPerson}) r`,
    site: 'r.site_id',
    at: 'coalesce(r.published_at, r.seen_at)',
    order: 'r.record, r.comment_id, r.revision, r.body_text',
    version: `concat_ws(' ', r.record, r.comment_id, r.article_url, r.article_title, r.revision, r.written)`,
    where: 'true',
    erasedFrom: [],
    batch: 500,
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
