import type { Document } from 'domhandler'
import { ElementIndex, type IndexedPage } from '../../../element-index.ts'
import { momentContext, refusal, unread, unreadable } from '../../answers.ts'
import { parseHtml } from '../../../page.ts'
import { type Pager, pagesToAsk } from '../../pager.ts'
import type { Answer, Ask, Batch, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'
import { readFeed } from './feed.ts'
import { type PageComments, readComments } from './html.ts'
import {
  articleAddress,
  feedAddress,
  hasComments,
  isClosed,
  ownPages,
  postId,
  reportedCount,
  restRoot,
} from './page.ts'
import { readPager } from './pager.ts'
import { restAsk, type RestPage, restPageOf } from './rest.ts'

/**
 * WordPress and its comment plugins that keep WordPress's own comments (wpDiscuz, Jetpack). The article
 * page shows them in most cases, and then nothing more is asked for. Where it shows a part, or prints
 * replies past its depth limit as siblings, the REST interface is asked if the page advertises one; it
 * is right about parents and times, but leaves pings out. Where it is refused, the HTML pages are read,
 * or else the feed of the latest comments.
 */
export const wordpress: CommentPlatform = { name: 'wordpress', locate, open, read }

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!hasComments(page)) return null
  const post = postId(page)
  const own = ownPages(page.elements, articleAddress(page.url))
  return {
    platform: wordpress.name,
    nativeId: post ?? context.articleNativeId ?? context.canonicalUrl,
    pageUrl: page.url,
    reportedCount: reportedCount(page.elements, page.html, own),
    closed: isClosed(page.elements),
    timezone: context.timezone,
    data: { articleUrl: own.articleUrl, ...(post === null ? {} : { post }) },
  }
}

function open(thread: Thread): Ask {
  return { url: thread.pageUrl, accept: 'html' }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const step = asked.note?.['step']
  if (step === 'rest') return readRest(answer, asked, thread)
  if (step === 'feed') return readLatest(answer, asked, thread)
  return readPage(answer, asked, thread)
}

/** What the article page tells about the rest of its thread. */
interface Shown {
  readonly found: PageComments
  readonly pager: Pager | null
  readonly reported: number | null
}

function readPage(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const document = answer.document ?? parseHtml(answer.text)
  const articleUrl = thread.data['articleUrl'] ?? thread.pageUrl
  const elements = answer.elements ?? new ElementIndex(document)
  const own = ownPages(elements, articleUrl)
  const pager = readPager(elements, own, answer.url)
  const reported = reportedCount(elements, answer.text, own)
  const reading = { document, articleUrl, ...momentContext(thread, answer) }
  const found = readComments(reading, own)
  const shown = { found, pager, reported }
  const isFirst = asked.note === undefined
  // Nobody links to a page of comments that has none.
  if (!isFirst && found.comments.length === 0) return unread('not_found', otherPages(pager, asked))
  return {
    comments:
      asked.note?.['only'] === 'pings' ? found.comments.filter(({ isPing }) => isPing) : found.comments,
    next: isFirst ? afterArticle(shown, { ...answer, document }, thread) : otherPages(pager, asked),
    ...(reported === null ? {} : { reportedCount: reported }),
  }
}

function afterArticle(shown: Shown, answer: Answer & { readonly document: Document }, thread: Thread): Ask[] {
  const { found, pager, reported } = shown
  const isShort = reported !== null && found.comments.length < reported
  if (pager === null && !isShort && !found.isCapped) return []
  const root = restRoot(answer.document, answer)
  const feed = feedAddress(answer.document, thread.data['articleUrl'] ?? thread.pageUrl)
  const note = noteOf(shown, feed)
  if (root !== null && thread.data['post'] !== undefined) return [restAsk(root, 1, note, thread)]
  return withoutRest({ url: thread.pageUrl, note })
}

/** What has to be known when REST turns out to be closed. */
function noteOf({ found, pager, reported }: Shown, feed: string | null): Record<string, string> {
  const pings = found.comments.filter(({ isPing }) => isPing).length
  const known = found.comments.map(({ nativeId }) => nativeId)
  const isShort = reported !== null && known.length < reported
  return {
    pings: String(pings),
    ...(reported === null ? {} : { reported: String(reported) }),
    shown: String(known.length - pings),
    ...(pager === null
      ? {}
      : { current: String(pager.current ?? ''), last: String(pager.last), pages: pager.template ?? '' }),
    ...(pager === null && isShort && feed !== null ? { feed, ids: known.join(' ') } : {}),
  }
}

function withoutRest({ note = {} }: Ask): Ask[] {
  const { pages, last = '0', current = '', feed, ids = '' } = note
  if (pages !== undefined) {
    const pager = { current: current === '' ? null : Number(current), last: Number(last), template: pages }
    return pagesToAsk(pager, { url: '', note: note['only'] === undefined ? {} : { only: note['only'] } })
  }
  return feed === undefined ? [] : [{ url: feed, accept: 'xml', note: { step: 'feed', ids } }]
}

function otherPages(pager: Pager | null, asked: Ask): Ask[] {
  return pager === null ? [] : pagesToAsk(pager, asked)
}

function readRest(answer: Answer, asked: Ask, thread: Thread): Batch {
  const rest = refusal(answer) === null ? restPageOf(answer, thread) : null
  const isFirst = asked.note?.['page'] === '1'
  if (isFirst)
    return rest === null ? { comments: [], next: withoutRest(asked) } : afterRest(rest, asked, thread)
  return rest === null ? unread(refusal(answer) ?? 'page_failed') : { comments: rest.comments, next: [] }
}

function afterRest({ comments, total, pages }: RestPage, asked: Ask, thread: Thread): Batch {
  const { root = '', pings = '0', shown = '0' } = asked.note ?? {}
  // The interface keeps back what the page shows: a plugin's comments, or another post's number.
  if (total < Number(shown)) return { comments, next: withoutRest(asked) }
  const last = Math.min(pages, mostRestPages)
  const others = Array.from({ length: Math.max(0, last - 1) }, (_, index) => index + 2)
  const restAsks = others.map((page) => restAsk(root, page, {}, thread))
  const pingAsks = pagesWithPings(total, asked)
  return {
    comments,
    next: [...restAsks, ...pingAsks],
    ...(pingAsks.length > 0 ? {} : { reportedCount: total + Number(pings) }),
    ...(pages > last ? { incomplete: 'capped' as const } : {}),
  }
}

/** What the page counts and the interface does not are pings, which only the other pages show. */
function pagesWithPings(total: number, asked: Ask): Ask[] {
  const { pings = '0', reported = '0', pages } = asked.note ?? {}
  if (pages === undefined || Number(reported) <= total + Number(pings)) return []
  return withoutRest({ ...asked, note: { ...asked.note, only: 'pings' } })
}

/** 100,000 comments. */
const mostRestPages = 1000

function readLatest(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const latest = readFeed(answer, thread)
  if (latest === null) throw unreadable(wordpress.name, answer)
  const known = new Set((asked.note?.['ids'] ?? '').split(' '))
  return { comments: latest.filter(({ nativeId }) => !known.has(nativeId)), next: [] }
}
