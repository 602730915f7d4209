import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, pathOf, serverAddress } from '../marks/embedded-thread.ts'
import { asHtml, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { scriptsWith, settingIn } from '../marks/scripts.ts'

/**
 * Artalk: asked for its flat list, oldest first, in which `rid` is what a reply answers. Times are on the server's
 * clock, without an offset. Source: the project's server.
 */
export const artalk: CommentPlatform = {
  name: 'artalk',
  // The zone that its settings begin with.
  usualTimezone: 'Asia/Shanghai',
  locate,
  open,
  read,
}

const pageSize = 100

/** The boxes that its documentation and the themes of blogs name, and its files. */
const marks = selector(
  '#Comments, #artalk, #artalk-wrap, .artalk, link[href*="rtalk"], script[src*="rtalk"], script[data-name="artalk"]',
)

/** The settings name the server and the site; the key of the page is set or is the page's path. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (marks.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'Artalk')
  const server = serverAddress(settingIn(settings, 'server'), page.url)
  if (server === null) return null
  const site = settingIn(settings, 'site') ?? ''
  const key = settingIn(settings, 'pageKey') ?? pathOf(page.url)
  return embeddedThread(artalk.name, key, page, context, { server, site })
}

function open(thread: Thread): Ask {
  return askFrom(thread, 0)
}

function askFrom({ data, nativeId }: Thread, offset: number): Ask {
  const url = new URL('api/v2/comments', data['server'])
  url.searchParams.set('page_key', nativeId)
  url.searchParams.set('site_name', data['site'] ?? '')
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('offset', String(offset))
  url.searchParams.set('flat_mode', 'true')
  url.searchParams.set('sort_by', 'date_asc')
  return { url: url.href, accept: 'json', note: { offset: String(offset) } }
}

const item = z.object({
  id,
  rid: reference,
  content: text,
  content_marked: text,
  nick: text,
  user_id: reference,
  date: time,
  is_pending: flag,
  is_pinned: flag,
  vote_up: count,
  vote_down: count,
  badge_name: text,
})

const list = z.object({
  comments: z
    .array(item)
    .nullable()
    .transform((comments) => comments ?? []),
  count,
  page: z.object({ admin_only: flag }).nullish().catch(null),
})

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, artalk.name)
  if (refused !== null) return refused
  const { comments, count: total, page } = content
  const end = Number(asked.note?.['offset'] ?? 0) + pageSize
  return {
    comments: comments.map((given) => toComment(given, answer, thread)),
    next: comments.length > 0 && total !== null && end < total ? [askFrom(thread, end)] : [],
    ...(total === null ? {} : { reportedCount: total }),
    closed: page?.admin_only === true,
  }
}

function toComment(given: z.infer<typeof item>, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { vote_up: likes, vote_down: dislikes } = given
  const badge = cleanLine(given.badge_name)
  return commentOf({
    nativeId: given.id,
    parentNativeId: given.rid,
    ...writtenBy(given.nick, given.user_id),
    ...publishedAt(given.date, answer, thread.timezone),
    ...readBodyHtml(given.content_marked === '' ? asHtml(given.content) : given.content_marked, articleUrl),
    likes,
    dislikes,
    score: likes === null || dislikes === null ? null : likes - dislikes,
    state: stateOf(false, given.is_pending),
    isPinned: given.is_pinned,
    authorBadges: badge === null ? [] : [badge],
    permalink: `${articleUrl}#atk-comment-${given.id}`,
  })
}
