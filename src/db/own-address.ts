import { sql } from 'drizzle-orm'
import { urlHash } from '../normalise/url.ts'
import type { PageToSave } from '../store.ts'
import type { Database } from './client.ts'

/**
 * The page under the address that it was asked for under, where the one that it names as its own is another article's:
 * templates that print one canonical link on all pages would make one article of them, changed at every visit.
 * Another title and another text make another article, unless the address has stood for that article before.
 */
export async function underOwnAddress(db: Database, siteId: string, page: PageToSave): Promise<PageToSave> {
  const { article, articleHash, askedUrl } = page
  if (askedUrl === article.canonicalUrl) return page
  const others = await db.execute(sql`
    select 1 from articles a
    where a.site_id = ${siteId} and a.url_hash = ${urlHash(article.canonicalUrl)}
      and a.title is distinct from ${article.title} and a.content_hash <> ${articleHash}
      and not exists (select 1 from article_urls u where u.site_id = ${siteId}
        and u.url_hash = ${urlHash(askedUrl)} and u.article_id = a.id)`)
  return others.length === 0 ? page : { ...page, article: { ...article, canonicalUrl: askedUrl } }
}
