import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { address, count, flag, id, reference, text, time, listOf } from '../json/fields.ts'
import { publishedAt, writtenBy, reported } from '../json/parts.ts'
import { jsonOf, readJson } from '../json/read-json.ts'
import { noneYet } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { isHostOf } from '../marks/host.ts'
import { scriptsWith, settingIn } from '../marks/scripts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * The Guardian's discussions, in pages of roots with the replies to each. Source: the types of its page renderer,
 * which is open source.
 */
export const guardian: CommentPlatform = { name: 'guardian', locate, open, read }

const pageSize = 100

/** The page's settings say whether it takes comments, and the short address that names the discussion. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!isHostOf(page.url, 'theguardian.com')) return null
  const settings = scriptsWith(page, 'discussionApiUrl')
  const key = settingIn(settings, 'shortUrlId')
  const server = settingIn(settings, 'discussionApiUrl')
  const isOpen = /"(?:commentable|isCommentable)"\s{0,9}:\s{0,9}true/.test(settings)
  if (!isOpen || key === null || !/^\/?p\/\w+$/.test(key) || server === null) return null
  if (!URL.canParse(server)) return null
  return embeddedThread(guardian.name, key.replace(/^\//, ''), page, context, { server })
}

function open(thread: Thread): Ask {
  return askPage(thread, 1, 'true')
}

function askPage({ data, nativeId }: Thread, page: number, threaded: string): Ask {
  const url = new URL(`${data['server'] ?? ''}/discussion/${nativeId}`)
  url.searchParams.set('orderBy', 'oldest')
  url.searchParams.set('pageSize', String(pageSize))
  url.searchParams.set('displayThreaded', threaded)
  if (threaded === 'true') url.searchParams.set('maxResponses', String(pageSize))
  url.searchParams.set('page', String(page))
  return { url: url.href, accept: 'json', note: { page: String(page), threaded } }
}

function askReplies({ data }: Thread, root: string): Ask {
  const url = new URL(`${data['server'] ?? ''}/comment/${root}`)
  url.searchParams.set('displayThreaded', 'true')
  url.searchParams.set('displayResponses', 'true')
  return { url: url.href, accept: 'json', note: { root } }
}

const reply = z.object({
  id,
  body: text,
  isoDateTime: time,
  status: text,
  webUrl: address,
  numRecommends: count,
  isHighlighted: flag,
  userProfile: z
    .object({
      userId: reference,
      displayName: text,
      badge: listOf(z.object({ name: text })),
    })
    .nullish()
    .catch(null),
  responseTo: z
    .object({ commentId: reference })
    .nullish()
    .catch(null)
    .transform((to) => to?.commentId ?? null),
})

const root = reply.extend({
  numResponses: count,
  metaData: z.object({ responseCount: count }).nullish().catch(null),
  responses: z
    .array(reply)
    .nullish()
    .transform((responses) => responses ?? []),
})

const list = z.object({
  currentPage: count,
  pages: count,
  discussion: z.object({
    commentCount: count,
    isClosedForComments: flag,
    comments: z.array(root),
  }),
})

const single = z.object({ comment: root })
const fault = z.object({ errorCode: text })

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { root: only, page = '1', threaded = 'true' } = asked.note ?? {}
  if (only !== undefined) {
    const { content, refused } = readJson(answer, single, guardian.name)
    return refused ?? { comments: commentsOf(content.comment, answer, thread), next: [] }
  }
  const code = fault.safeParse(jsonOf(answer)).data?.errorCode ?? ''
  if (code === 'DISCUSSION_ONLY_AVAILABLE_IN_LINEAR_FORMAT' && threaded === 'true') {
    return { comments: [], next: [askPage(thread, 1, 'false')] }
  }
  const none = page === '1' ? noneYet(answer, thread) : null
  return none ?? readPage(answer, Number(page), threaded, thread)
}

function readPage(answer: Answer, page: number, threaded: string, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, guardian.name)
  if (refused !== null) return refused
  const { discussion, pages } = content
  const { comments, commentCount, isClosedForComments } = discussion
  const folded = comments.filter((item) => repliesTo(item) > item.responses.length)
  const hasMore = page < (pages ?? 1) && comments.length > 0
  return {
    comments: comments.flatMap((item) => commentsOf(item, answer, thread)),
    next: [
      ...(threaded === 'true' ? folded.map((item) => askReplies(thread, item.id)) : []),
      ...(hasMore ? [askPage(thread, page + 1, threaded)] : []),
    ],
    closed: isClosedForComments,
    ...reported(commentCount),
  }
}

const repliesTo = ({ metaData, numResponses }: z.infer<typeof root>): number =>
  metaData?.responseCount ?? numResponses ?? 0

/** Replies stand below their root whatever they answer, and name it themselves. */
function commentsOf(item: z.infer<typeof root>, answer: Answer, thread: Thread): Comment[] {
  return [
    toComment(item, null, answer, thread),
    ...item.responses.map((response) => toComment(response, item.id, answer, thread)),
  ]
}

function toComment(
  item: z.infer<typeof reply>,
  below: string | null,
  answer: Answer,
  thread: Thread,
): Comment {
  const { userProfile: writer } = item
  const isRemoved = item.status !== '' && item.status !== 'visible'
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.responseTo ?? below,
    ...(writer ? writtenBy(writer.displayName, writer.userId) : {}),
    ...publishedAt(item.isoDateTime, answer),
    // The words of a removed comment are the moderators' notice.
    ...readBodyHtml(item.body, articleUrlOf(thread)),
    likes: item.numRecommends,
    state: isRemoved ? 'removed' : 'visible',
    isPicked: item.isHighlighted,
    authorBadges: (writer?.badge ?? []).map(({ name }) => name).filter((name) => name !== ''),
    permalink: item.webUrl === '' ? null : item.webUrl,
  })
}
