import { z } from 'zod'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { count, flag, id, reference, text, time, listOf } from '../json/fields.ts'
import { publishedAt, writtenBy, badges, reported } from '../json/parts.ts'
import { type Placed, nodesOf } from '../json/tree.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { isHostOf } from '../marks/host.ts'
import { numberIn, scriptsWith } from '../marks/scripts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * The New York Times' comments: pages of roots, each with its first three replies. Its terms forbid to read them by
 * machine, so that it is done by the publisher's permission only.
 */
export const newYorkTimes: CommentPlatform = {
  name: 'new-york-times',
  restriction: 'needs_consent',
  locate,
  open,
  read,
}

const pageSize = 100

/** The page's own state says whether comments are shown, and how many there are. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!isHostOf(page.url, 'nytimes.com')) return null
  const settings = scriptsWith(page, 'commentProperties').replaceAll('\\"', '"')
  const status = /"commentProperties"\s{0,9}:\s{0,9}\{[^{}]{0,2000}?"status"\s{0,9}:\s{0,9}"(\w+)"/.exec(
    settings,
  )?.[1]
  if (status === undefined || !status.includes('DISPLAY_COMMENTS')) return null
  const total = numberIn(settings, 'approvedCommentsCount')
  const url = canonicalUrl(page.url) ?? page.url
  return {
    ...embeddedThread(newYorkTimes.name, url.split('?')[0] ?? url, page, context, {}),
    reportedCount: total === null ? null : Number(total),
    closed: !status.startsWith('ACCEPT'),
  }
}

function open(thread: Thread): Ask {
  return askPage(thread, 0)
}

const endpoint = 'https://www.nytimes.com/svc/community/V3/requestHandler'

function askPage({ nativeId }: Thread, offset: number): Ask {
  const url = new URL(endpoint)
  url.searchParams.set('cmd', 'GetCommentsAll')
  url.searchParams.set('url', nativeId)
  url.searchParams.set('sort', 'oldest')
  url.searchParams.set('offset', String(offset))
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('includeReplies', 'true')
  return { url: url.href, accept: 'json', note: { offset: String(offset) } }
}

function askReplies({ nativeId }: Thread, parent: string, offset: number): Ask {
  const url = new URL(endpoint)
  url.searchParams.set('cmd', 'GetRepliesBySequence')
  url.searchParams.set('url', nativeId)
  url.searchParams.set('commentSequence', parent)
  url.searchParams.set('offset', String(offset))
  url.searchParams.set('limit', String(pageSize))
  return { url: url.href, accept: 'json', note: { parent, offset: String(offset) } }
}

const node = z.object({
  commentID: id,
  parentID: reference,
  userID: reference,
  userDisplayName: text,
  commentBody: text,
  createDate: time,
  recommendations: count,
  replyCount: count,
  editorsSelection: flag,
  trusted: flag,
  commentType: text,
  status: text,
  replies: listOf(z.unknown()),
})

type Node = z.infer<typeof node>

const list = z.object({
  results: z.object({
    comments: z.array(z.unknown()),
    totalCommentsFound: count,
    totalParentCommentsFound: count,
  }),
})

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, newYorkTimes.name)
  if (refused !== null) return refused
  const { comments, totalCommentsFound, totalParentCommentsFound } = content.results
  const { parent, offset = '0' } = asked.note ?? {}
  const { placed, lost } = nodesOf(comments, node, ({ replies }) => replies, {
    platform: newYorkTimes.name,
    answer,
  })
  const reached = Number(offset) + comments.length
  const hasMore = parent === undefined && comments.length > 0 && reached < (totalParentCommentsFound ?? 0)
  return {
    comments: placed.map((item) => toComment(item, parent ?? null, answer, thread)),
    next: [
      ...foldedIn(placed, parent, reached).map(([of, from]) => askReplies(thread, of, from)),
      ...(hasMore ? [askPage(thread, reached)] : []),
    ],
    ...reported(parent === undefined ? totalCommentsFound : null),
    ...lost,
  }
}

/** Comments that have more replies than are shown, with the number of those; and whose list of replies goes on. */
function foldedIn(
  placed: readonly Placed<Node>[],
  parent: string | undefined,
  reached: number,
): [string, number][] {
  const folded = placed
    .map(({ node: item }) => item)
    .filter(({ replyCount, replies }) => (replyCount ?? 0) > replies.length)
    .map(({ commentID, replies }): [string, number] => [commentID, replies.length])
  const isFull = parent !== undefined && placed.length >= pageSize
  return isFull ? [...folded, [parent, reached]] : folded
}

function toComment(
  { node: item, parent }: Placed<Node>,
  below: string | null,
  answer: Answer,
  thread: Thread,
): Comment {
  const articleUrl = articleUrlOf(thread)
  return commentOf({
    nativeId: item.commentID,
    parentNativeId: item.parentID ?? parent?.commentID ?? below,
    ...writtenBy(item.userDisplayName, item.userID),
    ...publishedAt(secondsOf(item.createDate), answer),
    ...readBodyHtml(item.commentBody, articleUrl),
    likes: item.recommendations,
    isPicked: item.editorsSelection,
    authorBadges: badges({ trusted: item.trusted, reporter: item.commentType === 'reporterReply' }),
    permalink: `${articleUrl}#permid=${item.commentID}`,
  })
}

/** Unix seconds, as a number or as its digits. */
function secondsOf(raw: string | number | null): string | number | null {
  return typeof raw === 'string' && /^\d{9,10}$/.test(raw) ? Number(raw) : raw
}
