import type { Element } from 'domhandler'
import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { TopicPage } from '../../article/opening-post.ts'
import type { IndexedPage } from '../../element-index.ts'
import { isElement, isWords } from '../../elements.ts'
import { parseHtml } from '../../page.ts'
import { type Searchable, selector } from '../../selector.ts'
import { refusal, unread, unreadable } from '../answers.ts'
import { readBody } from '../body.ts'
import { commentOf } from '../comment.ts'
import { count, flag, id, listOf, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, reported, writtenBy } from '../json/parts.ts'
import { jsonOf, readJson } from '../json/read-json.ts'
import { embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { detach, lineOf } from '../nodes.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Flarum: the page carries the state that its application starts with, the discussion with the ids of all its posts and
 * the first of these; the others are asked for by their ids, as the application does. For readers without scripts the posts
 * stand in `<noscript>`. Source: the project's client (`PostStreamState`) and the filters of its interface.
 */
export const flarum: CommentPlatform = { name: 'flarum', locate, open, read, readTopic }

const payloads = selector('script#flarum-json-payload')
const printed = selector('#flarum-content .Post-body')

/** What its own client asks for at once, and what the interface gives without being asked for more. */
const postsAtOnce = 20

const link = z
  .object({ data: z.object({ id }).nullish().catch(null) })
  .nullish()
  .catch(null)

const post = z.object({
  type: z.literal('posts'),
  id,
  attributes: z.object({
    number: count,
    createdAt: time,
    contentType: text,
    contentHtml: text,
    editedAt: time,
    isHidden: flag,
    likesCount: count,
  }),
  relationships: z.object({ user: link }).nullish().catch(null),
})

const user = z.object({
  type: z.literal('users'),
  id,
  attributes: z.object({ username: text, displayName: text }),
})

type Post = z.infer<typeof post>
type Writer = z.infer<typeof user>['attributes']
type Users = ReadonlyMap<string, Writer>

const discussion = z.object({
  type: z.literal('discussions'),
  id,
  attributes: z.object({ slug: text, commentCount: count, isLocked: flag }),
  relationships: z.object({ posts: z.object({ data: listOf(z.object({ id })) }) }),
})

const state = z.object({
  resources: z.array(z.unknown()),
  apiDocument: z.object({ data: discussion, included: z.array(z.unknown()) }),
})

const forum = z.object({ type: z.literal('forums'), attributes: z.object({ apiUrl: text }) })

const answered = z.object({ data: z.array(z.unknown()), included: listOf(z.unknown()) })

type State = z.infer<typeof state>

function stateOn({ elements }: { readonly elements: Searchable }): State | null {
  const [words] = payloads.first(elements)?.children ?? []
  if (words === undefined || !isWords(words)) return null
  const answer = { url: '', status: 200, headers: {}, text: words.data, fetchedAt: new Date(0) }
  return state.safeParse(jsonOf(answer)).data ?? null
}

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const known = stateOn(page)
  if (known === null) return null
  const { data } = known.apiDocument
  const api = allOf(forum, known.resources)[0]?.attributes.apiUrl
  const server = serverAddress(api, page.url) ?? new URL('/api/', page.url).href
  return {
    ...embeddedThread(flarum.name, data.id, page, context, { server, slug: data.attributes.slug || data.id }),
    reportedCount: data.attributes.commentCount,
    closed: data.attributes.isLocked,
  }
}

function allOf<Schema extends z.ZodType>(schema: Schema, given: readonly unknown[]): z.infer<Schema>[] {
  return given.flatMap((resource) => {
    const read = schema.safeParse(resource)
    return read.success ? [read.data] : []
  })
}

/** Addresses of a single post, and of a further page, show what is around it. */
const later = /^\/(?:[^?]*\/)?d\/[^/?]+\/(?:[2-9]|\d{2,})|[?&]page=(?:[2-9]|\d{2,})/

function readTopic({ elements, url }: IndexedPage): TopicPage | null {
  const known = stateOn({ elements })
  if (known === null) return null
  const { included } = known.apiDocument
  const first = allOf(post, included).find(({ attributes }) => attributes.number === 1)
  const { pathname, search } = new URL(url)
  if (first === undefined || later.test(pathname + search)) return { isFirst: false, opening: null }
  const body = printed.first(elements)
  if (body === null) return { isFirst: true, opening: null }
  const writer = usersIn(included).get(authorOf(first))
  const { createdAt } = first.attributes
  return {
    isFirst: true,
    opening: {
      body,
      apart: [],
      author: writer === undefined ? null : nameOf(writer),
      published: createdAt === null ? null : String(createdAt),
    },
  }
}

function open(thread: Thread): Ask {
  return { url: thread.pageUrl }
}

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (asked.note?.['step'] === 'posts') return readPosts(answer, asked, thread)
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const known = stateOn({ elements: answer.document ?? parseHtml(answer.text) })
  if (known === null) throw unreadable(flarum.name, answer)
  const { data, included } = known.apiDocument
  const posts = allOf(post, included)
  const shown = new Set(posts.map((given) => given.id))
  const rest = data.relationships.posts.data.map((given) => given.id).filter((given) => !shown.has(given))
  return {
    comments: toComments(posts, included, answer, thread),
    next: askPosts(thread, rest),
    closed: data.attributes.isLocked,
    ...reported(data.attributes.commentCount),
  }
}

function askPosts({ data }: Thread, ids: readonly string[]): Ask[] {
  if (ids.length === 0) return []
  const url = new URL('posts', data['server'])
  url.searchParams.set('filter[id]', ids.slice(0, postsAtOnce).join(','))
  const rest = ids.slice(postsAtOnce).join(' ')
  return [{ url: url.href, accept: 'json', note: { step: 'posts', rest } }]
}

function readPosts(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, answered, flarum.name)
  if (refused !== null) return refused
  const rest = (asked.note?.['rest'] ?? '').split(' ').filter((given) => given !== '')
  const { data, included } = content
  return {
    comments: toComments(allOf(post, data), included, answer, thread),
    next: askPosts(thread, rest),
  }
}

function toComments(
  posts: readonly Post[],
  included: readonly unknown[],
  answer: Answer,
  thread: Thread,
): Comment[] {
  const users = usersIn(included)
  return posts.filter(isComment).map((given) => toComment(given, users, answer, thread))
}

const usersIn = (included: readonly unknown[]): Users =>
  new Map(allOf(user, included).map((given) => [given.id, given.attributes]))

/** An extension lets people be shown under another name than that of their account. */
const nameOf = ({ displayName, username }: Writer): string | null =>
  cleanLine(displayName) ?? cleanLine(username)

const authorOf = ({ relationships }: Post): string => relationships?.user?.data?.id ?? ''

/** What renamed, locked or tagged the discussion is a post too. */
const isComment = ({ attributes }: Post): boolean => attributes.contentType === 'comment'

function toComment(given: Post, users: Users, answer: Answer, { data }: Thread): Comment {
  const { number, createdAt, contentHtml, editedAt: changed, isHidden, likesCount } = given.attributes
  const address = new URL(`../d/${data['slug'] ?? ''}/${number ?? ''}`, data['server']).href
  const { parent, ...body } = readContent(contentHtml, address)
  const writer = users.get(authorOf(given))
  return commentOf({
    nativeId: given.id,
    parentNativeId: parent === given.id ? null : parent,
    ...(writer === undefined ? {} : writtenBy(nameOf(writer) ?? '', writer.username)),
    ...publishedAt(createdAt, answer),
    ...body,
    ...editedAt(changed, answer),
    likes: likesCount,
    state: isHidden ? 'removed' : 'visible',
    permalink: address,
  })
}

const boxes = selector('div')
const quoteBoxes = selector('blockquote')
const mentions = selector('a.PostMention[data-id]')

/** A post begins with a mention of the one that it answers; a quote begins with one of the post that it is from. */
function readContent(html: string, baseUrl: string) {
  const content = boxes.first(parseHtml(`<div>${html.toWellFormed()}</div>`))
  if (content === null) return { parent: null, bodyText: '', bodyHtml: '', quotes: [] }
  for (const quote of quoteBoxes.all(content)) {
    const mention = mentions.first(quote)
    if (mention === null) continue
    quote.attribs['data-author'] = lineOf(mention) ?? ''
    quote.attribs['data-ref'] = mention.attribs['data-id'] ?? ''
    detach([mention])
  }
  return { parent: leadingMention(content), ...readBody(content, baseUrl) }
}

function leadingMention({ children }: Element): string | null {
  const first = children.find((child) => !isWords(child) || child.data.trim() !== '')
  const [lead] = first !== undefined && isElement(first) && first.name === 'p' ? first.children : []
  if (lead === undefined || !isElement(lead) || lead.attribs['class'] !== 'PostMention') return null
  return lead.attribs['data-id'] ?? null
}
