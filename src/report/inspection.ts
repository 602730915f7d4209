import type { Article, ArticleField, FieldRule } from '../extractors/article/article.ts'
import { articleFields } from '../extractors/article/article.ts'
import type { Batch, Comment, Thread } from '../extractors/comments/platform.ts'
import { buildTree } from '../extractors/comments/tree.ts'

/** What extraction found on one page. */
export interface Extraction {
  readonly article: Article
  readonly thread: { readonly thread: Thread; readonly batch: Batch | null } | null
}

export interface Inspection {
  readonly url: string
  readonly isArticle: boolean
  /** Each field with its value and the rule that gave it. */
  readonly fields: Readonly<Record<string, { readonly value: FieldValue; readonly rule: FieldRule }>>
  readonly thread: {
    readonly platform: string
    readonly nativeId: string
    readonly reportedCount: number | null
    readonly closed: boolean
    /** Requests that the rest of the thread takes. */
    readonly next: readonly string[]
    readonly comments: readonly Comment[]
  } | null
  readonly warnings: readonly string[]
}

type FieldValue = string | Date | readonly string[] | null

export function inspectionOf({ article, thread }: Extraction): Inspection {
  const value = (field: ArticleField) => (field === 'body' ? article.bodyText : article[field])
  const fields = Object.fromEntries(
    articleFields.map((field) => [field, { value: value(field), rule: article.rules[field] }]),
  )
  return {
    url: article.canonicalUrl,
    isArticle: article.isArticle,
    fields,
    thread: thread === null ? null : threadFacts(thread.thread, thread.batch),
    warnings: warningsOf({ article, thread }),
  }
}

function threadFacts(thread: Thread, batch: Batch | null) {
  const { platform, nativeId, closed } = thread
  return {
    platform,
    nativeId,
    reportedCount: batch?.reportedCount ?? thread.reportedCount,
    closed: batch?.closed ?? closed,
    next: (batch?.next ?? []).map(({ url }) => url),
    comments: batch?.comments ?? [],
  }
}

function warningsOf({ article, thread }: Extraction): string[] {
  const warnings: string[] = []
  if (!article.isArticle) warnings.push('this page is no article and would not be stored')
  if (article.isWalled) warnings.push('the text is behind a login or payment')
  if (article.title === null) warnings.push('no title')
  if (article.publishedAt === null) warnings.push('no time of publication')
  if (article.bodyText === '') warnings.push('no text')
  if (thread === null) warnings.push('no comment thread of a known platform')
  else if (thread.batch === null)
    warnings.push('the comments are not on the page; `npm run crawl` asks for them')
  else if (thread.batch.next.length > 0) warnings.push('the thread goes on in further requests')
  return warnings
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

function threadRecord(thread: Thread, batch: Batch | null) {
  const { platform, nativeId, reportedCount, comments } = threadFacts(thread, batch)
  return {
    platform,
    nativeId,
    reportedCount,
    comments: comments.map((comment) => ({
      id: comment.nativeId,
      parent: comment.parentNativeId,
      author: comment.authorName,
      published: comment.publishedAt,
      publishedRaw: comment.publishedRaw,
      text: comment.bodyText,
      quotes: comment.quotes,
      isPing: comment.isPing,
    })),
  }
}

/** The inspection for a person at a terminal. */
export function renderInspection(inspection: Inspection): string {
  const lines = [inspection.url, '']
  for (const [field, { value, rule }] of Object.entries(inspection.fields)) {
    lines.push(`${field.padEnd(12)} ${rule.padEnd(10)} ${shortValue(field, value)}`)
  }
  lines.push('', ...threadLines(inspection.thread))
  for (const warning of inspection.warnings) lines.push(`! ${warning}`)
  return `${lines.join('\n')}\n`
}

function shortValue(field: string, value: FieldValue): string {
  if (value === null || value.toString() === '') return '—'
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : value.join(', ')
  return field === 'body' ? `${text.length} characters: ${shorten(text, 160)}` : shorten(text, 120)
}

function threadLines(thread: Inspection['thread']): string[] {
  if (thread === null) return []
  const reported = thread.reportedCount === null ? 'no number reported' : `${thread.reportedCount} reported`
  const lines = [
    `thread       ${thread.platform} ${thread.nativeId}: ${thread.comments.length} on this page, ${reported}`,
  ]
  const tree = buildTree(thread.comments)
  const place = (comment: Comment) => tree.get(comment.nativeId)
  const ordered = thread.comments.toSorted(
    (one, other) => (place(one)?.position ?? 0) - (place(other)?.position ?? 0),
  )
  for (const comment of ordered) {
    const indent = '  '.repeat((place(comment)?.depth ?? 0) + 1)
    const when = comment.publishedAt?.toISOString() ?? comment.publishedRaw ?? 'no time'
    lines.push(`${indent}#${comment.nativeId} ${comment.authorName ?? '(no name)'} · ${when}`)
    lines.push(`${indent}  ${shorten(comment.bodyText, 100)}`)
  }
  for (const url of thread.next) lines.push(`  then ${url}`)
  return lines
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
