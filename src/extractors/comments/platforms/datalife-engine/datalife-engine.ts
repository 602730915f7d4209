import type { Document } from 'domhandler'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { momentContext, refusal, unread, unreadable } from '../../answers.ts'
import { type AjaxPlan, likelyVariant, listOf, nextProbe, planOf, probe, remaining } from './ajax.ts'
import { readComments } from './comments.ts'
import { afterMissing, firstGuess, guessOf, isGuessed, nextGuess } from './guess.ts'
import { type NestedMarkup, withNestedLists } from './nesting.ts'
import {
  articleAddress,
  articleId,
  hasComments,
  isClosed,
  readPager,
  reportedCount,
  scriptVariable,
} from './page.ts'
import { parseHtml } from '../../../page.ts'
import { selector } from '../../../selector.ts'
import { pagesToAsk } from '../../pager.ts'
import type { Answer, Ask, Batch, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'

/**
 * DataLife Engine, the content system of many Russian-language newsrooms. Comments are in the article
 * page; further pages are linked as HTML, or loaded by a script as JSON with HTML in it. There are no
 * traces of removed comments, and replies to unapproved ones are never shown, so that a count above
 * what can be read is normal.
 */
export const datalifeEngine: CommentPlatform = {
  name: 'datalife-engine',
  usualTimezone: 'Europe/Moscow',
  locate,
  open,
  read,
}

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!hasComments(page)) return null
  const articleUrl = articleAddress(page.url)
  const contextId = /^\d+$/.exec(context.articleNativeId ?? '')?.[0]
  const root = scriptVariable(page.html, 'dle_root') ?? '/'
  return {
    platform: datalifeEngine.name,
    nativeId: contextId ?? articleId(page) ?? context.canonicalUrl,
    pageUrl: page.url,
    reportedCount: reportedCount(page.elements, page.html, articleUrl),
    closed: isClosed(page.elements),
    timezone: context.timezone,
    data: {
      articleUrl,
      root: canonicalUrl(root, page.url) ?? new URL('/', page.url).href,
      skin: scriptVariable(page.html, 'dle_skin') ?? '',
    },
  }
}

function open(thread: Thread): Ask {
  return { url: thread.pageUrl, accept: 'html' }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const step = asked.note?.['step']
  if (step === 'ajax') return readList(answer, asked, thread)
  return step === 'guess' ? readGuess(answer, asked, thread) : readPage(answer, asked, thread)
}

function readPage(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const markup = withNestedLists(answer.text)
  const document = parseHtml(markup.html)
  const articleUrl = thread.data['articleUrl'] ?? thread.pageUrl
  const reported = reportedCount(document, answer.text, articleUrl)
  const next = furtherPages(document, answer, asked, thread)
  const comments = commentsIn(document, markup, answer, thread)
  const isFirst = asked.note === undefined
  // Nobody links to a page of comments that has none.
  if (!isFirst && comments.length === 0) return unread('not_found', next)
  const isEmpty = isFirst && comments.length === 0 && next.length === 0
  return {
    comments,
    next: isEmpty && (reported ?? 0) > 0 ? loaded({ last: 1, shown: 0 }, document, answer, thread) : next,
    ...(reported === null ? {} : { reportedCount: reported }),
  }
}

function commentsIn(
  document: Document,
  markup: NestedMarkup,
  answer: Answer,
  thread: Thread,
): Batch['comments'] {
  const articleUrl = thread.data['articleUrl'] ?? thread.pageUrl
  return readComments(document, articleUrl, momentContext(thread, answer), markup)
}

const navigations = selector('.dle-comments-navigation')
const shownComments = selector('[id^="comm-id-"]')

function furtherPages(document: Document, answer: Answer, asked: Ask, thread: Thread): Ask[] {
  const total = Number(scriptVariable(answer.text, 'total_comments_pages') ?? 0)
  if (total > 1) {
    const shown = Number(scriptVariable(answer.text, 'current_comments_page') ?? 1)
    return loaded({ last: total, shown }, document, answer, thread)
  }
  const pager = readPager(navigations.all(document), answer.url)
  if (pager === null) return []
  if (pager.template !== null) return pagesToAsk(pager, asked)
  return loaded({ last: pager.last, shown: pager.current ?? 1 }, document, answer, thread)
}

/** Pages that only the site's script can load. Without the article's number it could not, either. */
function loaded(
  pages: Pick<AjaxPlan, 'last' | 'shown'>,
  document: Document,
  { text }: Answer,
  thread: Thread,
): Ask[] {
  if (!/^\d+$/.test(thread.nativeId)) return []
  const page = pages.shown === 1 ? 2 : 1
  const before = Number(/^comm-id-(\d+)$/.exec(shownComments.first(document)?.attribs['id'] ?? '')?.[1] ?? 0)
  return [probe({ ...pages, variant: likelyVariant(text), page, before }, thread)]
}

function readList(answer: Answer, asked: Ask, thread: Thread): Batch {
  const plan = planOf(asked)
  const list = refusal(answer) === null ? listOf(answer) : null
  if (list === null) return readNothing(answer, plan, thread)
  const navigation = parseHtml(list.navigation)
  const pager = readPager([navigation], thread.pageUrl)
  const last = Math.max(plan.last, pager?.last ?? 0)
  const markup = withNestedLists(list.comments)
  return {
    comments: commentsIn(parseHtml(markup.html), markup, answer, thread),
    next: remaining({ ...plan, last }, thread),
  }
}

/**
 * While probing, another version's endpoint may still answer; where none may be asked or is there, the
 * engine has the same pages as HTML.
 */
function readNothing(answer: Answer, plan: AjaxPlan, thread: Thread): Batch {
  const other = nextProbe(plan, thread)
  if (other !== null) return { comments: [], next: [other] }
  const reason = refusal(answer)
  const isBusy = answer.status === 429 || answer.status >= 500
  if (plan.known > 0 || isBusy) {
    if (reason === null) throw unreadable(datalifeEngine.name, answer)
    return unread(reason)
  }
  const { shown, last, before } = plan
  const guess = { form: 0, shown, last, before: String(before), reason: reason ?? 'page_failed' }
  const ask = firstGuess(guess, thread)
  return ask === null ? unread(reason ?? 'page_failed') : { comments: [], next: [ask] }
}

function readGuess(answer: Answer, asked: Ask, thread: Thread): Batch {
  const guess = guessOf(asked)
  if (!isGuessed(answer, guess)) return afterMissing(guess, answer, thread)
  const markup = withNestedLists(answer.text)
  const document = parseHtml(markup.html)
  const pager = readPager(navigations.all(document), answer.url)
  const comments = commentsIn(document, markup, answer, thread)
  const [first] = comments
  if (first === undefined || first.nativeId === guess.before) return afterMissing(guess, answer, thread)
  const last = Math.max(guess.last, pager?.last ?? 0)
  const ask = nextGuess({ ...guess, last, before: first.nativeId }, thread)
  return { comments, next: ask === null ? [] : [ask] }
}
