import { z } from 'zod'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { asHtml, publishedAt, stateOf, writtenBy, badges, reported, votes } from '../../json/parts.ts'
import { count, flag, id, reference, text, time, listOf } from '../../json/fields.ts'
import { type Placed, nodesOf } from '../../json/tree.ts'
import { readJson } from '../../json/read-json.ts'
import { unread } from '../../answers.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { articleUrlOf, embeddedThread } from '../../marks/embedded-thread.ts'
import { firstOf } from '../../marks/scripts.ts'
import { openwebMarks } from './marks.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'

/**
 * OpenWeb, formerly Spot.IM. Its own client first has a token made for each visitor, so that it is read by the
 * publisher's permission only, and then without a token: where one is asked for, the thread is `needs_token`.
 */
export const openweb: CommentPlatform = { name: 'openweb', restriction: 'needs_consent', locate, open, read }

const pageSize = 100
const repliesShown = 25
const endpoint = 'https://api-2-0.spot.im/v1.0.0/conversation/read'

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const marks = openwebMarks(page)
  if (marks === null) return null
  const key = marks.post ?? context.articleNativeId ?? canonicalUrl(page.url) ?? page.url
  return {
    ...embeddedThread(openweb.name, key, page, context, marks.spot === null ? {} : { spot: marks.spot }),
    reportedCount: marks.count,
  }
}

function open(thread: Thread): Ask {
  return askPage(thread, 0)
}

function askPage(thread: Thread, offset: number): Ask {
  return ask(thread, { offset, count: pageSize }, { offset: String(offset) })
}

function askReplies(thread: Thread, parent: string, offset: number): Ask {
  return ask(thread, { parent_id: parent, offset, count: repliesShown }, { parent, offset: String(offset) })
}

/** The ids of site and article, which every reader's browser sends. */
function ask(
  { data, nativeId }: Thread,
  place: Readonly<Record<string, string | number>>,
  note: Readonly<Record<string, string>>,
): Ask {
  const spot = data['spot'] ?? ''
  return {
    url: endpoint,
    method: 'POST',
    accept: 'json',
    headers: { 'x-spot-id': spot, 'x-post-id': nativeId },
    json: {
      conversation_id: `${spot}_${nativeId}`,
      sort_by: 'oldest',
      ...place,
      child_count: repliesShown,
      depth: 10,
    },
    note,
  }
}

const node = z.object({
  id,
  parent_id: reference,
  user_id: reference,
  user_display_name: text,
  written_at: time,
  time,
  content: listOf(z.object({ type: text, text })),
  rank: z.object({ ranks_up: count, ranks_down: count }).nullish().catch(null),
  replies: listOf(z.unknown()),
  replies_count: count,
  status: text,
  deleted: flag,
  edited: flag,
})

type Node = z.infer<typeof node>

const user = z.object({ display_name: text, user_name: text, is_staff: flag, is_moderator: flag }).partial()

const conversation = z.object({
  conversation: z.object({
    comments: listOf(z.unknown()),
    users: z
      .record(z.string(), user)
      .nullish()
      .catch(null)
      .transform((users) => users ?? {}),
    messages_count: count,
    has_next: flag,
    offset: count,
    read_only: flag,
  }),
})

type Users = Readonly<Record<string, z.infer<typeof user>>>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (thread.data['spot'] === undefined) return unread('unsupported')
  if (answer.status === 401 || answer.status === 403) return unread('needs_token')
  const { content, refused } = readJson(answer, conversation, openweb.name)
  if (refused !== null) return refused
  const { comments, users, messages_count: total, read_only: closed } = content.conversation
  const { parent, offset = '0' } = asked.note ?? {}
  const { placed, lost } = nodesOf(comments, node, ({ replies }) => replies, {
    platform: openweb.name,
    answer,
  })
  return {
    comments: placed.map((item) => toComment(item, parent ?? null, users, answer, thread)),
    next: [...foldedIn(placed, thread), ...following(content, parent, Number(offset), thread)],
    ...(parent === undefined ? { closed, ...reported(total) } : {}),
    ...lost,
  }
}

function foldedIn(placed: readonly Placed<Node>[], thread: Thread): Ask[] {
  return placed
    .map(({ node: item }) => item)
    .filter(({ replies_count: total, replies }) => (total ?? 0) > replies.length)
    .map(({ id: parent, replies }) => askReplies(thread, parent, replies.length))
}

/** The page after this one, of roots or of the replies to `parent`. */
function following(
  { conversation: { comments, has_next: hasNext, offset } }: z.infer<typeof conversation>,
  parent: string | undefined,
  from: number,
  thread: Thread,
): Ask[] {
  const reached = Math.max(offset ?? 0, from + comments.length)
  if (!hasNext || reached === from) return []
  return [parent === undefined ? askPage(thread, reached) : askReplies(thread, parent, reached)]
}

const withheld: ReadonlySet<string> = new Set([
  'pending',
  'require_approval',
  'blocked',
  'reject',
  'rejected',
])

function toComment(
  { node: item, parent }: Placed<Node>,
  below: string | null,
  users: Users,
  answer: Answer,
  thread: Thread,
): Comment {
  const isRemoved = item.deleted || item.status === 'deleted'
  const writer = users[item.user_id ?? ''] ?? {}
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.parent_id ?? parent?.id ?? below,
    ...(isRemoved ? {} : writtenBy(nameOf(item, writer), item.user_id)),
    ...publishedAt(item.written_at ?? item.time, answer),
    ...readBodyHtml(isRemoved ? '' : htmlOf(item.content), articleUrlOf(thread)),
    ...votes(item.rank?.ranks_up, item.rank?.ranks_down),
    state: stateOf(isRemoved, withheld.has(item.status)),
    isEdited: item.edited,
    authorBadges: badges({ staff: writer.is_staff, moderator: writer.is_moderator }),
  })
}

function nameOf(item: Node, writer: z.infer<typeof user>): string {
  return firstOf(item.user_display_name, writer.display_name, writer.user_name) ?? ''
}

/** The words of a part are HTML where they have tags, else plain text; pictures and previews are no words. */
function htmlOf(parts: Node['content']): string {
  return parts
    .filter(({ type }) => type === 'text' || type === '')
    .map(({ text: words }) => (/<[a-z/]/i.test(words) ? words : asHtml(words)))
    .join('')
}
