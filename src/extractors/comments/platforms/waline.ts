import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, pathOf, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { scriptsWith, settingIn } from '../marks/scripts.ts'

/**
 * Waline: pages of roots, each with all that was said below it, flat, where `pid` is what a reply answers. Servers
 * before version 2 know the address without `/api` only. Source: the project's server.
 */
export const waline: CommentPlatform = { name: 'waline', locate, open, read }

const pageSize = 100

/** The boxes that its documentation and the themes of blogs name, and its files. */
const marks = selector(
  '#waline, #waline-wrap, #waline-comments, .waline, link[href*="waline"], script[src*="waline"], script[data-name="waline"]',
)

/** The settings name the server; the path of the page is set or is the page's own. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (marks.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'serverURL')
  const server = serverAddress(settingIn(settings, 'serverURL'), page.url)
  if (server === null) return null
  const path = settingIn(settings, 'path') ?? decoded(pathOf(page.url))
  return embeddedThread(waline.name, path, page, context, { server })
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    // Octets that are no UTF-8 stay as they are, as in the project's client.
    return path
  }
}

function open(thread: Thread): Ask {
  return askPage(thread, 1, 'api/comment')
}

function askPage({ data, nativeId }: Thread, page: number, endpoint: string): Ask {
  const url = new URL(endpoint, data['server'])
  url.searchParams.set('path', nativeId)
  url.searchParams.set('pageSize', String(pageSize))
  url.searchParams.set('page', String(page))
  // The server has no order of its own for the oldest first, and its pages then overlap.
  url.searchParams.set('sortBy', 'insertedAt_desc')
  return { url: url.href, accept: 'json', note: { page: String(page), endpoint } }
}

const reply = z.object({
  objectId: id,
  nick: text,
  comment: text,
  time,
  insertedAt: time,
  like: count,
  pid: reference,
  rid: reference,
  user_id: reference,
  status: text,
  sticky: flag,
  type: text,
  label: text,
})

const page = z.object({
  totalPages: count,
  count,
  data: z.array(
    reply.extend({
      children: z
        .array(reply)
        .nullish()
        .transform((children) => children ?? []),
    }),
  ),
})

/** Older servers answer without the envelope. */
const list = z.union([z.object({ errno: z.literal(0), data: page }).transform(({ data }) => data), page])

type Reply = z.infer<typeof reply>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { page: number = '1', endpoint = 'api/comment' } = asked.note ?? {}
  if (answer.status === 404 && endpoint === 'api/comment' && number === '1') {
    return { comments: [], next: [askPage(thread, 1, 'comment')] }
  }
  const { content, refused } = readJson(answer, list, waline.name)
  if (refused !== null) return refused
  const { data, totalPages, count: total } = content
  const hasMore = Number(number) < (totalPages ?? 1) && data.length > 0
  return {
    comments: data.flatMap((root) => [root, ...root.children].map((item) => toComment(item, answer, thread))),
    next: hasMore ? [askPage(thread, Number(number) + 1, endpoint)] : [],
    ...(total === null ? {} : { reportedCount: total }),
  }
}

function toComment(given: Reply, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { objectId, status, user_id: user, type, label } = given
  const badges = [type === 'administrator' ? type : null, cleanLine(label)].filter((badge) => badge !== null)
  return commentOf({
    nativeId: objectId,
    parentNativeId: given.pid ?? given.rid,
    ...writtenBy(given.nick, user),
    ...publishedAt(given.time ?? given.insertedAt, answer),
    ...readBodyHtml(given.comment, articleUrl),
    likes: given.like,
    state: stateOf(false, status === 'waiting' || status === 'spam'),
    isPinned: given.sticky,
    authorBadges: badges,
    permalink: `${articleUrl}#${objectId}`,
  })
}
