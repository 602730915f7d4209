import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { decodeBytes } from '../../../src/normalise/charset.ts'
import { detectLanguage } from '../../../src/normalise/language.ts'
import { zoneOfPage } from '../../../src/normalise/zone-hint.ts'
import type { Prediction } from './page.ts'

/** As if every page were fetched then: later than any page of the sets. */
export const fetchedAt = new Date('2026-09-01')

/** What an extraction thread does for the article of a page: decoded, parsed, read, and its language found out. */
export async function extractOurs(bytes: Uint8Array, url: string): Promise<Prediction> {
  const { text } = decodeBytes(bytes, null, { kind: 'html' })
  const article = extractArticle(parsePage(text, url, fetchedAt), {
    layouts: [],
    language: null,
    articlePath: null,
    url: new URL('/', url).href,
    timezone: zoneOfPage(text) ?? 'UTC',
  })
  return {
    title: article.title,
    authors: article.authors,
    published: article.publishedLocal,
    language: article.language ?? (await detectLanguage(article.bodyText)),
    body: article.bodyText,
  }
}
