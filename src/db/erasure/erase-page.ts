import { sql } from 'drizzle-orm'
import { canonicalUrl, urlHash } from '../../normalise/url.ts'
import { pageHash } from '../../privacy/guard.ts'
import type { PrivacyKey } from '../../privacy/privacy-key.ts'
import type { Database } from '../client.ts'
import { EVERYWHERE, noteErasedRows, noteErasures } from '../erasures.ts'
import { countCapturesFor, deleteCapturesFor } from './erase-captures.ts'
import { eraseFromAlarms } from './erase-from-alarms.ts'
import type { ErasureReport } from './erase-author.ts'
import type { TakeSite } from '../site-leases.ts'
import { requireTaken, takeSites } from './site-in-use.ts'

interface PageRow extends Record<string, unknown> {
  readonly id: string
  readonly site_id: string
  readonly url: string
}

export interface ErasePage {
  readonly url: string
  readonly key: PrivacyKey
  readonly now: Date
}

/** What would be erased with a page. */
export async function previewPage(db: Database, request: ErasePage): Promise<ErasureReport> {
  const pages = await findPages(db, request)
  const articleIds = pages.map(({ id }) => Number(id))
  const comments = await commentIds(db, articleIds)
  const words = [canonicalUrl(request.url) ?? request.url]
  const captures = await countCapturesFor(db, { articleIds, sites: await allSites(db), words })
  return { ...nothing, articles: pages.length, comments: comments.length, captures }
}

const nothing: ErasureReport = {
  comments: 0,
  mentions: 0,
  articles: 0,
  captures: 0,
  articlesNaming: 0,
  names: [],
}

/**
 * Erases an article under all its addresses, with its comments, versions and stored pages, and what alarms and its copies
 * say of it; all or nothing. @throws SiteInUse
 */
export async function erasePage(db: Database, request: ErasePage, take: TakeSite): Promise<ErasureReport> {
  const before = await findPages(db, request)
  const taken = await takeSites(take, sitesOf(before))
  return db.transaction(async (transaction) => {
    const { key, now, url } = request
    const pages = await findPages(transaction, request)
    requireTaken(taken, sitesOf(pages))
    const ids = pages.map(({ id }) => Number(id))
    const comments = await commentIds(transaction, ids)
    const addresses = await addressesOf(transaction, ids)
    const asked = canonicalUrl(url) ?? url
    const urls = [...new Set([asked, ...addresses.map((row) => row.url)])]
    const sites = await allSites(transaction)
    const captures = await deleteCapturesFor(transaction, { articleIds: ids, sites, words: [asked] })
    const hashes = [...new Set([urlHash(asked), ...addresses.map((row) => row.url_hash)])]
    const wanted = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`
    await transaction.execute(sql`update articles set duplicate_of = null where duplicate_of in ${wanted}`)
    await transaction.execute(sql`delete from articles where id in ${wanted}`)
    await transaction.execute(sql`
      delete from failures where url in (select json_array_elements_text(${JSON.stringify(urls)}::json))`)
    await eraseFromAlarms(transaction, urls)
    await noteErasedRows(transaction, 'articles', ids, now)
    await noteErasedRows(transaction, 'comments', comments, now)
    await noteErasures(
      transaction,
      hashes.map((hash) => ({
        scope: EVERYWHERE,
        kind: 'page',
        hash: pageHash(key, hash),
        letters: 0,
        words: 0,
        at: now,
      })),
    )
    return { ...nothing, articles: ids.length, comments: comments.length, captures }
  })
}

async function findPages(db: Database, { url }: ErasePage): Promise<PageRow[]> {
  const hash = urlHash(canonicalUrl(url) ?? url)
  const rows = await db.execute<PageRow>(sql`
    select a.id::text, a.site_id, a.url from articles a
    where a.url_hash = ${hash} or a.id in (select article_id from article_urls where url_hash = ${hash})`)
  return [...rows]
}

async function commentIds(db: Database, articleIds: readonly number[]): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id::text from comments
    where article_id in (select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`)
  return rows.map(({ id }) => Number(id))
}

async function addressesOf(
  db: Database,
  articleIds: readonly number[],
): Promise<{ url: string; url_hash: string }[]> {
  const wanted = sql`(select value::bigint from json_array_elements_text(${JSON.stringify(articleIds)}::json))`
  const rows = await db.execute<{ url: string; url_hash: string }>(sql`
    select url, url_hash from articles where id in ${wanted}
    union select url, url_hash from article_urls where article_id in ${wanted}`)
  return [...rows]
}

async function allSites(db: Database): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`select id from sites`)
  return rows.map(({ id }) => id)
}

const sitesOf = (pages: readonly PageRow[]): string[] => pages.map((page) => page.site_id)
