import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { asHtml, publishedAt, writtenBy, reported } from '../json/parts.ts'
import { count, id, reference, text, time } from '../json/fields.ts'
import { type Placed, nodesOf } from '../json/tree.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { isHostOf } from '../marks/host.ts'
import { scriptsWith } from '../marks/scripts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * The Daily Mail's own reader comments: pages of roots with their replies. Articles since 2024 have OpenWeb in their
 * place, and say so. Source: clients of it in public repositories.
 */
export const dailyMail: CommentPlatform = {
  name: 'daily-mail',
  usualTimezone: 'Europe/London',
  locate,
  open,
  read,
}

const pageSize = 100

const sections = selector('#reader-comments, #readerComments')
const articleIds = selector('meta[name="articleid"]')
const articlePath = /\/article-(\d{4,12})\//

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!isHostOf(page.url, 'dailymail.co.uk') && !isHostOf(page.url, 'thisismoney.co.uk')) return null
  if (sections.first(page.elements) === null) return null
  const article =
    articleIds.first(page.elements)?.attribs['content']?.trim() ??
    articlePath.exec(new URL(page.url).pathname)?.[1] ??
    ''
  if (
    !/^\d+$/.test(article) ||
    /openwebEnabled\s{0,9}=\s{0,9}true/.test(scriptsWith(page, 'openwebEnabled'))
  ) {
    return null
  }
  return embeddedThread(dailyMail.name, article, page, context, {})
}

function open(thread: Thread): Ask {
  return askPage(thread, 0)
}

function askPage({ nativeId, pageUrl }: Thread, offset: number): Ask {
  const url = new URL(`/reader-comments/p/asset/readcomments/${nativeId}`, pageUrl)
  url.searchParams.set('max', String(pageSize))
  url.searchParams.set('offset', String(offset))
  url.searchParams.set('order', 'asc')
  url.searchParams.set('sort', 'dateCreated')
  return { url: url.href, accept: 'json', note: { offset: String(offset) } }
}

const node = z.object({
  id,
  userAlias: text,
  userIdentifier: reference,
  dateCreated: time,
  message: text,
  voteRating: count,
  voteCount: count,
  replies: z
    .object({ comments: z.array(z.unknown()) })
    .nullish()
    .catch(null),
})

const list = z.object({
  payload: z.object({ total: count, parentCommentsCount: count, page: z.array(z.unknown()) }),
})

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, dailyMail.name)
  if (refused !== null) return refused
  const { total, parentCommentsCount, page } = content.payload
  const { placed, lost } = nodesOf(page, node, ({ replies }) => replies?.comments ?? [], {
    platform: dailyMail.name,
    answer,
  })
  const reached = Number(asked.note?.['offset'] ?? 0) + page.length
  const hasMore = page.length > 0 && reached < (parentCommentsCount ?? total ?? 0)
  return {
    comments: placed.map((item) => toComment(item, answer, thread)),
    next: hasMore ? [askPage(thread, reached)] : [],
    ...reported(total),
    ...lost,
  }
}

/** `voteRating` is the votes for less those against; `voteCount` is the votes of both kinds. */
function toComment(
  { node: item, parent }: Placed<z.infer<typeof node>>,
  answer: Answer,
  thread: Thread,
): Comment {
  const { voteRating: score, voteCount: votes } = item
  const likes = score === null || votes === null || (votes + score) % 2 !== 0 ? null : (votes + score) / 2
  return commentOf({
    nativeId: item.id,
    parentNativeId: parent?.id ?? null,
    ...writtenBy(item.userAlias, item.userIdentifier),
    ...publishedAt(item.dateCreated, answer, thread.timezone),
    ...readBodyHtml(asHtml(item.message), articleUrlOf(thread)),
    likes,
    dislikes: likes === null || votes === null ? null : votes - likes,
    score,
  })
}
