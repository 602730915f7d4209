import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { indexedPage } from '../../element-index.ts'
import { parsePage } from '../../page.ts'
import { momentContext, refusal, unread } from '../answers.ts'
import type { Answer, Ask, Batch, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { countInStructuredData } from '../marks/reported-count.ts'
import { sectionPages } from '../sections/pages.ts'
import { readSection } from '../sections/read-section.ts'
import { findSection } from '../sections/section.ts'
import { shownCount } from '../sections/shown-count.ts'

/**
 * Comment sections that no other platform knows: home-made ones, forums, rare engines. Entries are boxes of one
 * name that repeat, each with a writer, a date and words of its own.
 */
export const generic: CommentPlatform = { name: 'generic', locate, open, read }

function locate({ elements, url, fetchedAt, html }: IndexedPage, context: ThreadContext): Thread | null {
  const { timezone, language, articleNativeId } = context
  const section = findSection(elements, url, { timezone, language, fetchedAt })
  if (section === null) return null
  const articleUrl = canonicalUrl(url) ?? url
  return {
    platform: generic.name,
    nativeId: articleNativeId ?? articleUrl,
    pageUrl: url,
    reportedCount: countInStructuredData(elements, html) ?? shownCount(section),
    closed: false,
    timezone,
    data: { articleUrl },
  }
}

function open({ pageUrl }: Thread): Ask {
  return { url: pageUrl, accept: 'html' }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const { text, url, fetchedAt, document } = answer
  const parsed =
    document === undefined ? parsePage(text, url, fetchedAt) : { url, fetchedAt, html: text, document }
  const { elements } = indexedPage(parsed)
  const section = findSection(elements, url, momentContext(thread, answer))
  if (section === null) return unread('not_found')
  const next = sectionPages(section, elements, url, asked)
  return { comments: readSection(section), next }
}
