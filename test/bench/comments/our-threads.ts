import { extract, type RawAnswer } from '../../../src/crawlers/extract/extraction.ts'
import { decodeBytes } from '../../../src/normalise/charset.ts'
import { batchRecord } from '../../../src/report/inspection.ts'
import { resolveSite } from '../../../src/sites/find-site.ts'
import { readPage } from '../articles/page.ts'
import type { CommentPage, ReadPage } from './page.ts'
import { withoutData } from './strip-data.ts'

/** What `inspect --batch` makes of a page of a site that nobody declared; a fault is told and the others go on. */
export async function readThreads(page: CommentPage, isStripped: boolean): Promise<ReadPage> {
  const { url, fetchedAt } = page
  const generic = resolveSite(new URL('/', url).href, [])
  const site = page.timezone === null ? generic : { ...generic, timezone: page.timezone }
  const bytes = await readPage(page.file)
  const answer: RawAnswer = isStripped
    ? {
        url,
        fetchedAt,
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: stripped(bytes),
      }
    : { url, fetchedAt, status: 200, headers: {}, body: bytes }
  try {
    const extraction = await extract({ kind: 'article', answer, site, zoneHint: null })
    if (extraction === null || !('article' in extraction))
      throw new TypeError('an article page was read as something else')
    const { threads, article } = batchRecord(extraction)
    const [thread] = threads
    return {
      platform: thread?.platform ?? null,
      comments: thread?.comments ?? [],
      articleText: article.body,
      fault: null,
    }
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    return { platform: null, comments: [], articleText: '', fault }
  }
}

function stripped(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(withoutData(decodeBytes(bytes, null, { kind: 'html' }).text))
}
