import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { CaptureKind } from '../../store.ts'
import type { StoredAnswer, StoredAnswers, StoredPage } from '../../stored-answers.ts'
import { captures, inflate } from '../captures.ts'
import type { Database } from '../client.ts'

/** Pages that ask not to be archived leave a capture without bytes: a gzip of nothing has twenty. */
const hasBytes = sql`octet_length(body) > 20`

/** What is stored of a site's pages and threads. */
export function storedAnswers(db: Database, siteId: string): StoredAnswers {
  return {
    pages: (since) => storedPages(db, siteId, since),
    byId: (id) => readAnswer(db, sql`${captures.siteId} = ${siteId} and ${captures.id} = ${id}`),
    newest: (requestHash) =>
      readAnswer(db, sql`${captures.siteId} = ${siteId} and ${captures.urlHash} = ${requestHash}`),
  }
}

/**
 * Of each address the newest capture; where that seemed to be no article, the newest that was one after it, for a
 * page may have been out of order for a day.
 */
async function storedPages(db: Database, siteId: string, since: Date | null): Promise<StoredPage[]> {
  const from = since === null ? sql`` : sql`and c.fetched_at >= ${since.toISOString()}::timestamptz`
  const rows = await db.execute<{ url: string; article_url: string; ids: string[] }>(sql`
    select max(n.url) as url, coalesce(max(a.url), max(n.url)) as article_url,
      array_agg(n.id::text order by n.fetched_at desc, n.id desc) as ids
    from (
      select distinct on (c.url_hash, c.kind) c.id, c.url, c.url_hash, c.fetched_at from captures c
      where c.site_id = ${siteId} and c.kind in ('article', 'not_an_article') and ${hasBytes} ${from}
      order by c.url_hash, c.kind, c.fetched_at desc, c.id desc
    ) n
    left join article_urls u on u.site_id = ${siteId} and u.url_hash = n.url_hash
    left join articles a on a.id = u.article_id
    group by n.url_hash order by max(n.fetched_at), max(n.id)`)
  return rows.map((row) => ({
    url: row.url,
    articleUrl: row.article_url,
    captureIds: row.ids.map(Number),
  }))
}

const headerShape = z.record(z.string(), z.string())
const kindShape = z.enum([
  'article',
  'part',
  'comments',
  'feed',
  'sitemap',
  'listing',
  'not_an_article',
  'reserved',
  'tdmrep',
  'probe',
]) satisfies z.ZodType<CaptureKind>

async function readAnswer(db: Database, where: SQL): Promise<StoredAnswer | null> {
  const { url, urlHash, kind, status, headers, body, bodyHash, fetchedAt } = captures
  const [row] = await db
    .select({ url, requestHash: urlHash, kind, status, headers, body, bodyHash, fetchedAt })
    .from(captures)
    .where(sql`${where} and ${hasBytes}`)
    .orderBy(sql`${captures.fetchedAt} desc, ${captures.id} desc`)
    .limit(1)
  if (row === undefined) return null
  return {
    ...row,
    kind: kindShape.parse(row.kind),
    headers: headerShape.parse(row.headers),
    body: await inflate(row.body),
  }
}
