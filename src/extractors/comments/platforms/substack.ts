import { z } from 'zod'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { jsonOf } from '../json/read-json.ts'
import { refusal, unread, unreadable } from '../answers.ts'
import { nodesOf } from '../json/tree.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { asHtml, editedAt, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Substack: the page's own state (`window._preloads`) holds the post with its count of comments and the first of them;
 * one request for the tree gives all. What the page shows is read whatever becomes of that request.
 */
export const substack: CommentPlatform = { name: 'substack', locate, open, read }

const marks = selector('script[src*="substackcdn.com"], link[href*="substackcdn.com"]')

const state = z.object({
  post: z.object({ id, comment_count: count, write_comment_permissions: text }),
  comments: z.array(z.unknown()).nullish().catch(null),
})

/** The page's state carries the post's id. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (marks.first(page.elements) === null) return null
  const known = shownIn(page.html)
  if (known === null) return null
  const { post } = known
  return {
    ...embeddedThread(substack.name, post.id, page, context, {}),
    reportedCount: post.comment_count,
    closed: post.write_comment_permissions === 'none',
  }
}

function shownIn(html: string): z.infer<typeof state> | null {
  const literal = preloadsIn(html)
  const text = literal === null ? undefined : parsed(literal)
  return typeof text === 'string' ? (state.safeParse(parsed(text)).data ?? null) : null
}

const assignment = /window\._preloads\s{0,20}=\s{0,20}JSON\.parse\(\s{0,9}(?=")/

/** The text in quotation marks that the state is parsed from. By steps, for it is longer than expressions can hold. */
function preloadsIn(html: string): string | null {
  const found = assignment.exec(html)
  if (found === null) return null
  const start = found.index + found[0].length
  let end = html.indexOf('"', start + 1)
  while (end > 0 && isEscaped(html, end)) end = html.indexOf('"', end + 1)
  return end < 0 ? null : html.slice(start, end + 1)
}

function isEscaped(html: string, place: number): boolean {
  let start = place
  while (html.charAt(start - 1) === '\\') start -= 1
  return (place - start) % 2 === 1
}

function parsed(json: string): unknown {
  return jsonOf({ url: '', status: 200, headers: {}, text: json, fetchedAt: new Date(0) })
}

function open(thread: Thread): Ask {
  return { url: thread.pageUrl }
}

function askAll({ pageUrl, nativeId }: Thread): Ask {
  const url = new URL(`/api/v1/post/${nativeId}/comments`, pageUrl)
  url.searchParams.set('all_comments', 'true')
  url.searchParams.set('sort', 'oldest_first')
  return { url: url.href, accept: 'json', note: { step: 'all' } }
}

const item = z.object({
  id,
  body: text,
  date: time,
  edited_at: time,
  deleted: flag,
  status: text,
  name: text,
  handle: text,
  user_id: reference,
  reaction_count: count,
  ancestor_path: text,
  pinned_by_user_id: reference,
  children: z.array(z.unknown()).nullish().catch(null),
  metadata: z.object({ is_author: flag }).nullish().catch(null),
})

type Item = z.infer<typeof item>

const list = z.object({ comments: z.array(z.unknown()) })

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  if (asked.note?.['step'] === 'all') {
    const all = list.safeParse(jsonOf(answer))
    if (!all.success) throw unreadable(substack.name, answer)
    return { ...commentsIn(all.data.comments, answer, thread), next: [] }
  }
  const known = shownIn(answer.text)
  if (known === null) throw unreadable(substack.name, answer)
  const { comment_count: total } = known.post
  return {
    // What is lost of these may still be in the answer that follows.
    comments: commentsIn(known.comments ?? [], answer, thread).comments,
    next: total === 0 ? [] : [askAll(thread)],
    ...(total === null ? {} : { reportedCount: total }),
  }
}

function commentsIn(
  given: readonly unknown[],
  answer: Answer,
  thread: Thread,
): Pick<Batch, 'comments' | 'incomplete'> {
  const { placed, lost } = nodesOf(given, item, ({ children }) => children ?? [], {
    platform: substack.name,
    answer,
  })
  return { comments: placed.map(({ node, parent }) => toComment(node, parent, answer, thread)), ...lost }
}

/** Bodies are plain text; a moderated comment has none. */
function toComment(given: Item, parent: Item | null, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const isRemoved = given.deleted || (given.status !== '' && given.status !== 'published')
  const ancestor = given.ancestor_path.split(/[./]/).at(-1) ?? ''
  return commentOf({
    nativeId: given.id,
    parentNativeId: ancestor === '' ? (parent?.id ?? null) : ancestor,
    ...writtenBy(given.name, given.user_id),
    ...publishedAt(given.date, answer),
    ...readBodyHtml(isRemoved ? '' : asHtml(given.body), articleUrl),
    likes: given.reaction_count,
    state: stateOf(isRemoved, false),
    ...editedAt(given.edited_at, answer),
    isPinned: given.pinned_by_user_id !== null,
    authorBadges: given.metadata?.is_author === true ? ['author'] : [],
    permalink: canonicalUrl(`${articleUrl.replace(/\/comments$/, '')}/comment/${given.id}`),
  })
}
