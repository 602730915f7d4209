import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import type { Thread, ThreadContext } from '../platform.ts'

/** A thread of which the article page shows nothing: all of it is asked for at the platform's own server. */
export function embeddedThread(
  platform: string,
  nativeId: string,
  { url }: IndexedPage,
  { timezone }: ThreadContext,
  data: Readonly<Record<string, string>>,
): Thread {
  return {
    platform,
    nativeId,
    pageUrl: url,
    reportedCount: null,
    closed: false,
    timezone,
    data: { articleUrl: canonicalUrl(url) ?? url, ...data },
  }
}

/** The address of a server or folder, with a slash at its end; null when it is no web address. */
export function serverAddress(raw: string | null | undefined, baseUrl: string): string | null {
  if (raw === null || raw === undefined || raw.trim() === '') return null
  const address = canonicalUrl(`${raw.trim()}/`, baseUrl)
  return address === null ? null : address.replace(/(?<!\/)\/+$/, '/')
}

/** The path of an article as scripts in a browser see it. */
export function pathOf(url: string): string {
  return new URL(url).pathname
}

/** Address of the article that a thread is below, as comments link to it. */
export function articleUrlOf({ data, pageUrl }: Thread): string {
  return data['articleUrl'] ?? pageUrl
}
