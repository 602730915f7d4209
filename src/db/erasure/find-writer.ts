import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { isTopic } from '../topics.ts'
import { spellingsOf } from './spellings.ts'

/** Whom an erasure or a request for access is about. */
export interface Request {
  /** A name, or the key of a writer (`author_key`). */
  readonly name: string
  /** Only within the family of this site; null: everywhere. */
  readonly site: string | null
  /** What stands in for the name, by scope, where a site's writers are held under pseudonyms. */
  readonly pseudonymIn: (scope: string) => string | null
}

/** A writer's comments, and the names that they were written under. */
export interface FoundWriter {
  /** Names, as they are spelled in the rows; the one that was asked for among them, unless it is a key. */
  readonly names: readonly string[]
  readonly keys: readonly { readonly scope: string; readonly key: string }[]
  readonly comments: readonly FoundComment[]
  /** Topics of forums, of which words are held, that the person opened, or whose text may hold what they answered. */
  readonly topics: readonly FoundTopic[]
  /** Sites that the request extends to. */
  readonly sites: readonly string[]
  /** Their scope, where the request is limited to one. */
  readonly scope: string | null
}

export interface FoundComment {
  readonly id: number
  readonly site: string
  readonly threadId: number
  readonly articleId: number
  readonly nativeId: string
}

export interface FoundTopic {
  readonly id: number
  readonly site: string
}

interface FoundRow extends Record<string, unknown> {
  readonly id: string
  readonly site: string
  readonly thread_id: string
  readonly article_id: string
  readonly native_id: string
  readonly scope: string
  readonly author_name: string | null
  readonly author_display: string | null
  readonly author_key: string | null
}

/** Family of sites, or the site. */
const scope = sql`coalesce(s.family, s.id)`

/**
 * Finds what a person wrote: by the name that they are shown under or their key, and, as names change, whatever else
 * was written under the keys of those comments.
 */
export async function findWriter(db: Database, request: Request): Promise<FoundWriter> {
  const sites = await sitesOf(db, request.site)
  const scopes = [...new Set(sites.map((row) => row.scope))]
  const pseudonyms = scopes.map(request.pseudonymIn).filter((name) => name !== null)
  const spellings = JSON.stringify([...spellingsOf(request.name), ...pseudonyms])
  const wanted = sql`(select json_array_elements_text(${spellings}::json))`
  const named = await findRows(
    db,
    sites,
    sql`c.author_name in ${wanted} or c.author_display in ${wanted} or c.author_key = ${request.name}
      or lower(c.author_name) in ${wanted} or lower(c.author_display) in ${wanted}`,
  )
  const keys = distinctKeys(named)
  const keyed =
    keys.length === 0
      ? []
      : await findRows(
          db,
          sites,
          // The key by itself has an index.
          sql`c.author_key in (select json_array_elements_text(${JSON.stringify(keys.map(({ key }) => key))}::json))
            and (${scope}, c.author_key) in (select scope, key from json_to_recordset(${JSON.stringify(keys)}::json) as k(scope text, key text))`,
        )
  const rows = [...new Map([...named, ...keyed].map((row) => [row.id, row])).values()]
  const isKey = rows.some((row) => row.author_key === request.name)
  const shown = rows.flatMap((row) => [row.author_name, row.author_display])
  const names = [...new Set([...(isKey ? [] : [request.name]), ...shown])].filter((name) => name !== null)
  return {
    names,
    topics: await findTopics(
      db,
      sites,
      names,
      rows.map((row) => Number(row.article_id)),
    ),
    keys,
    comments: rows.map((row) => ({
      id: Number(row.id),
      site: row.site,
      threadId: Number(row.thread_id),
      articleId: Number(row.article_id),
      nativeId: row.native_id,
    })),
    sites: sites.map(({ id }) => id),
    scope: request.site === null ? null : (scopes[0] ?? request.site),
  }
}

type SiteScope = { readonly id: string; readonly scope: string }

async function sitesOf(db: Database, site: string | null): Promise<SiteScope[]> {
  const within =
    site === null ? sql`true` : sql`${scope} = (select ${scope} from sites s where s.id = ${site})`
  const rows = await db.execute<SiteScope>(sql`select s.id, ${scope} as scope from sites s where ${within}`)
  return rows.map(({ id, scope }) => ({ id, scope }))
}

async function findRows(db: Database, sites: readonly SiteScope[], where: SQL): Promise<FoundRow[]> {
  const ids = JSON.stringify(sites.map(({ id }) => id))
  const rows = await db.execute<FoundRow>(sql`
    select c.id::text, s.id as site, c.thread_id::text, c.article_id::text, c.native_id, ${scope} as scope,
      c.author_name, c.author_display, c.author_key
    from comments c join articles a on a.id = c.article_id join sites s on s.id = a.site_id
    where s.id in (select json_array_elements_text(${ids}::json)) and (${where})`)
  return [...rows]
}

/** Articles that name one of these as their writer. */
export function isBy(names: readonly string[], sites: readonly string[]): SQL {
  const spellings = JSON.stringify([...new Set(names.flatMap(spellingsOf))])
  return sql`site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json))
    and exists (select from unnest(authors) author, (select array(select json_array_elements_text(${spellings}::json)) as forms) f
      where author = any(f.forms) or lower(author) = any(f.forms))`
}

async function findTopics(
  db: Database,
  sites: readonly SiteScope[],
  names: readonly string[],
  writtenUnder: readonly number[],
): Promise<FoundTopic[]> {
  const of = isBy(
    names,
    sites.map(({ id }) => id),
  )
  const rows = await db.execute<{ id: string; site: string }>(
    sql`select id::text, site_id as site from articles where ${isTopic} and body_text <> '' and ((${of})
      or (rules ->> 'body' = 'posts' and id in (
        select value::bigint from json_array_elements_text(${JSON.stringify(writtenUnder)}::json))))`,
  )
  return rows.map(({ id, site }) => ({ id: Number(id), site }))
}

function distinctKeys(rows: readonly FoundRow[]): { scope: string; key: string }[] {
  const keys = rows.flatMap((row) =>
    row.author_key === null ? [] : [{ scope: row.scope, key: row.author_key }],
  )
  return [...new Map(keys.map((entry) => [`${entry.scope}\n${entry.key}`, entry])).values()]
}
