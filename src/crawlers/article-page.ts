import { type Article, articleFields } from '../extractors/article/article.ts'
import { articleHash } from '../extractors/article/article-hash.ts'
import { Failure } from '../failure.ts'
import { canonicalUrl, isSamePage, urlHash } from '../normalise/url.ts'
import type { CapturedAnswer, PageToSave, PartsToSave } from '../store.ts'
import type { ArticleExtraction } from './extract/extraction.ts'
import { fetchAsk, fetchPage, shownPage } from './fetch-answer.ts'
import { followParts } from './parts.ts'
import { isNotToBeArchived } from '../extractors/usage-wishes.ts'
import { partialReadingOf } from './partial-reading.ts'
import { isSpent, type KeptAnswer, noteFailure, type Pass } from './pass.ts'
import type { PageRequest } from './site-crawler.ts'
import { isSoftNotFound } from './soft-not-found.ts'
import { countComments, countSaved, increment } from './tally.ts'
import { followThread, type ThreadMeans } from './threads.ts'
import { keptOfPage, refusalOf, withoutBytes } from './usage-policy.ts'
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
    isThreadless: isThreadless(pass, extraction),
  }
  const read = await readThread(pass, extraction, page)
  const saved = await pass.store.savePage({ ...page, thread: read?.thread ?? null })
  if (saved.isTextKept) await noteLostText(pass, article, request)
  // A long thread was stored in parts, the first of which told what became of the article.
  const change = read?.change ?? saved.change
  countSaved(pass.tally, { ...saved, change })
  pass.onChange({ kind: 'page', url: article.canonicalUrl, change, comments: read?.seen ?? 0 })
}

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

/** A thread that nobody asked for in this pass is known all the same, with what its page says of it. */
function skippedThread({ thread, batch }: NonNullable<ArticleExtraction['thread']>): SavedThread {
  const reading = {
    seen: new Set<string>(),
    reportedCount: batch?.reportedCount ?? thread.reportedCount,
    closed: batch?.closed ?? thread.closed,
    incomplete: 'skipped',
    isPartial: false,
    pageOrder: null,
  } as const
  return { thread, comments: [], captures: [], reading }
}

type SavedThread = NonNullable<PageToSave['thread']>

async function readThread(pass: Pass, extraction: ArticleExtraction, page: Omit<PageToSave, 'thread'>) {
  const { thread: start } = extraction
  if (start === null) return null
  if (!pass.options.comments) return { thread: skippedThread(start), change: null, seen: 0 }
  const { thread } = start
  const copies = copyKeeper(pass, extraction)
  let captures: CapturedAnswer[] = []
  let change: 'new' | 'changed' | 'unchanged' | null = null
  const means: ThreadMeans = {
    answer: async (ask) => {
      if (isSpent(pass)) return null
      const { answer, capture } = await fetchAsk(pass, ask)
      failpoint('thread-answer-read')
      // Of a page that is read again the newer answer is kept; the article's own is kept with the article.
      const { requestHash } = capture
      captures = captures.filter((kept) => kept.requestHash !== requestHash)
      if (answer.status < 400 && requestHash !== page.capture.requestHash) captures.push(copies(capture))
      return answer
    },
    read: (answer, ask) => pass.pool.extract({ kind: 'thread', answer, ask, thread }),
    takePart: async (part) => {
      const save = { thread, comments: part, captures, reading: null }
      captures = []
      const saved = await pass.store.savePage({ ...page, thread: save })
      change ??= saved.change
      countComments(pass.tally, saved)
    },
    noteFailure: (failure) => noteFailure(pass, failure, 'comments'),
    signal: pass.signal,
  }
  const partial = await partialReadingOf(pass, start, page)
  const { comments, reading } = await followThread(start, means, partial)
  const save: SavedThread = { thread, comments, captures, reading }
  return { thread: save, change, seen: reading.seen.size }
}

/** What the article's page asks of copies holds for its further parts and its thread. */
function copyKeeper(
  { site }: Pass,
  { wishes }: ArticleExtraction,
): (capture: CapturedAnswer) => CapturedAnswer {
  return isNotToBeArchived(wishes) && site.usageWishes === 'obey' ? withoutBytes : (capture) => capture
}

/** Whether nothing is taken from the page, which is then remembered. @param capture what may be kept of it. */
async function isPassedOver(
  pass: Pass,
  extraction: ArticleExtraction,
  { kept, capture }: { readonly kept: KeptAnswer; readonly capture: CapturedAnswer },
  request: PageRequest,
): Promise<boolean> {
  if (await isSoftNotFound(pass, kept, extraction, request.url)) return true
  countFields(pass, extraction)
  const { article, wishes, needsScripts } = extraction
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
  if (!article.isArticle) return
  tally.pages++
  for (const field of articleFields) if (article.rules[field] !== 'none') increment(tally.filled, field)
  if (thread !== null) increment(tally.filled, 'thread')
}
