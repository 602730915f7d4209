import type { z } from 'zod'
import { canonicalUrl } from '../../../../normalise/url.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { publishedAt, stateOf, writtenBy, reported } from '../../json/parts.ts'
import { jsonOf } from '../../json/read-json.ts'
import { refusal, unread, unreadable } from '../../answers.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { articleUrlOf, embeddedThread } from '../../marks/embedded-thread.ts'
import { countAnswer, failed, type Node, repliesAnswer, type Root, storyAnswer } from './answers.ts'
import { coralMarks } from './marks.ts'
import { oneStory, replies as repliesQuery } from './queries.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../../platform.ts'

/**
 * Coral, formerly Talk: the publisher's own server, asked in GraphQL. Many servers take no query but their own
 * client's, by its hash; of those only the count is read, which is public. Source: the project's schema and server.
 */
export const coral: CommentPlatform = { name: 'coral', locate, open, read }

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const marks = coralMarks(page)
  if (marks === null) return null
  const url = canonicalUrl(marks.storyUrl ?? page.url, page.url) ?? page.url
  return embeddedThread(coral.name, marks.storyId ?? url, page, context, {
    server: marks.server,
    storyUrl: url,
    ...(marks.storyId === null ? {} : { storyId: marks.storyId }),
  })
}

function open(thread: Thread): Ask {
  return askStory(thread, null, 'yes')
}

function storyOf({ data, pageUrl }: Thread): Readonly<Record<string, string>> {
  const { storyId, storyUrl = pageUrl } = data
  return storyId === undefined ? { url: storyUrl } : { id: storyId }
}

/** `flat`: replies of any depth are asked for as one list, which older servers do not know. */
function askStory(thread: Thread, after: string | null, flat: string): Ask {
  return {
    url: new URL('api/graphql', thread.data['server']).href,
    method: 'POST',
    accept: 'json',
    json: { query: oneStory(flat === 'yes'), variables: { ...storyOf(thread), after } },
    note: { of: 'story', flat, ...(after === null ? {} : { after }) },
  }
}

function askReplies(thread: Thread, parent: string, after: string | null, flat: string): Ask {
  return {
    url: new URL('api/graphql', thread.data['server']).href,
    method: 'POST',
    accept: 'json',
    json: { query: repliesQuery(flat === 'yes'), variables: { id: parent, after } },
    note: { of: 'replies', parent, flat },
  }
}

function askCount(thread: Thread): Ask {
  const url = new URL('api/story/count', thread.data['server'])
  for (const [name, value] of Object.entries(storyOf(thread))) url.searchParams.set(name, value)
  return { url: url.href, accept: 'json', note: { of: 'count' } }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { of = 'story' } = asked.note ?? {}
  const json = jsonOf(answer)
  if (of === 'count') return readCount(answer, json)
  const faults = failed.safeParse(json).data?.errors ?? null
  if (faults !== null) return readFaults(faults, asked, thread)
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  return of === 'replies' ? readReplies(answer, json, asked, thread) : readStory(answer, json, asked, thread)
}

type Fault = z.infer<typeof failed>['errors'][number]

/** A server that takes its own queries only gives the count at least; an older one is asked without `flatten`. */
function readFaults(faults: readonly Fault[], { note = {} }: Ask, thread: Thread): Batch {
  const isKnownOnly = faults.some(({ message, extensions }) =>
    /RAW_QUERY_NOT_AUTHORIZED|PERSISTED_QUERY/.test(`${message} ${extensions?.code ?? ''}`),
  )
  if (isKnownOnly) return unread('needs_consent', [askCount(thread)])
  const isOlder = note['flat'] === 'yes' && faults.some(({ message }) => message.includes('flatten'))
  if (!isOlder) return unread('page_failed')
  const { parent } = note
  const again =
    parent === undefined
      ? askStory(thread, note['after'] ?? null, 'no')
      : askReplies(thread, parent, null, 'no')
  return { comments: [], next: [again] }
}

function readCount(answer: Answer, json: unknown): Batch {
  const total = countAnswer.safeParse(json).data?.count
  return total === undefined
    ? unread(refusal(answer) ?? 'needs_consent')
    : { comments: [], next: [], reportedCount: total }
}

function readStory(answer: Answer, json: unknown, { note = {} }: Ask, thread: Thread): Batch {
  const parsed = storyAnswer.safeParse(json)
  if (!parsed.success) throw unreadable(coral.name, answer)
  const { story } = parsed.data.data
  // A story is made when its first reader comes.
  if (story === null) return { comments: [], next: [], reportedCount: 0 }
  const { edges, pageInfo } = story.comments
  const flat = note['flat'] ?? 'yes'
  const total = story.commentCounts?.totalPublished
  const hasMore = pageInfo?.hasNextPage === true && pageInfo.endCursor !== '' && edges.length > 0
  return {
    comments: edges.flatMap(({ node: item }) => [
      toComment(item, null, answer, thread),
      ...repliesOf(item).map((reply) => toComment(reply, item.id, answer, thread)),
    ]),
    next: [
      ...edges.flatMap(({ node: item }) => moreReplies(item, flat, thread)),
      ...(hasMore ? [askStory(thread, pageInfo.endCursor, flat)] : []),
    ],
    closed: story.isClosed,
    ...reported(total),
  }
}

const repliesOf = ({ replies }: Root): Node[] => replies?.edges.map(({ node: reply }) => reply) ?? []

/** The rest of what is below a root; where the list is not flat, what is below each reply as well. */
function moreReplies(item: Root, flat: string, thread: Thread): Ask[] {
  const { replies } = item
  const isCut = replies?.pageInfo?.hasNextPage === true && replies.pageInfo.endCursor !== ''
  return [
    ...(isCut ? [askReplies(thread, item.id, replies.pageInfo?.endCursor ?? null, flat)] : []),
    ...deeper(repliesOf(item), flat, thread),
  ]
}

function deeper(replies: readonly Node[], flat: string, thread: Thread): Ask[] {
  if (flat === 'yes') return []
  return replies
    .filter(({ replyCount }) => (replyCount ?? 0) > 0)
    .map(({ id: parent }) => askReplies(thread, parent, null, flat))
}

function readReplies(answer: Answer, json: unknown, { note = {} }: Ask, thread: Thread): Batch {
  const parsed = repliesAnswer.safeParse(json)
  if (!parsed.success) throw unreadable(coral.name, answer)
  const { parent = '', flat = 'yes' } = note
  const { edges, pageInfo } = parsed.data.data.comment?.replies ?? { edges: [], pageInfo: null }
  const items = edges.map(({ node: item }) => item)
  const hasMore = pageInfo?.hasNextPage === true && pageInfo.endCursor !== '' && items.length > 0
  return {
    comments: items.map((item) => toComment(item, parent, answer, thread)),
    next: [
      ...deeper(items, flat, thread),
      ...(hasMore ? [askReplies(thread, parent, pageInfo.endCursor, flat)] : []),
    ],
  }
}

const withheld: ReadonlySet<string> = new Set(['PREMOD', 'SYSTEM_WITHHELD'])
const standing: ReadonlySet<string> = new Set(['ADMIN', 'EXPERT', 'MEMBER', 'MODERATOR', 'STAFF'])

function toComment(item: Node, below: string | null, answer: Answer, thread: Thread): Comment {
  const isRemoved = item.deleted || item.status === 'REJECTED'
  const { tags } = item
  const address = new URL(articleUrlOf(thread))
  address.searchParams.set('commentID', item.id)
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.parent ?? below,
    ...(isRemoved || !item.author ? {} : writtenBy(item.author.username, item.author.id)),
    ...publishedAt(item.createdAt, answer),
    ...readBodyHtml(isRemoved ? '' : item.body, articleUrlOf(thread)),
    likes: item.actionCounts,
    state: stateOf(isRemoved, withheld.has(item.status)),
    isEdited: item.editing,
    isPicked: tags.includes('FEATURED'),
    authorBadges: [
      ...(item.author?.badges ?? []),
      ...tags.filter((tag) => standing.has(tag)).map((tag) => tag.toLowerCase()),
    ],
    permalink: address.href,
  })
}
