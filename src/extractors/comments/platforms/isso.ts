import { z } from 'zod'
import { parseMoment } from '../../../normalise/date.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { jsonOf } from '../json/read-json.ts'
import { noneYet, refusal, unread, unreadable } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import type {
  Answer,
  Ask,
  Batch,
  Comment,
  CommentPlatform,
  CommentState,
  Thread,
  ThreadContext,
} from '../platform.ts'

/** Isso, a small comment server: one JSON endpoint, replies one level deep, folded past a limit. */
export const isso: CommentPlatform = { name: 'isso', locate, open, read }

const pageSize = 100

const sections = selector('#isso-thread')
const scripts = selector('script[data-isso]')

/** The script names the server, which is key enough; without it nothing could be asked. */
function locate({ elements, url }: IndexedPage, context: ThreadContext): Thread | null {
  const section = sections.first(elements)
  const script = section === null ? null : scripts.first(elements)
  const server = script === null ? null : canonicalUrl(`${script.attribs['data-isso'] ?? ''}/`, url)
  if (section === null || server === null) return null
  const uri = section.attribs['data-isso-id'] ?? new URL(url).pathname
  return {
    platform: isso.name,
    nativeId: uri,
    pageUrl: url,
    reportedCount: null,
    closed: false,
    timezone: context.timezone,
    data: { server: server.replace(/(?<!\/)\/+$/, '/'), articleUrl: canonicalUrl(url) ?? url },
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

const number = z.number().nullish()
const count = number.transform((value) => value ?? 0)

const reply = z.object({
  id: z.number().int(),
  parent: number,
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  author: z.string().nullish(),
  mode: number.transform((mode) => mode ?? 1),
  created: number,
  modified: number,
  likes: count,
  dislikes: count,
})

const folded = z.object({ total_replies: count, hidden_replies: count })

const list = folded.extend({
  replies: z.array(
    reply.extend({
      ...folded.shape,
      replies: z
        .array(reply)
        .nullish()
        .transform((replies) => replies ?? []),
    }),
  ),
})

type List = z.infer<typeof list>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { parent, offset } = asked.note ?? {}
  const isFirst = parent === undefined && offset === '0'
  const none = isFirst ? noneYet(answer, thread) : null
  if (none !== null) return none
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const parsed = list.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(isso.name, answer)
  const { replies, hidden_replies: hidden } = parsed.data
  const isWhole = isFirst && hidden === 0
  const roots = replies.map((root) => toComment(root, answer, thread))
  const nested = replies.flatMap((root) => root.replies.map((item) => toComment(item, answer, thread)))
  return {
    comments: roots.concat(nested),
    next: hiddenReplies(parsed.data, asked, thread),
    ...(isWhole ? { reportedCount: totalOf(parsed.data) } : {}),
  }
}

function hiddenReplies({ replies, hidden_replies: hidden }: List, asked: Ask, thread: Thread): Ask[] {
  const { parent = null, offset = '0' } = asked.note ?? {}
  const folds = parent === null ? replies.filter((root) => root.hidden_replies > 0) : []
  const asks = folds.map((root) => askFrom(thread, String(root.id), root.replies.length))
  const more = hidden > 0 && replies.length > 0
  return more ? [...asks, askFrom(thread, parent, Number(offset) + replies.length)] : asks
}

/** The server counts roots and the replies of each; the sum is known when every root is there. */
function totalOf({ replies }: List): number {
  return replies.reduce((sum, root) => sum + 1 + Math.max(root.total_replies, root.replies.length), 0)
}

const states: Readonly<Record<number, CommentState>> = { 2: 'withheld', 4: 'removed' }

function toComment(item: z.infer<typeof reply>, { fetchedAt }: Answer, { data, pageUrl }: Thread): Comment {
  const articleUrl = data['articleUrl'] ?? pageUrl
  const { parent, created, modified, likes, dislikes } = item
  const editedAt = momentOf(modified, fetchedAt)
  return commentOf({
    nativeId: String(item.id),
    parentNativeId: parent?.toString() ?? null,
    authorName: cleanLine(item.author),
    ...publishedAt(created, fetchedAt),
    ...readBodyHtml(item.text, articleUrl),
    likes,
    dislikes,
    score: likes - dislikes,
    state: states[item.mode] ?? 'visible',
    isEdited: editedAt !== null,
    editedAt,
    permalink: `${articleUrl}#isso-${item.id}`,
  })
}

function publishedAt(created: number | null | undefined, fetchedAt: Date): Partial<Comment> {
  if (created === null || created === undefined) return {}
  const at = momentOf(created, fetchedAt)
  return { publishedAt: at, publishedPrecision: at === null ? null : 'second', publishedRaw: String(created) }
}

/** Unix seconds, with a fraction. */
function momentOf(seconds: number | null | undefined, fetchedAt: Date): Date | null {
  if (seconds === null || seconds === undefined) return null
  return parseMoment(String(Math.trunc(seconds * 1000)), { timezone: 'UTC', fetchedAt }).at
}
