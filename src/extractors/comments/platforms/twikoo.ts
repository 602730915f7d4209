import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { unread } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, pathOf, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, reference, text } from '../json/fields.ts'
import { publishedAt, stateOf } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { scriptsWith, settingIn } from '../marks/scripts.ts'

/**
 * Twikoo: one address for everything, asked by POST. Roots come newest first, some eight at a time, with all that was
 * said below them; the pinned ones come first of all, and once. It counts roots only, and tells no edits.
 * An environment of Tencent's CloudBase has no address: it is reached with a signed-in client only.
 * Source: the project's server.
 */
export const twikoo: CommentPlatform = { name: 'twikoo', locate, open, read }

/** The boxes that its documentation and the themes of blogs name, and its file. */
const marks = selector(
  '#tcomment, #twikoo, #twikoo-wrap, #twikoo-comments, .twikoo, script[src*="twikoo"], script[data-name="twikoo"]',
)

/** The settings name the server or the environment; the path of the page is set or is the page's own. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (marks.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'envId')
  const environment = settingIn(settings, 'envId')
  if (environment === null) return null
  const path = settingIn(settings, 'path') ?? pathOf(page.url)
  const server = /^https?:\/\//i.test(environment) ? serverAddress(environment, page.url) : null
  const data: Record<string, string> = server === null ? {} : { server: environment }
  return embeddedThread(twikoo.name, path, page, context, data)
}

/** Without an address there is nobody to ask; the page itself stands for the answer. */
function open(thread: Thread): Ask {
  return thread.data['server'] === undefined ? { url: thread.pageUrl } : askBefore(thread, null)
}

function askBefore({ data, nativeId, pageUrl }: Thread, before: number | null): Ask {
  return {
    url: data['server'] ?? pageUrl,
    method: 'POST',
    json: { event: 'COMMENT_GET', url: nativeId, ...(before === null ? {} : { before }) },
    accept: 'json',
    note: before === null ? {} : { before: String(before) },
  }
}

const reply = z.object({
  id,
  nick: text,
  comment: text,
  master: flag,
  like: count,
  ups: count,
  downs: count,
  rid: reference,
  pid: reference,
  top: flag,
  isSpam: flag,
  created: count,
})

const list = z.object({
  data: z.array(
    reply.extend({
      replies: z
        .array(reply)
        .nullish()
        .transform((replies) => replies ?? []),
    }),
  ),
  more: flag,
  count: z.number(),
})

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (thread.data['server'] === undefined) return unread('needs_token')
  // A fault of the server is told in an answer of status 200, without a count.
  const { content, refused } = readJson(answer, list, twikoo.name)
  if (refused !== null) return refused
  const { data, more } = content
  const comments = data.flatMap((root) =>
    [root, ...root.replies].map((item) => toComment(item, answer, thread)),
  )
  const oldest = Math.min(...data.filter(({ top }) => !top).map(({ created }) => created ?? Infinity))
  const isWhole = !more && asked.note?.['before'] === undefined
  return {
    comments,
    next: more && Number.isFinite(oldest) ? [askBefore(thread, oldest)] : [],
    ...(isWhole ? { reportedCount: comments.length } : {}),
    ...(more && !Number.isFinite(oldest) ? { incomplete: 'shortfall' as const } : {}),
  }
}

function toComment(given: z.infer<typeof reply>, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const likes = given.ups === null ? given.like : Math.max(given.ups, given.like ?? 0)
  return commentOf({
    nativeId: given.id,
    parentNativeId: given.pid ?? given.rid,
    authorName: cleanLine(given.nick),
    ...publishedAt(given.created, answer),
    ...readBodyHtml(given.comment, articleUrl),
    likes,
    dislikes: given.downs,
    score: likes === null || given.downs === null ? null : likes - given.downs,
    state: stateOf(false, given.isSpam),
    isPinned: given.top,
    authorBadges: given.master ? ['master'] : [],
    permalink: `${articleUrl}#${given.id}`,
  })
}
