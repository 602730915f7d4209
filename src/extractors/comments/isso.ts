import { z } from 'zod'
import { cleanLine } from '../../normalise/text.ts'
import { canonicalUrl } from '../../normalise/url.ts'
import type { Page } from '../page.ts'
import { jsonOf, refusal, unread, unreadable } from './answers.ts'
import { readBodyHtml } from './body.ts'
import { commentOf } from './comment.ts'
import type {
  Answer,
  Ask,
  Batch,
  Comment,
  CommentPlatform,
  CommentState,
  Thread,
  ThreadContext,
} from './platform.ts'

/** Isso, a small comment server: one JSON endpoint, replies one level deep, folded past a limit. */
export const isso: CommentPlatform = { name: 'isso', locate, open, read }

const pageSize = 100

/** The script names the server, which is key enough; without it nothing could be asked. */
function locate({ $, url }: Page, context: ThreadContext): Thread | null {
  const section = $('#isso-thread')
  const server = canonicalUrl(`${$('script[data-isso]').attr('data-isso') ?? ''}/`, url)
  if (section.length === 0 || $('script[data-isso]').length === 0 || server === null) return null
  const uri = section.attr('data-isso-id') ?? new URL(url).pathname
  return {
    platform: isso.name,
    nativeId: uri,
    pageUrl: url,
    reportedCount: null,
    closed: false,
    timezone: context.timezone,
    data: { server: server.replace(/\/+$/, '/'), articleUrl: canonicalUrl(url) ?? url },
  }
}

function open(thread: Thread): Ask {
  return askFrom(thread, null, 0)
}

function askFrom(thread: Thread, parent: string | null, offset: number): Ask {
  const url = new URL(thread.data['server'] ?? thread.pageUrl)
  url.searchParams.set('uri', thread.nativeId)
  url.searchParams.set('limit', String(pageSize))
  if (parent === null) url.searchParams.set('nested_limit', String(pageSize))
  else url.searchParams.set('parent', parent)
  url.searchParams.set('sort', 'oldest')
  if (offset > 0) url.searchParams.set('offset', String(offset))
  return {
    url: url.href,
    accept: 'json',
    note: { offset: String(offset), ...(parent === null ? {} : { parent }) },
  }
}

const reply = z.object({
  id: z.number().int(),
  parent: z.number().int().nullish(),
  text: z.string().nullish(),
  author: z.string().nullish(),
  mode: z.number().int().nullish(),
  created: z.number().nullish(),
  likes: z.number().int().nullish(),
  dislikes: z.number().int().nullish(),
})

const folded = z.object({
  total_replies: z.number().int().nullish(),
  hidden_replies: z.number().int().nullish(),
})

const list = folded.extend({
  replies: z.array(reply.extend({ ...folded.shape, replies: z.array(reply).nullish() })),
})

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  // The server says 404 for a page that nobody has commented on.
  if (answer.status === 404) return { comments: [], next: [], reportedCount: 0 }
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const parsed = list.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(isso.name, answer)
  const { replies, hidden_replies: hidden } = parsed.data
  const { parent = null, offset = '0' } = asked.note ?? {}
  const comments = replies.flatMap((root) => [root, ...(root.replies ?? [])])
  const next = replies
    .filter((root) => parent === null && (root.hidden_replies ?? 0) > 0)
    .map((root) => askFrom(thread, String(root.id), root.replies?.length ?? 0))
  if ((hidden ?? 0) > 0 && replies.length > 0)
    next.push(askFrom(thread, parent, Number(offset) + replies.length))
  return {
    comments: comments.map((item) => toComment(item, thread)),
    next,
    ...(parent === null && (hidden ?? 0) === 0 && offset === '0'
      ? { reportedCount: totalOf(parsed.data) }
      : {}),
  }
}

/** The server counts roots and the replies of each; the sum is known when every root is there. */
function totalOf({ replies }: z.infer<typeof list>): number {
  return replies.reduce((sum, root) => sum + 1 + (root.total_replies ?? root.replies?.length ?? 0), 0)
}

const states: Readonly<Record<number, CommentState>> = { 2: 'withheld', 4: 'removed' }

function toComment(item: z.infer<typeof reply>, { data, pageUrl }: Thread): Comment {
  const articleUrl = data['articleUrl'] ?? pageUrl
  const { parent = null, likes = null, dislikes = null, created = null } = item
  return commentOf({
    nativeId: String(item.id),
    parentNativeId: parent === null ? null : String(parent),
    authorName: cleanLine(item.author),
    publishedAt: created === null ? null : new Date(created * 1000),
    publishedPrecision: created === null ? null : 'second',
    publishedRaw: created === null ? null : String(created),
    ...readBodyHtml(item.text ?? '', articleUrl),
    likes,
    dislikes,
    score: likes === null || dislikes === null ? null : likes - dislikes,
    state: states[item.mode ?? 1] ?? 'visible',
    permalink: `${articleUrl}#isso-${item.id}`,
  })
}
