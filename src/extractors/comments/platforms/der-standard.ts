import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { asHtml, publishedAt, stateOf, writtenBy, reported, votes } from '../json/parts.ts'
import { count, flag, id, reference, text, time, listOf } from '../json/fields.ts'
import { type Placed, nodesOf } from '../json/tree.ts'
import { jsonOf } from '../json/read-json.ts'
import { refusal, unread, unreadable } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { isHostOf } from '../marks/host.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Der Standard's forums, asked in GraphQL: first the forum of the article, then pages of its roots with what is below
 * them. Source: the newsroom's public interface as open-source clients of it use it.
 */
export const derStandard: CommentPlatform = { name: 'der-standard', locate, open, read }

const endpoint = 'https://api-gateway.prod.cloud.ds.at/forum-serve-graphql/v1/'

/** Deeper than any thread that its own client unfolds. */
const depth = 24

const article = /^\/story\/(\d{8,20})(?:\/|$)/

/** Every story has its forum, named by the story's address, unless the newsroom made none. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (!isHostOf(page.url, 'derstandard.at') && !isHostOf(page.url, 'derstandard.de')) return null
  const story = article.exec(new URL(page.url).pathname)?.[1]
  if (story === undefined) return null
  return embeddedThread(derStandard.name, story, page, context, {})
}

function open({ nativeId }: Thread): Ask {
  const query = `query GetForumInfo($contextUri: String!) {
  getForumByContextUri(contextUri: $contextUri) { id totalPostingCount }
}`
  return {
    url: endpoint,
    method: 'POST',
    accept: 'json',
    json: {
      operationName: 'GetForumInfo',
      query,
      variables: { contextUri: `https://www.derstandard.at/story/${nativeId}` },
    },
    note: { of: 'forum' },
  }
}

const fields =
  'id lifecycleStatus title text author { id name } history { created } reactions { aggregated { name value } }'

const posting = Array.from({ length: depth }).reduce<string>(
  (inner) => `${fields} replies { ${inner} }`,
  fields,
)

const postingsQuery = `query ThreadsByForumQuery($id: String!, $first: RootPostingsToRequest, $nextCursor: String, $sortOrder: PostingSortOrder) {
  getForumRootPostingsV2(getForumRootPostingsParamsV2: { forumId: $id, first: $first, after: $nextCursor, sortOrder: $sortOrder }) {
    pageInfo { nextCursor hasNextPage }
    edges { node { ${posting} } }
  }
}`

function askPostings(forum: string, nextCursor: string | null): Ask {
  return {
    url: endpoint,
    method: 'POST',
    accept: 'json',
    json: {
      operationName: 'ThreadsByForumQuery',
      query: postingsQuery,
      variables: { id: forum, first: 'Max', nextCursor, sortOrder: 'ByTime' },
    },
    note: { of: 'postings', forum },
  }
}

const forumAnswer = z.object({
  data: z.object({ getForumByContextUri: z.object({ id, totalPostingCount: count }).nullable() }),
})

const node = z.object({
  id,
  lifecycleStatus: text,
  title: text,
  text,
  author: z.object({ id: reference, name: text }).nullish().catch(null),
  history: z.object({ created: time }).nullish().catch(null),
  reactions: z
    .object({ aggregated: z.array(z.object({ name: text, value: count })) })
    .nullish()
    .catch(null),
  replies: listOf(z.unknown()),
})

type Node = z.infer<typeof node>

const postings = z.object({
  data: z.object({
    getForumRootPostingsV2: z.object({
      pageInfo: z.object({ nextCursor: text, hasNextPage: flag }),
      edges: z.array(z.object({ node: z.unknown() })),
    }),
  }),
})

const failed = z.object({ errors: z.array(z.object({ message: text })).min(1) })

function read(answer: Answer, { note = {} }: Ask, thread: Thread): Batch {
  const json = jsonOf(answer)
  const faults = failed.safeParse(json).data?.errors ?? null
  if (faults?.some(({ message }) => /forum not found/i.test(message)) === true) {
    return { comments: [], next: [], reportedCount: 0 }
  }
  if (faults !== null) return unread(refusal(answer) ?? 'unsupported')
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  return note['of'] === 'postings'
    ? readPostings(answer, json, note['forum'] ?? '', thread)
    : readForum(answer, json)
}

function readForum(answer: Answer, json: unknown): Batch {
  const parsed = forumAnswer.safeParse(json)
  if (!parsed.success) throw unreadable(derStandard.name, answer)
  const forum = parsed.data.data.getForumByContextUri
  const total = forum === null ? 0 : forum.totalPostingCount
  return {
    comments: [],
    next: forum === null || total === 0 ? [] : [askPostings(forum.id, null)],
    ...reported(total),
  }
}

function readPostings(answer: Answer, json: unknown, forum: string, thread: Thread): Batch {
  const parsed = postings.safeParse(json)
  if (!parsed.success) throw unreadable(derStandard.name, answer)
  const { edges, pageInfo } = parsed.data.data.getForumRootPostingsV2
  const { placed, lost } = nodesOf(
    edges.map(({ node: given }) => given),
    node,
    ({ replies }) => replies,
    { platform: derStandard.name, answer },
  )
  const hasMore = pageInfo.hasNextPage && pageInfo.nextCursor !== '' && edges.length > 0
  return {
    comments: placed.map((item) => toComment(item, answer, thread)),
    next: hasMore ? [askPostings(forum, pageInfo.nextCursor)] : [],
    ...lost,
  }
}

/** A posting's headline is part of its words. */
function toComment({ node: item, parent }: Placed<Node>, answer: Answer, thread: Thread): Comment {
  const isRemoved = item.lifecycleStatus === 'Deleted'
  const words = [item.title, item.text].filter((part) => part.trim() !== '').join('\n\n')
  return commentOf({
    nativeId: item.id,
    parentNativeId: parent?.id ?? null,
    ...(isRemoved || !item.author ? {} : writtenBy(item.author.name, item.author.id)),
    ...publishedAt(item.history?.created ?? null, answer, 'Europe/Vienna'),
    ...readBodyHtml(isRemoved ? '' : asHtml(words), articleUrlOf(thread)),
    ...votes(votesOf(item, 'positive'), votesOf(item, 'negative')),
    state: stateOf(isRemoved, false),
  })
}

function votesOf({ reactions }: Node, name: string): number | null {
  if (reactions === null || reactions === undefined) return null
  return reactions.aggregated.find((reaction) => reaction.name === name)?.value ?? 0
}
