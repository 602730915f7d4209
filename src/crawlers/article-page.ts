import type { Article } from '../extractors/article/article.ts'
import type { Gate } from '../extractors/article/gate.ts'
import { articleHash } from '../extractors/article/article-hash.ts'
import { Failure } from '../failure.ts'
import { canonicalUrl, isSamePage, urlHash } from '../normalise/url.ts'
import type { CapturedAnswer, PartsToSave } from '../store.ts'
import { copyKeeper, readThread } from './article-thread.ts'
import { readingKey } from './confirm-page.ts'
import type { ArticleExtraction } from './extract/extraction.ts'
import { fetchPage, shownPage } from './fetch-answer.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { followParts } from './parts.ts'
import { isSpent, noteFailure, type Pass } from './pass.ts'
import type { PageRequest } from './site-crawler.ts'
import { isSoftNotFound } from './soft-not-found.ts'
import { countFilled, countSaved } from './tally.ts'
import { keptOfPage, refusalOf } from './usage-policy.ts'
import { failpoint } from '../failpoint.ts'

/** Takes one article page all the way: extract, follow its parts and thread, store. @throws Failure of the page. */
export async function takeArticlePage(pass: Pass, fetched: KeptAnswer, request: PageRequest): Promise<void> {
  const kept = await shownPage(pass, fetched)
  const extraction = await extractPage(pass, kept)
  failpoint('page-read')
  const firstUrl = extraction.parts?.firstUrl ?? null
  if (firstUrl === null) await takeArticle(pass, kept, extraction, { request, later: null })
  else await takeFirstPart(pass, kept, request, firstUrl)
}

/**
 * Takes the article that a page is a later part of, unless that is held, and so has a turn of its own. The part's
 * address is remembered as none of an article's.
 */
async function takeFirstPart(
  pass: Pass,
  later: KeptAnswer,
  request: PageRequest,
  firstUrl: string,
): Promise<void> {
  const hash = urlHash(firstUrl)
  const isNamed = pass.options.articles.length > 0
  if (isNamed || !(await pass.store.knownPages([hash], later.answer.fetchedAt)).has(hash)) {
    const kept = await shownPage(pass, await fetchPage(pass, firstUrl, 'article'))
    const extraction = await extractPage(pass, kept)
    await takeArticle(pass, kept, extraction, { request: { ...request, url: firstUrl }, later })
  }
  pass.tally.notArticles++
  await pass.store.keepNonArticle(later.capture)
}

const extractPage = (pass: Pass, { answer }: KeptAnswer): Promise<ArticleExtraction> =>
  pass.pool.extract({ kind: 'article', answer, site: pass.site, zoneHint: pass.zoneHint })

async function takeArticle(
  pass: Pass,
  kept: KeptAnswer,
  extraction: ArticleExtraction,
  { request, later }: { readonly request: PageRequest; readonly later: KeptAnswer | null },
): Promise<void> {
  const capture = keptOfPage(pass.site, kept.capture, extraction.wishes)
  if (await isPassedOver(pass, extraction, { kept, capture }, request)) return
  if (extraction.article.isWalled) await noteFailure(pass, wall(request), 'extract')
  const askedUrl = canonicalUrl(request.url) ?? request.url
  const { article, parts } = await readParts(pass, extraction, later)
  const page = {
    article,
    articleHash: parts === null ? extraction.articleHash : articleHash(article),
    parts,
    askedUrl,
    capture,
    readingKey: null,
    isThreadless: isThreadless(pass, extraction),
  }
  const read = await readThread(pass, extraction, page)
  const isOfPage = parts === null && read.isOfPage && saysTheSameLater(extraction)
  const saved = await pass.store.savePage({
    ...page,
    thread: read.thread,
    readingKey: isOfPage ? readingKey(pass, kept) : null,
  })
  if (saved.isTextKept) await noteLostText(pass, article, request)
  // A long thread was stored in parts, the first of which told what became of the article.
  const change = read.change ?? saved.change
  countSaved(pass.tally, { ...saved, change })
  pass.onChange({ kind: 'page', url: article.canonicalUrl, change, comments: read.seen })
}

/** A wall may be taken away, and what is not to be shown after some day is another thing then. */
const saysTheSameLater = ({ article, wishes }: ArticleExtraction): boolean =>
  !article.isWalled && wishes.unavailableAfter === null

/** The article with the text of its further parts. @param later a part that was fetched before. */
async function readParts(
  pass: Pass,
  extraction: ArticleExtraction,
  later: KeptAnswer | null,
): Promise<{ article: Article; parts: PartsToSave | null }> {
  const { article, parts } = extraction
  // What a wall hides on the first page it hides on all.
  if (parts === null || article.isWalled) return { article, parts: null }
  const { canonicalUrl: firstUrl } = article
  const joined = await followParts(article, parts, {
    fetch: async (url) => {
      if (later !== null && isSamePage(later.capture.url, url))
        return { ...later, capture: { ...later.capture, kind: 'part' } }
      return isSpent(pass) ? null : shownPage(pass, await fetchPage(pass, url, 'part'))
    },
    read: ({ answer }, held) => pass.pool.extract({ kind: 'part', answer, site: pass.site, firstUrl, held }),
    noteFailure: (failure) => noteFailure(pass, failure, 'fetch'),
    signal: pass.signal,
  })
  const captures = joined.parts.captures.map(copyKeeper(pass, extraction))
  return { ...joined, parts: { ...joined.parts, captures } }
}

const isThreadless = ({ options }: Pass, { thread }: ArticleExtraction): boolean =>
  options.comments && thread === null

/** Whether nothing is taken from the page, which is then remembered. @param capture what may be kept of it. */
async function isPassedOver(
  pass: Pass,
  extraction: ArticleExtraction,
  { kept, capture }: { readonly kept: KeptAnswer; readonly capture: CapturedAnswer },
  request: PageRequest,
): Promise<boolean> {
  const { article, wishes, needsScripts, gate } = extraction
  if (gate !== null) {
    await stopBefore(gate, pass, capture, request)
    return true
  }
  if (await isSoftNotFound(pass, kept, extraction, request.url)) return true
  countFields(pass, extraction)
  if (!article.isArticle) {
    if (needsScripts && !pass.site.needsBrowser) await setFrameAside(pass, capture, request)
    else await setAside(pass, capture, request)
    return true
  }
  const refusal = refusalOf(pass.site, wishes, capture.fetchedAt)
  if (refusal !== null) await leaveAlone(pass, capture, request, refusal)
  return refusal !== null
}

/** An article that asks not to be stored: its address is remembered, so that it is not asked for at every pass. */
async function leaveAlone(
  pass: Pass,
  capture: CapturedAnswer,
  { url }: PageRequest,
  refusal: string,
): Promise<void> {
  const failure = new Failure('use_reserved', `${url} asks not to be stored (${refusal})`, { url })
  if (pass.options.articles.length > 0) throw failure
  await pass.store.keepReserved(capture)
  await noteFailure(pass, failure, 'extract')
}

/**
 * What stands before a page is never passed. A challenge is the host's answer to all that we ask: it is left alone for
 * a while, and the page asked for again. What asks for a login is remembered, as what holds no article.
 */
async function stopBefore(
  gate: Gate,
  pass: Pass,
  capture: CapturedAnswer,
  { url }: PageRequest,
): Promise<void> {
  if (gate === 'challenge') {
    await pass.door.leaveAlone(capture.url)
    throw new Failure('blocked', `${url} shows a challenge in place of its text`, { url })
  }
  const failure = new Failure('wall', `${url} shows a ${nameOf[gate]} in place of its text`, { url })
  if (pass.options.articles.length > 0) throw failure
  await pass.store.keepNonArticle(capture)
  await noteFailure(pass, failure, 'extract')
}

const nameOf = { login: 'login', captcha: 'captcha', consent: 'request for consent' } as const

/** A page that holds no article: a fault when a person named it, else only something to remember. */
async function setAside(pass: Pass, capture: CapturedAnswer, { url }: PageRequest): Promise<void> {
  const failure = new Failure('not_an_article', `${url} holds no article`, { url })
  if (pass.options.articles.length > 0) throw failure
  pass.tally.notArticles++
  await pass.store.keepNonArticle(capture)
  const { class: name, message } = failure
  await pass.store.recordFailure({ url, stage: 'extract', class: name, message, at: capture.fetchedAt })
}

/** A page that its scripts fill is a fault of the site's declaration, which a person can mend. */
async function setFrameAside(pass: Pass, capture: CapturedAnswer, { url }: PageRequest): Promise<void> {
  const failure = new Failure('needs_js', `${url} says nothing before its scripts run`, { url })
  if (pass.options.articles.length > 0) throw failure
  await pass.store.keepNonArticle(capture)
  await noteFailure(pass, failure, 'extract')
}

function wall({ url }: PageRequest): Failure {
  return new Failure('wall', `${url} shows only the beginning of its text`, { url })
}

/** A wall was noted as such. */
async function noteLostText(pass: Pass, { isWalled }: Article, { url }: PageRequest): Promise<void> {
  if (isWalled) return
  // What was found is not the text, so that the field was not.
  pass.tally.filled.body = Math.max(0, (pass.tally.filled.body ?? 0) - 1)
  const message = `${url} shows far less text than is held of it`
  await noteFailure(pass, new Failure('layout_changed', message, { url }), 'extract')
}

function countFields({ tally }: Pass, { article, thread }: ArticleExtraction): void {
  if (article.isArticle) countFilled(tally, article.rules, thread !== null)
}
