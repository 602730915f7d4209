import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { unread } from '../answers.ts'
import { nodesOf } from '../json/tree.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { asHtml, publishedAt } from '../json/parts.ts'
import { count, id, text, time } from '../json/fields.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Cusdis: pages of ten comments, each with its replies, of any depth. The server counts roots only, and gives no more
 * than its first replies to a comment: what is left out then can't be asked for. Source: the project's server.
 */
export const cusdis: CommentPlatform = { name: 'cusdis', locate, open, read }

const sections = selector('#cusdis_thread[data-app-id][data-page-id]')

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const section = sections.first(page.elements)
  if (section === null) return null
  const { 'data-host': host, 'data-app-id': app = '', 'data-page-id': pageId = '' } = section.attribs
  const server = serverAddress(host ?? 'https://cusdis.com', page.url)
  if (server === null || app === '' || pageId === '') return null
  return embeddedThread(cusdis.name, pageId, page, context, { server, app })
}

function open(thread: Thread): Ask {
  return askPage(thread, 1)
}

function askPage({ data, nativeId }: Thread, page: number): Ask {
  const url = new URL('api/open/comments', data['server'])
  url.searchParams.set('appId', data['app'] ?? '')
  url.searchParams.set('pageId', nativeId)
  url.searchParams.set('page', String(page))
  return { url: url.href, accept: 'json', note: { page: String(page) } }
}

const wrapper = z.object({ commentCount: count, pageCount: count, data: z.array(z.unknown()) })

const item = z.object({
  id,
  createdAt: time,
  content: text,
  parsedContent: text,
  by_nickname: text,
  moderatorId: text,
  moderator: z.object({ displayName: text }).nullish().catch(null),
  replies: wrapper.nullish().catch(null),
})

const list = z.object({ data: wrapper })

type Item = z.infer<typeof item>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  // The project was deleted, or never was.
  if (answer.status === 404) return unread('not_found')
  const { content, refused } = readJson(answer, list, cusdis.name)
  if (refused !== null) return refused
  const { data, pageCount } = content.data
  const { placed, lost } = nodesOf(data, item, ({ replies }) => replies?.data ?? [], {
    platform: cusdis.name,
    answer,
  })
  const page = Number(asked.note?.['page'] ?? 1)
  const hasMore = page < (pageCount ?? 1) && data.length > 0
  return {
    comments: placed.map(({ node, parent }) => toComment(node, parent, answer, thread)),
    next: hasMore ? [askPage(thread, page + 1)] : [],
    ...completeness(
      placed.map(({ node }) => node),
      page === 1 && !hasMore,
    ),
    ...lost,
  }
}

function completeness(items: readonly Item[], isWhole: boolean): Partial<Batch> {
  if (items.some(lacksReplies)) return { incomplete: 'shortfall' }
  return isWhole ? { reportedCount: items.length } : {}
}

const lacksReplies = ({ replies }: Item): boolean =>
  replies !== null && replies !== undefined && (replies.commentCount ?? 0) > replies.data.length

/** `parsedCreatedAt` is on the asker's clock and without seconds; `createdAt` is exact. */
function toComment(given: Item, parent: Item | null, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { moderator, moderatorId } = given
  const isModerator = moderatorId !== '' || (moderator !== null && moderator !== undefined)
  return commentOf({
    nativeId: given.id,
    parentNativeId: parent?.id ?? null,
    authorName: cleanLine(moderator?.displayName) ?? cleanLine(given.by_nickname),
    ...publishedAt(given.createdAt, answer),
    ...readBodyHtml(given.parsedContent === '' ? asHtml(given.content) : given.parsedContent, articleUrl),
    authorBadges: isModerator ? ['moderator'] : [],
  })
}
