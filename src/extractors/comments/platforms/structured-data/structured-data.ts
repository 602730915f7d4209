import { type MomentContext, parseMoment } from '../../../../normalise/date.ts'
import { identityHash } from '../../../../normalise/fingerprint.ts'
import { cleanLine } from '../../../../normalise/text.ts'
import { canonicalUrl } from '../../../../normalise/url.ts'
import { indexedPage, type IndexedPage } from '../../../element-index.ts'
import { parsePage } from '../../../page.ts'
import { momentContext, refusal, unread } from '../../answers.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { asHtml } from '../../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'
import { countInStructuredData } from '../../marks/reported-count.ts'
import { markedGroups } from '../../sections/marked-groups.ts'
import { ownPage } from '../../sections/own-page.ts'
import { sectionPages } from '../../sections/pages.ts'
import { readSection } from '../../sections/read-section.ts'
import { countOf, findSection, type Section, sectionOf } from '../../sections/section.ts'
import { shownCount } from '../../sections/shown-count.ts'
import { type LinkedComment, linkedComments } from './linked-comments.ts'

/**
 * Comments that the page itself marks for machines: schema.org's Comment, UserComments and Answer as microdata or
 * JSON-LD, hAtom and h-entry. Markup is preferred to JSON-LD, which gives no replies and no formatting.
 */
export const structuredData: CommentPlatform = { name: 'structured-data', locate, open, read }

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const { timezone, language, articleNativeId } = context
  const moments = { timezone, language, fetchedAt: page.fetchedAt }
  const marked = markedSection(page, moments)
  const form = formOf(page, marked, moments)
  if (form === null) return null
  const articleUrl = canonicalUrl(page.url) ?? page.url
  return {
    platform: structuredData.name,
    nativeId: articleNativeId ?? articleUrl,
    pageUrl: page.url,
    reportedCount: countInStructuredData(page.elements, page.html) ?? shownCount(marked),
    closed: false,
    timezone,
    data: { articleUrl, form },
  }
}

/** A page may mark fewer comments than it shows: then they are better read as they are shown. */
function formOf(
  page: IndexedPage,
  section: Section | null,
  context: MomentContext,
): 'markup' | 'json' | null {
  const marked = countOf(section)
  const linked = marked === 0 ? linkedComments(page).length : 0
  if (marked + linked === 0) return null
  const shown = countOf(findSection(page.elements, page.url, context))
  if (marked > 0) return marked >= shown ? 'markup' : null
  return linked > shown ? 'json' : null
}

function markedSection({ elements, url }: IndexedPage, context: MomentContext): Section | null {
  const groups = markedGroups(elements)
  return groups.length === 0 ? null : sectionOf(groups, ownPage(elements, url), context)
}

function open({ pageUrl }: Thread): Ask {
  return { url: pageUrl, accept: 'html' }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const { text, url, fetchedAt, document } = answer
  const page = indexedPage(
    document === undefined ? parsePage(text, url, fetchedAt) : { url, fetchedAt, html: text, document },
  )
  if (thread.data['form'] === 'json')
    return { comments: toComments(linkedComments(page), answer, thread), next: [] }
  const section = markedSection(page, momentContext(thread, answer))
  if (section === null) return unread('not_found')
  const next = sectionPages(section, page.elements, url, asked)
  return { comments: readSection(section), next }
}

function toComments(linked: readonly LinkedComment[], answer: Answer, thread: Thread): Comment[] {
  const ids = new Map<LinkedComment, string>()
  const used = new Set<string>()
  for (const comment of linked) {
    const { id, author, published, text } = comment
    const own = id ?? identityHash([author, published, text.slice(0, 200)]).slice(0, 24)
    if (used.has(own)) continue
    used.add(own)
    ids.set(comment, own)
  }
  return linked.flatMap((comment) => {
    const nativeId = ids.get(comment)
    if (nativeId === undefined) return []
    const { author, published, text, parent, likes, url } = comment
    const moment = parseMoment(published, momentContext(thread, answer))
    return commentOf({
      nativeId,
      parentNativeId: parent === null ? null : (ids.get(parent) ?? null),
      authorName: cleanLine(author),
      publishedAt: moment.at,
      publishedPrecision: moment.precision,
      publishedRaw: moment.raw,
      // The text was read from its markup already.
      ...readBodyHtml(asHtml(text), thread.pageUrl),
      likes,
      permalink: url === null ? null : canonicalUrl(url, thread.pageUrl),
    })
  })
}
