import { z } from 'zod'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { isWords } from '../../../elements.ts'
import { parseHtml } from '../../../page.ts'
import { selector } from '../../../selector.ts'
import { count, flag, id, reference, text, time } from '../../json/fields.ts'
import { publishedAt, stateOf, writtenBy, badges, reported } from '../../json/parts.ts'
import { jsonOf } from '../../json/read-json.ts'
import { refusal, unread, unreadable } from '../../answers.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { articleUrlOf, embeddedThread } from '../../marks/embedded-thread.ts'
import { disqusMarks } from './marks.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'

/**
 * Disqus: the page that it embeds holds the first comments as JSON. What follows is given by its API to who has a key
 * of his own only, so without one the rest is `needs_token`. Source: the vendor's API documentation and embedded page.
 */
export const disqus: CommentPlatform = { name: 'disqus', locate, open, read }

const pageSize = 100

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const marks = disqusMarks(page)
  if (marks === null) return null
  const { forum, identifier } = marks
  const url = canonicalUrl(marks.url ?? page.url, page.url) ?? page.url
  const key = context.platformKeys?.[disqus.name]
  return embeddedThread(disqus.name, identifier ?? url, page, context, {
    forum,
    threadUrl: url,
    ...(identifier === null ? {} : { identifier }),
    ...(key === undefined ? {} : { key }),
  })
}

function open({ data }: Thread): Ask {
  const url = new URL('https://disqus.com/embed/comments/?base=default')
  url.searchParams.set('f', data['forum'] ?? '')
  if (data['identifier'] !== undefined) url.searchParams.set('t_i', data['identifier'])
  url.searchParams.set('t_u', data['threadUrl'] ?? '')
  url.searchParams.set('s_o', 'default')
  return { url: url.href, accept: 'html' }
}

function askAfter({ data }: Thread, cursor: string, threadId: string): Ask {
  const url = new URL('https://disqus.com/api/3.0/threads/listPostsThreaded')
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('thread', threadId)
  url.searchParams.set('forum', data['forum'] ?? '')
  url.searchParams.set('cursor', cursor)
  url.searchParams.set('api_key', data['key'] ?? '')
  return { url: url.href, accept: 'json', note: { threadId } }
}

const post = z.object({
  id,
  parent: reference,
  author: z.object({ id: reference, name: text, username: text, isAnonymous: flag }).nullish().catch(null),
  message: text,
  createdAt: time,
  likes: count,
  dislikes: count,
  points: count,
  isDeleted: flag,
  isDeletedByAuthor: flag,
  isSpam: flag,
  isApproved: z.boolean().nullish().catch(null),
  isEdited: flag,
  isHighlighted: flag,
})

const cursor = z.object({ hasNext: flag, next: text, total: count }).nullish().catch(null)

const threadShape = z.object({
  id: reference,
  posts: count,
  isClosed: flag,
  author: reference,
  moderators: z.array(id).nullish().catch(null),
})

const embedded = z.object({ cursor, response: z.object({ posts: z.array(post), thread: threadShape }) })
const further = z.object({ cursor, response: z.array(post) })

type DiscussionThread = Partial<z.infer<typeof threadShape>>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const threadId = asked.note?.['threadId'] ?? null
  if (threadId === null) return readEmbedded(answer, thread)
  const parsed = further.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(disqus.name, answer)
  const { response, cursor: place } = parsed.data
  return {
    comments: response.map((item) => toComment(item, {}, answer, thread)),
    ...rest(place, threadId, thread),
  }
}

const threadData = selector('script#disqus-threadData')

function readEmbedded(answer: Answer, thread: Thread): Batch {
  const script = threadData.first(answer.document ?? parseHtml(answer.text))
  const words = script?.children.map((node) => (isWords(node) ? node.data : '')).join('') ?? ''
  const parsed = embedded.safeParse(jsonOf({ ...answer, text: words }))
  if (!parsed.success) throw unreadable(disqus.name, answer)
  const { response, cursor: place } = parsed.data
  const total = place?.total ?? response.thread.posts
  return {
    comments: response.posts.map((item) => toComment(item, response.thread, answer, thread)),
    closed: response.thread.isClosed,
    ...reported(total),
    ...rest(place, response.thread.id, thread),
  }
}

/** What is left of the thread after this page. */
function rest(
  place: z.infer<typeof cursor>,
  threadId: string | null,
  thread: Thread,
): Pick<Batch, 'next' | 'incomplete'> {
  if (place === null || place === undefined || !place.hasNext) return { next: [] }
  if (thread.data['key'] === undefined) return { next: [], incomplete: 'needs_token' }
  const isKnown = threadId !== null && place.next !== ''
  return isKnown
    ? { next: [askAfter(thread, place.next, threadId)] }
    : { next: [], incomplete: 'page_failed' }
}

/** Times are in UTC, without saying so. What was deleted keeps its place without words and name. */
function toComment(
  item: z.infer<typeof post>,
  discussion: DiscussionThread,
  answer: Answer,
  thread: Thread,
): Comment {
  const isRemoved = item.isDeleted || item.isDeletedByAuthor
  const writer = isRemoved ? null : item.author
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.parent,
    ...(writer ? writtenBy(writer.name, writer.isAnonymous ? null : writer.username) : {}),
    ...publishedAt(item.createdAt, answer),
    ...readBodyHtml(isRemoved ? '' : item.message, articleUrlOf(thread)),
    likes: item.likes,
    dislikes: item.dislikes,
    score: item.points,
    state: stateOf(isRemoved, item.isSpam || item.isApproved === false),
    isEdited: item.isEdited,
    isPicked: item.isHighlighted,
    authorBadges: badgesOf(writer?.id ?? null, discussion),
    permalink: `${articleUrlOf(thread)}#comment-${item.id}`,
  })
}

function badgesOf(writer: string | null, { author = null, moderators }: DiscussionThread): string[] {
  if (writer === null) return []
  return badges({ author: writer === author, moderator: moderators?.includes(writer) === true })
}
