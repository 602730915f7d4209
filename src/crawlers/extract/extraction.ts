import type { Article } from '../../extractors/article/article.ts'
import { articleHash } from '../../extractors/article/article-hash.ts'
import type { Body } from '../../extractors/article/body/clean-body.ts'
import { extractArticlePage, extractPart } from '../../extractors/article/extract-article.ts'
import { isPartOf } from '../../extractors/article/part-address.ts'
import { findGate, type Gate } from '../../extractors/article/gate.ts'
import { needsScripts } from '../../extractors/article/needs-scripts.ts'
import { newTextOf } from '../../extractors/article/part-text.ts'
import type { TopicPage } from '../../extractors/article/opening-post.ts'
import { isTopic, saidToBeOfPosts } from '../../extractors/article/topic-of-posts.ts'
import type { ArticleParts, PartLink } from '../../extractors/article/parts.ts'
import { unread } from '../../extractors/comments/answers.ts'
import type { Ballot } from '../../extractors/article/fields/answers.ts'
import { locateThread, platformNamed } from '../../extractors/comments/detect.ts'
import type { Answer, Ask, Batch, CommentPlatform, Thread } from '../../extractors/comments/platform.ts'
import { generic } from '../../extractors/comments/platforms/generic.ts'
import { structuredData } from '../../extractors/comments/platforms/structured-data/structured-data.ts'
import { withoutPlaceholders } from '../../extractors/comments/placeholder.ts'
import { type Page, parsePage } from '../../extractors/page.ts'
import { usageMarks, usageWishes, type UsageWishes } from '../../extractors/usage-wishes.ts'
import { decodeBytes } from '../../normalise/charset.ts'
import { detectLanguage } from '../../normalise/language.ts'
import { zoneOfFeed, zoneOfPage } from '../../normalise/zone-hint.ts'
import type { Site } from '../../sites/site.ts'
import type { Announcement } from '../discover/announcement.ts'
import { readFeed } from '../discover/feed.ts'
import { findArticleLinks, findFeedLinks } from '../discover/links.ts'
import { readSitemap, type Sitemap } from '../discover/sitemap.ts'

/** An answer of the network, as it goes to the extraction threads. */
export interface RawAnswer {
  /** Address after redirects. */
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly fetchedAt: Date
}

/** What can be made of an answer. Everything in and out is plain data, for it crosses threads. */
export type ExtractionTask =
  | {
      readonly kind: 'article'
      readonly answer: RawAnswer
      readonly site: Site
      readonly zoneHint: string | null
      /** Ask every rule of every field, which a crawl need not know. */
      readonly withRunnersUp?: boolean
    }
  | {
      readonly kind: 'part'
      readonly answer: RawAnswer
      readonly site: Site
      /** Address of the article's first part. */
      readonly firstUrl: string
      /** The article's text so far; null when the page is to show all of it. */
      readonly held: string | null
    }
  | { readonly kind: 'thread'; readonly answer: RawAnswer; readonly ask: Ask; readonly thread: Thread }
  | { readonly kind: 'listing'; readonly answer: RawAnswer; readonly site: Site }
  | { readonly kind: 'feed'; readonly answer: RawAnswer }
  | { readonly kind: 'sitemap'; readonly answer: RawAnswer }

export interface ArticleExtraction {
  readonly article: Article
  readonly articleHash: string
  /** What the page asks of those who read it by machine. */
  readonly wishes: UsageWishes
  /** The page is only a frame that its scripts fill. */
  readonly needsScripts: boolean
  /** What the site shows in place of an article. */
  readonly gate: Gate | null
  /** By field, what each rule answered, the winner first; null when nobody asked. */
  readonly ballot: Ballot | null
  /** The pages that the article is split into, or null when it is on one. */
  readonly parts: ArticleParts | null
  /** The thread with what the page itself shows of it, or null when the page has none. */
  readonly thread: { readonly thread: Thread; readonly ask: Ask; readonly batch: Batch | null } | null
}

/** What a further part of an article adds to it. */
export interface PartExtraction {
  /** Empty where it says nothing new. */
  readonly body: Body
  readonly further: readonly PartLink[]
}

export interface Extracted {
  readonly article: ArticleExtraction
  /** Null when the page that came is none of this article's. */
  readonly part: PartExtraction | null
  readonly thread: Batch
  readonly listing: { readonly articles: Announcement[]; readonly feeds: string[] }
  readonly feed: { readonly articles: Announcement[]; readonly zone: string | null }
  readonly sitemap: Sitemap
}

/** The whole of extraction as one pure function: bytes in, records out. @throws Failure */
export async function extract(task: ExtractionTask): Promise<Extracted[keyof Extracted]> {
  const { answer } = task
  switch (task.kind) {
    case 'article':
      return readArticlePage(task)
    case 'part':
      return readPart(answer, task)
    case 'thread':
      return withoutPlaceholders(
        platformNamed(task.thread.platform).read(readable(answer), task.ask, task.thread),
      )
    case 'listing': {
      const page = parsePage(textOf(answer, 'html'), answer.url, answer.fetchedAt)
      const mayFollow = task.site.usageWishes === 'record' || !isNotToBeFollowed(answer, page)
      return { articles: mayFollow ? findArticleLinks(page, task.site) : [], feeds: findFeedLinks(page) }
    }
    case 'feed':
      return readFeedPage(answer)
    case 'sitemap':
      return readSitemap(answer.body, answer.url, answer.fetchedAt)
  }
}

function isNotToBeFollowed({ headers, fetchedAt }: RawAnswer, { document }: Page): boolean {
  const { directives } = usageWishes(headers, usageMarks(document), fetchedAt)
  return directives.includes('nofollow') || directives.includes('none')
}

function readFeedPage(answer: RawAnswer): Extracted['feed'] {
  const text = textOf(answer, 'xml')
  const articles = readFeed(text, answer.url, answer.headers['content-type'] ?? null, answer.fetchedAt)
  return { articles, zone: zoneOfFeed(text) }
}

async function readArticlePage({
  answer,
  site,
  zoneHint,
  withRunnersUp = false,
}: ExtractionTask & { readonly kind: 'article' }): Promise<ArticleExtraction> {
  const text = textOf(answer, 'html')
  const page = parsePage(text, answer.url, answer.fetchedAt)
  // Before extraction, which takes the tree apart.
  const marks = usageMarks(page.document)
  const isFrame = needsScripts(page.document)
  const gate = findGate(page, text)
  const { language, platformKeys } = site
  const located = locateThread(
    page,
    { timezone: 'UTC', language, articleNativeId: null, canonicalUrl: answer.url, platformKeys },
    site.comments,
  )
  const timezone = site.timezone ?? zoneOfPage(text) ?? zoneHint ?? located?.platform.usualTimezone ?? 'UTC'
  const ballot: Ballot | null = withRunnersUp ? new Map() : null
  const topic = topicOn(page, located, timezone, language)
  const extracted = extractArticlePage(page, { ...site, timezone }, ballot, topic)
  const read = await withLanguage(extracted.article)
  const thread =
    located === null
      ? null
      : readFirst(
          located.platform,
          { ...located.thread, timezone, language: read.language },
          { text, document: page.document, elements: located.elements, ...answer },
          site.permittedPlatforms,
        )
  const article =
    located === null ? read : withPosts(read, located.platform, thread, extracted.isCalledArticle)
  const wishes = usageWishes(answer.headers, marks, answer.fetchedAt)
  const parts = isTopic(article) ? null : extracted.parts
  return {
    article,
    articleHash: articleHash(article),
    wishes,
    needsScripts: isFrame,
    gate: article.isArticle ? null : gate,
    ballot,
    parts,
    thread,
  }
}

type Located = ReturnType<typeof locateThread>

/** Comments that were found by their looks, or by marks for machines, may be the posts of a forum. */
function withPosts(
  article: Article,
  platform: CommentPlatform,
  thread: ArticleExtraction['thread'],
  isCalledArticle: boolean,
): Article {
  const posts = platform === generic || platform === structuredData ? (thread?.batch?.comments ?? []) : []
  return posts.length === 0 || isCalledArticle ? article : saidToBeOfPosts(article, posts)
}

/** What the page shows of a forum's topic; null where it is a page of another kind. */
function topicOn(page: Page, located: Located, timezone: string, language: string | null): TopicPage | null {
  if (located === null) return null
  const { platform, elements } = located
  return (
    platform.readTopic?.({ ...page, elements }, { timezone, language, fetchedAt: page.fetchedAt }) ?? null
  )
}

function readPart(
  answer: RawAnswer,
  { site, firstUrl, held }: Extract<ExtractionTask, { readonly kind: 'part' }>,
): Extracted['part'] {
  if (held !== null && !isPartOf(answer.url, firstUrl)) return null
  const page = parsePage(textOf(answer, 'html'), answer.url, answer.fetchedAt)
  const { body, parts } = extractPart(page, { ...site, timezone: site.timezone ?? 'UTC' })
  return { body: held === null ? body : newTextOf(body, held), further: parts?.further ?? [] }
}

/** Where nothing names the language, its letters tell it. */
async function withLanguage(article: Article): Promise<Article> {
  if (article.language !== null) return article
  const language = await detectLanguage(article.bodyText)
  return {
    ...article,
    language,
    rules: { ...article.rules, language: language === null ? 'none' : 'heuristic' },
  }
}

/**
 * Where the platform starts with the article's own page, that page need not be asked for again; one that may not be
 * read is not asked at all.
 */
function readFirst(platform: CommentPlatform, thread: Thread, page: Answer, permitted: readonly string[]) {
  const { name, restriction } = platform
  if (restriction !== undefined && !permitted.includes(name)) {
    return { thread, ask: { url: thread.pageUrl }, batch: unread(restriction) }
  }
  const ask = platform.open(thread)
  const isThisPage = ask.url === thread.pageUrl && (ask.method ?? 'GET') === 'GET'
  return { thread, ask, batch: isThisPage ? withoutPlaceholders(platform.read(page, ask, thread)) : null }
}

function readable(answer: RawAnswer) {
  const type = answer.headers['content-type'] ?? ''
  const { body: _body, ...rest } = answer
  return { ...rest, text: textOf(answer, /json/.test(type) ? 'json' : /xml|rss/.test(type) ? 'xml' : 'html') }
}

function textOf(answer: RawAnswer, kind: 'html' | 'xml' | 'json'): string {
  return decodeBytes(answer.body, answer.headers['content-type'] ?? null, { kind }).text
}
