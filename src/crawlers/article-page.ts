import { articleFields } from '../extractors/article/article.ts'
import type { Ask } from '../extractors/comments/platform.ts'
import { Failure } from '../failure.ts'
import { canonicalUrl } from '../normalise/url.ts'
import type { CapturedAnswer, PageToSave } from '../store.ts'
import { requestOf } from './ask-request.ts'
import { renderPage } from './browser/render-page.ts'
import type { ArticleExtraction } from './extract/extraction.ts'
import {
  isSpent,
  keepAnswer,
  type KeptAnswer,
  noteFailure,
  type Pass,
  requestHash,
  validators,
} from './pass.ts'
import type { PageRequest } from './site-crawler.ts'
import { countComments, countSaved, increment } from './tally.ts'
import { followThread } from './threads.ts'

/** Takes one article page all the way: extract, follow its thread, store. @throws Failure of the page. */
export async function takeArticlePage(pass: Pass, fetched: KeptAnswer, request: PageRequest): Promise<void> {
  refuseOtherTypes(fetched)
  const kept = pass.site.needsBrowser ? await renderPage(pass, fetched) : fetched
  const extraction = await pass.pool.extract({
    kind: 'article',
    answer: kept.answer,
    site: pass.site,
    zoneHint: pass.zoneHint,
  })
  countFields(pass, extraction)
  if (!extraction.article.isArticle) {
    await setAside(pass, kept, request)
    return
  }
  if (extraction.article.isWalled) await noteFailure(pass, wall(request), 'extract')
  const askedUrl = canonicalUrl(request.url) ?? request.url
  const { article, articleHash } = extraction
  const page = {
    article,
    articleHash,
    askedUrl,
    capture: kept.capture,
    isThreadless: isThreadless(pass, extraction),
  }
  const read = pass.options.comments ? await readThread(pass, extraction, page) : null
  const saved = await pass.store.savePage({ ...page, thread: read?.thread ?? null })
  // A long thread was stored in parts, the first of which told what became of the article.
  const change = read?.change ?? saved.change
  countSaved(pass.tally, { ...saved, change })
  pass.onChange({ kind: 'page', url: article.canonicalUrl, change, comments: read?.seen ?? 0 })
}

const isThreadless = ({ options }: Pass, { thread }: ArticleExtraction): boolean =>
  options.comments && thread === null

type SavedThread = NonNullable<PageToSave['thread']>

async function readThread(
  pass: Pass,
  { thread: start }: ArticleExtraction,
  page: Omit<PageToSave, 'thread'>,
) {
  if (start === null) return null
  const { thread } = start
  let captures: CapturedAnswer[] = []
  let change: 'new' | 'changed' | 'unchanged' | null = null
  const { comments, reading } = await followThread(start, {
    answer: async (ask) => {
      if (isSpent(pass)) return null
      const { answer, capture } = await fetchAnswer(pass, ask)
      if (answer.status < 400) captures.push(capture)
      return answer
    },
    read: (answer, ask) => pass.pool.extract({ kind: 'thread', answer, ask, thread }),
    takePart: async (part) => {
      const saved = await pass.store.savePage({
        ...page,
        thread: { thread, comments: part, captures, reading: null },
      })
      captures = []
      change ??= saved.change
      countComments(pass.tally, saved)
    },
    noteFailure: (failure) => noteFailure(pass, failure, 'comments'),
    signal: pass.signal,
  })
  const save: SavedThread = { thread, comments, captures, reading }
  return { thread: save, change, seen: reading.seen.size }
}

/** Makes one request of a comment platform; any HTTP status is an answer. @throws Failure */
async function fetchAnswer(pass: Pass, ask: Ask): Promise<KeptAnswer> {
  const hash = requestHash(ask)
  const before = (await pass.store.captureHeads([hash])).get(hash) ?? null
  pass.tally.requests++
  const answer = await pass.door.fetch({
    ...requestOf(ask),
    delayMs: pass.site.delaySeconds * 1000,
    connections: pass.site.connections,
    signal: pass.signal,
    ...validators(before),
  })
  return keepAnswer(pass, answer, { url: ask.url, hash, kind: 'comments', before })
}

function refuseOtherTypes({ answer }: KeptAnswer): void {
  const { url } = answer
  if (answer.body.length === 0) throw new Failure('empty', `${url} answered without a body`, { url })
  const type = answer.headers['content-type'] ?? 'text/html'
  if (!/html|xml|text\/plain|octet-stream/i.test(type)) {
    throw new Failure('wrong_type', `${url} is ${type}, not a page`, { url })
  }
}

/** A page that holds no article: a fault when a person named it, else only something to remember. */
async function setAside(pass: Pass, { capture }: KeptAnswer, { url }: PageRequest): Promise<void> {
  const failure = new Failure('not_an_article', `${url} holds no article`, { url })
  if (pass.options.articles.length > 0) throw failure
  pass.tally.notArticles++
  await pass.store.keepNonArticle(capture)
  const { class: name, message } = failure
  await pass.store.recordFailure({ url, stage: 'extract', class: name, message, at: capture.fetchedAt })
}

function wall({ url }: PageRequest): Failure {
  return new Failure('wall', `${url} shows only the beginning of its text`, { url })
}

function countFields({ tally }: Pass, { article, thread }: ArticleExtraction): void {
  if (!article.isArticle) return
  tally.pages++
  for (const field of articleFields) if (article.rules[field] !== 'none') increment(tally.filled, field)
  if (thread !== null) increment(tally.filled, 'thread')
}
