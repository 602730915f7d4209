import type { Article, ArticleField, FieldRule } from '../extractors/article/article.ts'
import { articleFields } from '../extractors/article/article.ts'
import type { Gate } from '../extractors/article/gate.ts'
import type { Answer, AnswerValue, Ballot } from '../extractors/article/fields/answers.ts'
import type { ArticleParts } from '../extractors/article/parts.ts'
import type { Batch, Comment, Thread } from '../extractors/comments/platform.ts'
import { localTime } from '../normalise/local-time.ts'

/** What extraction found on one page. */
export interface Extraction {
  readonly article: Article
  readonly gate: Gate | null
  readonly ballot: Ballot | null
  readonly parts: ArticleParts | null
  readonly thread: { readonly thread: Thread; readonly batch: Batch | null } | null
}

export interface Inspection {
  readonly url: string
  readonly isArticle: boolean
  /** Each field with its value, the rule that gave it, and what the other rules would have given, the next first. */
  readonly fields: Readonly<Record<string, InspectedField>>
  /** The pages that the article is split into; null when it is on one. */
  readonly parts: ArticleParts | null
  readonly thread: {
    readonly platform: string
    readonly nativeId: string
    /** Zone of the site's clock. */
    readonly timezone: string
    readonly reportedCount: number | null
    readonly closed: boolean
    /** Requests that the rest of the thread takes. */
    readonly next: readonly string[]
    readonly comments: readonly Comment[]
  } | null
  readonly warnings: readonly string[]
}

export interface InspectedField {
  readonly value: AnswerValue | null
  readonly rule: FieldRule
  readonly runnersUp: readonly Answer<AnswerValue>[]
}

export function inspectionOf({ article, gate, ballot, parts, thread }: Extraction): Inspection {
  const valueOf = (field: ArticleField) => (field === 'body' ? article.bodyText : article[field])
  const fields = Object.fromEntries(
    articleFields.map((field) => {
      const [value, rule] = [valueOf(field), article.rules[field]]
      return [field, { value, rule, runnersUp: runnersUp({ rule, value }, ballot?.get(field) ?? []) }]
    }),
  )
  return {
    url: article.canonicalUrl,
    isArticle: article.isArticle,
    fields,
    parts,
    thread: thread === null ? null : threadFacts(thread.thread, thread.batch),
    warnings: warningsOf({ article, gate, ballot, parts, thread }),
  }
}

/** What a rule answers twice is shown once, and the winner not again. */
function runnersUp(
  winner: Answer<AnswerValue | null>,
  all: readonly Answer<AnswerValue>[],
): Answer<AnswerValue>[] {
  const seen = new Set([keyOf(winner)])
  return all.filter((answer) => {
    const key = keyOf(answer)
    return !seen.has(key) && seen.add(key)
  })
}

const keyOf = ({ rule, value }: Answer<AnswerValue | null>): string => JSON.stringify([rule, value])

function threadFacts(thread: Thread, batch: Batch | null) {
  const { platform, nativeId, closed, timezone } = thread
  return {
    platform,
    nativeId,
    timezone,
    reportedCount: batch?.reportedCount ?? thread.reportedCount,
    closed: batch?.closed ?? closed,
    next: (batch?.next ?? []).map(({ url }) => url),
    comments: batch?.comments ?? [],
  }
}

function warningsOf({ article, gate, parts, thread }: Extraction): string[] {
  const warnings: string[] = []
  if (gate !== null) warnings.push(`the site shows a ${gate} in place of the page`)
  if (!article.isArticle) warnings.push('this page is no article and would not be stored')
  if (article.isWalled) warnings.push('the text is behind a login or payment')
  if (article.title === null) warnings.push('no title')
  if (article.publishedAt === null) warnings.push('no time of publication')
  if (article.bodyText === '') warnings.push('no text')
  if (parts !== null) warnings.push(warningOfParts(parts))
  if (thread === null) warnings.push('no comment thread of a known platform')
  else if (thread.batch === null)
    warnings.push('the comments are not on the page; `npm run crawl` asks for them')
  else if (thread.batch.incomplete !== undefined)
    warnings.push(`the thread is not read in full: ${thread.batch.incomplete}`)
  else if (thread.batch.next.length > 0) warnings.push('the thread goes on in further requests')
  return warnings
}

function warningOfParts({ number, firstUrl }: ArticleParts): string {
  return firstUrl === null
    ? 'the article goes on in further parts; `npm run crawl` reads them'
    : `this is part ${number} of ${firstUrl}, and is stored with it`
}

/** One line of `inspect --batch`. */
export function batchRecord(extraction: Extraction) {
  const { article, thread } = extraction
  const { bodyText, bodyHtml, publishedAt: _publishedAt, publishedLocal, modifiedAt, ...rest } = article
  return {
    article: { ...rest, published: publishedLocal, modified: modifiedAt, body: bodyText, bodyHtml },
    threads: thread === null ? [] : [threadRecord(thread.thread, thread.batch)],
    warnings: warningsOf(extraction),
  }
}

/** By the clock of the site, as its readers see it, and no more exact than it is known; null where it is not. */
export function shownTime(
  { publishedAt, publishedRaw, publishedPrecision }: Comment,
  timezone: string,
): string | null {
  if (publishedAt === null) return null
  const local = localTime(publishedAt, publishedRaw ?? '', timezone)
  return publishedPrecision === 'day' ? local.slice(0, 'YYYY-MM-DD'.length) : local
}

function threadRecord(thread: Thread, batch: Batch | null) {
  const { platform, nativeId, reportedCount, comments } = threadFacts(thread, batch)
  return {
    platform,
    nativeId,
    reportedCount,
    incomplete: batch?.incomplete ?? null,
    comments: comments.map((comment) => ({
      id: comment.nativeId,
      parent: comment.parentNativeId,
      author: comment.authorName,
      published: shownTime(comment, thread.timezone),
      publishedRaw: comment.publishedRaw,
      text: comment.notice ?? comment.bodyText,
      quotes: comment.quotes,
      likes: comment.likes,
      dislikes: comment.dislikes,
      score: comment.score,
      state: comment.state,
      isEdited: comment.isEdited,
      editedAt: comment.editedAt,
      isPinned: comment.isPinned,
      isPicked: comment.isPicked,
      authorBadges: comment.authorBadges,
      isPing: comment.isPing,
    })),
  }
}
