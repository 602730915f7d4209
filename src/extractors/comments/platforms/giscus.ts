import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { noneYet } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { address, count, flag, id, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import { associationBadges, threadTerm } from '../marks/github-thread.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Giscus: discussions on GitHub, read through Giscus' own address, which needs no token. Replies are one level deep
 * and come with their comment, at most a hundred of them. Source: the project's client and server.
 */
export const giscus: CommentPlatform = { name: 'giscus', locate, open, read }

const pageSize = 50

const embeds = selector('script[src*="giscus"], giscus-widget')

interface Settings {
  readonly repo?: string | undefined
  readonly mapping?: string | undefined
  readonly term?: string | undefined
  readonly category?: string | undefined
  readonly strict?: string | undefined
}

/** The script or element carries the repository, and says what of the page names the discussion. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const embed = embeds.first(page.elements)
  if (embed === null) return null
  const { attribs } = embed
  const prefix = embed.name === 'script' ? 'data-' : ''
  const of = (name: string): string | undefined => attribs[`${prefix}${name}`]
  const host =
    embed.name === 'script' ? attribs['src']?.replace(/\/client\.js.*$/, '') : (attribs['host'] ?? null)
  const server = serverAddress(host ?? 'https://giscus.app', page.url)
  const settings = { repo: of('repo'), mapping: of('mapping'), term: of('term'), category: of('category') }
  const named = nameOf(page, { ...settings, strict: of('strict') })
  if (server === null || named === null || settings.repo === undefined) return null
  return embeddedThread(giscus.name, named['term'] ?? `#${named['number']}`, page, context, {
    server,
    ...named,
  })
}

/** What the discussion is asked for by: its number or the words of its title. */
function nameOf(page: IndexedPage, settings: Settings): Record<string, string> | null {
  const { repo, mapping = 'pathname', term, category, strict } = settings
  if (repo === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repo)) return null
  const base = { repo, category: category ?? '', strict: strict === '1' ? 'true' : 'false' }
  if (mapping === 'number') return term !== undefined && /^\d+$/.test(term) ? { ...base, number: term } : null
  const words = mapping === 'specific' ? cleanLine(term) : threadTerm(page, mapping)
  return words === null ? null : { ...base, term: words }
}

function open(thread: Thread): Ask {
  return askAfter(thread, null)
}

function askAfter({ data }: Thread, cursor: string | null): Ask {
  const url = new URL('api/discussions', data['server'])
  url.searchParams.set('repo', data['repo'] ?? '')
  url.searchParams.set('term', data['term'] ?? '')
  url.searchParams.set('category', data['category'] ?? '')
  url.searchParams.set('number', data['number'] ?? '0')
  url.searchParams.set('strict', data['strict'] ?? 'false')
  url.searchParams.set('first', String(pageSize))
  if (cursor !== null) url.searchParams.set('after', cursor)
  return { url: url.href, accept: 'json', note: cursor === null ? {} : { after: cursor } }
}

const reply = z.object({
  id,
  author: z.object({ login: text }).nullish().catch(null),
  createdAt: time,
  lastEditedAt: time,
  deletedAt: time,
  isMinimized: flag,
  bodyHTML: text,
  url: address,
  authorAssociation: text,
  upvoteCount: count,
  reactions: z.record(z.string(), z.object({ count })).nullish().catch(null),
})

const list = z.object({
  discussion: z.object({
    locked: flag,
    totalCommentCount: count,
    totalReplyCount: count,
    pageInfo: z.object({ hasNextPage: flag, endCursor: text }),
    comments: z.array(
      reply.extend({
        replyCount: count,
        replies: z
          .array(reply)
          .nullish()
          .transform((replies) => replies ?? []),
      }),
    ),
  }),
})

type Reply = z.infer<typeof reply>
type List = z.infer<typeof list>

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const isFirst = asked.note?.['after'] === undefined
  const none = isFirst ? noneYet(answer, thread) : null
  if (none !== null) return none
  const { content, refused } = readJson(answer, list, giscus.name)
  if (refused !== null) return refused
  const { comments, pageInfo, locked } = content.discussion
  const hasMore = pageInfo.hasNextPage && pageInfo.endCursor !== '' && comments.length > 0
  const isShort = comments.some(({ replyCount, replies }) => (replyCount ?? 0) > replies.length)
  const counts = isFirst && !hasMore ? content.discussion : null
  return {
    comments: comments.flatMap((root) => [
      toComment(root, null, answer, thread),
      ...root.replies.map((item) => toComment(item, root.id, answer, thread)),
    ]),
    next: hasMore ? [askAfter(thread, pageInfo.endCursor)] : [],
    closed: locked,
    ...(counts === null ? {} : totalOf(counts)),
    ...(isShort ? { incomplete: 'shortfall' as const } : {}),
  }
}

/** Replies are counted for the page of comments that was asked for; the sum is known when that page is all. */
function totalOf({ totalCommentCount: roots, totalReplyCount: replies }: List['discussion']): Partial<Batch> {
  return roots === null ? {} : { reportedCount: roots + (replies ?? 0) }
}

function toComment(given: Reply, parent: string | null, answer: Answer, thread: Thread): Comment {
  const isRemoved = given.deletedAt !== null
  const login = given.author?.login ?? ''
  return commentOf({
    nativeId: given.id,
    parentNativeId: parent,
    ...writtenBy(login, login),
    ...publishedAt(given.createdAt, answer),
    ...readBodyHtml(isRemoved ? '' : given.bodyHTML, given.url === '' ? articleUrlOf(thread) : given.url),
    ...reactionsTo(given),
    score: given.upvoteCount,
    state: stateOf(isRemoved, given.isMinimized),
    ...editedAt(given.lastEditedAt, answer),
    authorBadges: associationBadges(given.authorAssociation),
    permalink: given.url === '' ? null : given.url,
  })
}

function reactionsTo({ reactions }: Reply): Pick<Comment, 'likes' | 'dislikes'> {
  return {
    likes: reactions?.['THUMBS_UP']?.count ?? null,
    dislikes: reactions?.['THUMBS_DOWN']?.count ?? null,
  }
}
