import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { count, id, reference, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Ghost: pages of roots with their first replies; the others are asked for root by root, after the last that is
 * known. Replies are one level deep and name the reply that they answer. Source: the project's comments client.
 */
export const ghost: CommentPlatform = { name: 'ghost', locate, open, read }

const pageSize = 100

const scripts = selector('script[data-ghost-comments]')

/** The script names the site and the post. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const attribs = scripts.first(page.elements)?.attribs
  const post = attribs?.['data-post-id'] ?? ''
  const server = serverAddress(attribs?.['data-ghost-comments'], page.url)
  if (server === null || !/^[\w-]+$/.test(post)) return null
  return embeddedThread(ghost.name, post, page, context, { server })
}

function open(thread: Thread): Ask {
  return askPage(thread, 1)
}

function askPage({ data, nativeId }: Thread, page: number): Ask {
  const url = new URL(`members/api/comments/post/${nativeId}/`, data['server'])
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('page', String(page))
  return { url: url.href, accept: 'json', note: { page: String(page) } }
}

function askReplies({ data }: Thread, root: string, lastId: string): Ask {
  const url = new URL(`members/api/comments/${root}/replies/`, data['server'])
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('filter', `id:>'${lastId}'`)
  return { url: url.href, accept: 'json', note: { root } }
}

const reply = z.object({
  id,
  parent_id: reference,
  in_reply_to_id: reference,
  status: text,
  html: text,
  created_at: time,
  edited_at: time,
  member: z.object({ id: reference, name: text }).nullish().catch(null),
  count: z.object({ replies: count, likes: count }).nullish().catch(null),
})

const root = reply.extend({
  replies: z
    .array(reply)
    .nullish()
    .transform((replies) => replies ?? []),
})

const list = z.object({
  comments: z.array(root),
  meta: z.object({ pagination: z.object({ next: count, total: count }) }),
})

type Reply = z.infer<typeof reply>
type Root = z.infer<typeof root>
type List = z.infer<typeof list>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, ghost.name)
  if (refused !== null) return refused
  const { root: rootId } = asked.note ?? {}
  const comments = content.comments.flatMap((item) =>
    [item, ...item.replies].map((given) => toComment(given, rootId ?? null, answer, thread)),
  )
  return rootId === undefined
    ? { comments, ...afterRoots(content, asked, thread) }
    : { comments, next: furtherReplies(content, rootId, thread) }
}

function furtherReplies({ comments, meta }: List, rootId: string, thread: Thread): Ask[] {
  const last = comments.at(-1)
  return meta.pagination.next === null || last === undefined ? [] : [askReplies(thread, rootId, last.id)]
}

/** Roots and their replies are counted apart; the sum is known when every root is there. */
function afterRoots({ comments, meta }: List, asked: Ask, thread: Thread): Omit<Batch, 'comments'> {
  const { next, total } = meta.pagination
  const { page = '1' } = asked.note ?? {}
  const hidden = comments.flatMap((item) => hiddenReplies(item, thread))
  if (next !== null && comments.length > 0) return { next: [...hidden, askPage(thread, Number(page) + 1)] }
  if (page !== '1' || total === null) return { next: hidden }
  return { next: hidden, reportedCount: comments.reduce((sum, item) => sum + repliesOf(item), total) }
}

const repliesOf = ({ count: counts, replies }: Root): number => Math.max(counts?.replies ?? 0, replies.length)

function hiddenReplies(item: Root, thread: Thread): Ask[] {
  const last = item.replies.at(-1)?.id
  return repliesOf(item) > item.replies.length ? [askReplies(thread, item.id, last ?? item.id)] : []
}

function toComment(given: Reply, rootId: string | null, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { status, member, html } = given
  return commentOf({
    nativeId: given.id,
    parentNativeId: given.in_reply_to_id ?? given.parent_id ?? rootId,
    ...writtenBy(member?.name ?? '', member?.id ?? null),
    ...publishedAt(given.created_at, answer),
    ...readBodyHtml(html, articleUrl),
    likes: given.count?.likes ?? null,
    state: stateOf(status === 'deleted', status === 'hidden'),
    ...editedAt(given.edited_at, answer),
    permalink: `${articleUrl}#ghost-comments-${given.id}`,
  })
}
