import { z } from 'zod'
import { cleanLine } from '../../../normalise/text.ts'
import type { IndexedPage } from '../../element-index.ts'
import { parseHtml } from '../../page.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { unread } from '../answers.ts'
import { readBody } from '../body.ts'
import { commentOf } from '../comment.ts'
import { embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import { detach } from '../nodes.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { numberIn, scriptsWith, settingIn } from '../marks/scripts.ts'

/**
 * Discourse below an article: a topic of a forum, whose first post stands for the article. The topic gives its first
 * posts and the ids of all; the others are asked for by id. Where the page names its own address instead of a topic,
 * the forum tells the topic only to the pages that it allows (it looks at the referer), so it is not asked.
 * Source: the project's embed script and documentation of its interface.
 */
export const discourse: CommentPlatform = { name: 'discourse', locate, open, read }

const postsAtOnce = 50

const sections = selector('#discourse-comments')

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (sections.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'DiscourseEmbed')
  const server = serverAddress(settingIn(settings, 'discourseUrl'), page.url)
  if (server === null) return null
  const topic = numberIn(settings, 'topicId')
  const data: Record<string, string> = topic === null ? { server } : { server, topic }
  return embeddedThread(discourse.name, topic ?? page.url, page, context, data)
}

/** Without a topic there is nothing to ask for; the page itself stands for the answer. */
function open({ data, pageUrl }: Thread): Ask {
  const { server, topic } = data
  if (topic === undefined) return { url: pageUrl }
  return { url: new URL(`t/${topic}.json`, server).href, accept: 'json', note: { step: 'topic' } }
}

/** `small` is the number of notes ("closed this topic") that were read so far; they are no comments. */
function askPosts({ data }: Thread, ids: readonly string[], total: number, small: number): Ask[] {
  if (ids.length === 0) return []
  const url = new URL(`t/${data['topic'] ?? ''}/posts.json`, data['server'])
  for (const post of ids.slice(0, postsAtOnce)) url.searchParams.append('post_ids[]', post)
  const rest = ids.slice(postsAtOnce).join(' ')
  return [
    {
      url: url.href,
      accept: 'json',
      note: { step: 'posts', rest, total: String(total), small: String(small) },
    },
  ]
}

const post = z.object({
  id,
  post_number: z.number().int(),
  reply_to_post_number: reference,
  post_type: count,
  username: text,
  name: text,
  created_at: time,
  cooked: text,
  version: count,
  actions_summary: z
    .array(z.object({ id: count, count }))
    .nullish()
    .catch(null),
  hidden: flag,
  user_deleted: flag,
  deleted_at: time,
  admin: flag,
  moderator: flag,
  staff: flag,
  user_title: text,
})

type Post = z.infer<typeof post>

const answered = z.object({
  post_stream: z.object({ posts: z.array(post), stream: z.array(id).nullish().catch(null) }),
  closed: flag,
  archived: flag,
})

const smallAction = 3

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (thread.data['topic'] === undefined) return unread('needs_consent')
  const { content, refused } = readJson(answer, answered, discourse.name)
  if (refused !== null) return refused
  const { posts } = content.post_stream
  const { rest, total, small: before } = progressOf(content, asked)
  const small = before + posts.filter(({ post_type: type }) => type === smallAction).length
  const next = askPosts(thread, rest, total, small)
  return {
    comments: posts.filter(isComment).map((given) => toComment(given, answer, thread)),
    next,
    ...(asked.note?.['step'] === 'topic' ? { closed: content.closed || content.archived } : {}),
    ...(next.length === 0 ? { reportedCount: Math.max(0, total - 1 - small) } : {}),
  }
}

/** What is still to be asked for: the topic's answer tells the ids of all posts, the asks after it carry them on. */
function progressOf({ post_stream: { posts, stream } }: z.infer<typeof answered>, { note = {} }: Ask) {
  if (note['step'] !== 'topic') {
    return { rest: wordsOf(note['rest']), total: Number(note['total']), small: Number(note['small']) }
  }
  const known = new Set(posts.map((given) => given.id))
  const ids = stream ?? []
  return {
    rest: ids.filter((given) => !known.has(given)),
    total: Math.max(ids.length, posts.length),
    small: 0,
  }
}

const wordsOf = (words: string | undefined): string[] =>
  (words ?? '').split(' ').filter((word) => word !== '')

const isComment = ({ post_number: number, post_type: type }: Post): boolean =>
  number > 1 && type !== smallAction

/** The number in the topic is the id: it is what replies, quotes and addresses name. */
function toComment(given: Post, answer: Answer, thread: Thread): Comment {
  const { data } = thread
  const { reply_to_post_number: parent, user_title: title } = given
  const username = cleanLine(given.username)
  const fullName = cleanLine(given.name)
  const address = new URL(`t/${data['topic'] ?? ''}/${given.post_number}`, data['server']).href
  return commentOf({
    nativeId: String(given.post_number),
    parentNativeId: parent === '1' ? null : parent,
    authorDisplay: fullName === username ? null : fullName,
    ...writtenBy(given.username, given.username),
    ...publishedAt(given.created_at, answer),
    ...readCooked(given.cooked, data['topic'] ?? '', address),
    likes: likesOf(given),
    state: stateOf(given.user_deleted || given.deleted_at !== null, given.hidden),
    isEdited: (given.version ?? 1) > 1,
    authorBadges: badgesOf(given, cleanLine(title)),
    permalink: address,
  })
}

const likeAction = 2

/** Actions that nobody took are left out of the summary. */
function likesOf({ actions_summary: actions }: Post): number | null {
  if (actions === null || actions === undefined) return null
  return actions.find(({ id: action }) => action === likeAction)?.count ?? 0
}

function badgesOf({ admin, moderator, staff }: Post, title: string | null): string[] {
  const roles = [
    admin ? 'admin' : '',
    moderator ? 'moderator' : '',
    staff && !admin && !moderator ? 'staff' : '',
  ]
  return [...roles.filter((role) => role !== ''), ...(title === null ? [] : [title])]
}

const boxes = selector('div')
const quoteBoxes = selector('aside.quote')
const quoteWords = selector('blockquote')
const apart = selector('aside.quote > .title, aside.onebox, .lightbox-wrapper .meta')

/** A quote stands in a box that names who is quoted and which post of which topic. */
function readCooked(cooked: string, topic: string, baseUrl: string): ReturnType<typeof readBody> {
  const content = boxes.first(parseHtml(`<div>${cooked.toWellFormed()}</div>`))
  if (content === null) return { bodyText: '', bodyHtml: '', quotes: [] }
  detach(apart.all(content))
  for (const box of quoteBoxes.all(content)) {
    const { attribs } = box
    const words = quoteWords.first(box)
    if (words === null) continue
    words.attribs['data-author'] = attribs['data-username'] ?? ''
    const number = attribs['data-post']
    if (number !== undefined && attribs['data-topic'] === topic) words.attribs['data-ref'] = number
  }
  return readBody(content, baseUrl)
}
