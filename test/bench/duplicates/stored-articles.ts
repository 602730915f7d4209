import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { lockClusters } from '../../../src/db/article-signatures.ts'
import { findNear, nearArticles, signaturesOf } from '../../../src/db/near-articles.ts'
import type { Database } from '../../../src/db/client.ts'

export interface StoredText {
  readonly url: string
  readonly text: string
}

const columns = sql.raw(`site_id, url, url_hash, authors, tags, body_text, body_html, rules, content_hash,
  extractor_version, first_seen_at, changed_at, checked_at`)

/** Stores articles of one site, as new as a crawl leaves them. */
export async function storeTexts(db: Database, texts: readonly StoredText[]): Promise<void> {
  await storeSite(db)
  for (let start = 0; start < texts.length; start += 200) {
    const rows = texts.slice(start, start + 200).map(({ url, text }) => {
      return { url, text, hash: createHash('sha256').update(text).digest('hex') }
    })
    await db.execute(sql`
      with stored as (
        insert into articles (${columns})
        select 'bench', url, url, '{}', '{}', text, '', '{}', hash, '1', now(), now(), now()
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(url text, text text, hash text)
        returning id
      )
      insert into article_signatures (article_id) select id from stored`)
  }
}

const storeSite = (db: Database) =>
  db.execute(sql`
    insert into sites (id, name, url) values ('bench', 'Bench', 'https://bench.example/') on conflict do nothing`)

/** Stores articles that have been looked at and are like no other: what has gathered in years. */
export async function storeOthers(db: Database, count: number): Promise<void> {
  await storeSite(db)
  await db.execute(sql`
    with stored as (
      insert into articles (${columns})
      select 'bench', 'other ' || n, 'other ' || n, '{}', '{}', '', '', '{}', 'other ' || n, '1', now(), now(), now()
      from generate_series(1, ${count}::int) as n
      returning id
    )
    insert into article_signatures (article_id, sketch, figures)
    select id, (
      select array_agg((random() * 4294967295 - 2147483648)::bigint::int) from generate_series(1, 64) where id = id
    ), '{}' from stored`)
  await db.execute(sql`analyze article_signatures`)
}

/** The cluster of each article that is in one, by its address. */
export async function readClusters(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.execute<{ url: string; cluster: number }>(sql`
    select url, cluster_id::int as cluster from syndicated_articles`)
  return new Map(rows.map(({ url, cluster }) => [url, cluster]))
}

const plan = z.object({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() })
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: plan })]) })])

/** Pages of 8 KB that are looked at to find what the newest articles are like, for one of them. */
export async function countPages(db: Database, articles: number): Promise<number> {
  return db.transaction(async (transaction) => {
    await lockClusters(transaction, true)
    const newest = await transaction.execute<{ id: string }>(sql`
      select id::text as id from articles order by id desc limit ${articles}::int`)
    let pages = 0
    for (const { id } of newest) {
      const near = await findNear(transaction, [Number(id)])
      pages += await pagesRead(transaction, nearArticles([Number(id)]))
      pages += await pagesRead(transaction, signaturesOf([...near.values()].flat()))
    }
    return pages / newest.length
  })
}

async function pagesRead(db: Database, query: SQL): Promise<number> {
  const rows = await db.execute(sql`explain (analyze, buffers, format json) ${query}`)
  const [
    {
      'QUERY PLAN': [{ Plan }],
    },
  ] = explained.parse([...rows])
  return Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
}
