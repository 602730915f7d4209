import { z } from 'zod'
import { authorKey } from '../../../normalise/author.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { publishedAt, stateOf, reported, votes } from '../json/parts.ts'
import { jsonOf, readJson } from '../json/read-json.ts'
import { noneYet, refusal, unread, unreadable } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { firstOf } from '../marks/scripts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Viafoura, in steps: the site by its host, the thread by the page's container, pages of roots with their first
 * replies, the replies that are folded, and each writer's name. Source: the vendor's client as public repositories
 * use its interface.
 */
export const viafoura: CommentPlatform = { name: 'viafoura', locate, open, read }

const pageSize = 100
const repliesShown = 100

const metas = selector(
  'meta[name="vf:container_id"], meta[property="vf:container_id"], meta[name="vf:unique_id"], meta[property="vf:unique_id"]',
)
const conversations = selector(
  'vf-conversations, vf-widget[data-widget="commenting"], .vf-commenting, .vf-comments',
)

/** The container's id is the page's key. A box without one takes its id from the address, in the vendor's script. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const box = conversations.first(page.elements)
  const container = firstOf(
    box?.attribs['vf-container-id'],
    box?.attribs['data-container-id'],
    metas.first(page.elements)?.attribs['content'],
  )
  if (container === null && box === null) return null
  const { hostname } = new URL(page.url)
  return embeddedThread(viafoura.name, container ?? canonicalUrl(page.url) ?? page.url, page, context, {
    domain: hostname.replace(/^www\./, ''),
    ...(container === null ? {} : { container }),
  })
}

function open({ data }: Thread): Ask {
  return {
    url: `https://api.viafoura.co/v2/${data['domain'] ?? ''}/bootstrap/v2?session=false`,
    method: 'POST',
    accept: 'json',
    note: { of: 'site' },
  }
}

const server = 'https://livecomments.viafoura.co/v4/livecomments/'

/** Ids of the vendor go into addresses: whatever is no id stays out of them. */
const isId = (value: string | null): value is string => value !== null && /^[\w-]{1,80}$/.test(value)

interface Place {
  readonly section: string
  readonly list: string
}

function askContainer(section: string, container: string): Ask {
  const url = new URL(`${section}/contentcontainer/id`, server)
  url.searchParams.set('container_id', container)
  return { url: url.href, accept: 'json', note: { of: 'container', section } }
}

function askRoots({ section, list }: Place, after: string | null): Ask {
  const url = new URL(`${section}/${list}/comments`, server)
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('reply_limit', String(repliesShown))
  url.searchParams.set('sorted_by', 'oldest')
  if (after !== null) url.searchParams.set('starting_from', after)
  return { url: url.href, accept: 'json', note: { of: 'comments', section, list } }
}

function askReplies({ section, list }: Place, root: string, after: string | null): Ask {
  const url = new URL(`${section}/${list}/comments/${root}`, server)
  url.searchParams.set('limit', String(pageSize))
  url.searchParams.set('sorted_by', 'oldest')
  if (after !== null) url.searchParams.set('starting_from', after)
  return { url: url.href, accept: 'json', note: { of: 'comments', section, list, root } }
}

function askName(section: string, actor: string): Ask {
  const url = `https://iam.viafoura.co/v3/sections/${section}/users/${actor}`
  return { url, accept: 'json', note: { of: 'name', author: authorKey('user', actor) } }
}

const site = z.object({
  result: z.object({
    settings: z.object({ site_uuid: reference }).nullish().catch(null),
    sectionTree: z.object({ uuid: reference }).nullish().catch(null),
  }),
})

const container = z.object({
  content_container_uuid: reference,
  total_visible_content: count,
  comments_disabled: flag,
  state: text,
})

const content = z.object({
  content_uuid: id,
  parent_uuid: reference,
  thread_uuid: reference,
  content: text,
  date_created: time,
  date_updated: time,
  state: text,
  actor_uuid: reference,
  total_likes: count,
  total_dislikes: count,
  total_replies: count,
  is_pinned: flag,
  is_editor_pick: flag,
})

type Content = z.infer<typeof content>

const list = z.object({ contents: z.array(content), more_available: flag })

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { of = 'site', author = '', section = '' } = asked.note ?? {}
  switch (of) {
    case 'name':
      return readName(answer, author)
    case 'container':
      return readContainer(answer, section, thread)
    case 'comments':
      return readComments(answer, asked, thread)
    default:
      return readSite(answer, thread)
  }
}

function readSite(answer: Answer, { data }: Thread): Batch {
  const { content: found, refused } = readJson(answer, site, viafoura.name)
  if (refused !== null) return refused
  const section = found.result.sectionTree?.uuid ?? found.result.settings?.site_uuid ?? null
  if (!isId(section)) throw unreadable(viafoura.name, answer)
  const id = data['container']
  return id === undefined ? unread('unsupported') : { comments: [], next: [askContainer(section, id)] }
}

function readContainer(answer: Answer, section: string, thread: Thread): Batch {
  const none = noneYet(answer, thread)
  if (none !== null) return none
  const { content: found, refused } = readJson(answer, container, viafoura.name)
  if (refused !== null) return refused
  const { content_container_uuid: uuid, total_visible_content: total } = found
  if (!isId(uuid)) throw unreadable(viafoura.name, answer)
  return {
    comments: [],
    next: total === 0 ? [] : [askRoots({ section, list: uuid }, null)],
    closed: found.comments_disabled || found.state === 'closed',
    ...reported(total),
  }
}

function readComments(answer: Answer, { note = {} }: Ask, thread: Thread): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const parsed = list.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(viafoura.name, answer)
  const { section = '', list: uuid = '', root } = note
  const place = { section, list: uuid }
  const { contents, more_available: hasMore } = parsed.data
  const last = contents.findLast((item) => (root === undefined ? isRoot(item, uuid) : true))
  const more =
    !hasMore || last === undefined
      ? []
      : [root === undefined ? askRoots(place, last.content_uuid) : askReplies(place, root, last.content_uuid)]
  const actors = new Set(contents.map(({ actor_uuid: actor }) => actor).filter(isId))
  return {
    comments: contents.map((item) => toComment(item, place, root ?? null, answer, thread)),
    names: [...actors].map((actor) => askName(section, actor)),
    next: [...(root === undefined ? foldedIn(contents, place) : []), ...more],
  }
}

const isRoot = ({ parent_uuid: parent }: Content, container: string): boolean =>
  parent === null || parent === container

/** Roots with more replies than came along: `total_replies` counts those of every depth. */
function foldedIn(contents: readonly Content[], place: Place): Ask[] {
  const shown = new Map<string, number>()
  for (const { thread_uuid: root } of contents) if (root !== null) shown.set(root, (shown.get(root) ?? 0) + 1)
  return contents
    .filter((item) => isRoot(item, place.list) && isId(item.content_uuid))
    .filter(({ content_uuid: root, total_replies: total }) => (total ?? 0) > (shown.get(root) ?? 0))
    .map(({ content_uuid: root }) => askReplies(place, root, null))
}

const userAnswer = z.object({ name: text, display_name: text, username: text })

/** A name that can't be had leaves the comment with its writer's key. */
function readName(answer: Answer, key: string): Batch {
  const found = userAnswer.safeParse(jsonOf(answer)).data
  const name = refusal(answer) === null ? firstOf(found?.name, found?.display_name, found?.username) : null
  const line = cleanLine(name)
  return { comments: [], next: [], ...(line === null ? {} : { authorNames: { [key]: line } }) }
}

function toComment(
  item: Content,
  { list: container }: Place,
  root: string | null,
  answer: Answer,
  thread: Thread,
): Comment {
  const isRemoved = item.state === 'deleted' || item.state === 'disabled'
  const { actor_uuid: actor } = item
  const parent = item.parent_uuid ?? root
  return commentOf({
    nativeId: item.content_uuid,
    parentNativeId: parent === container ? null : parent,
    authorKey: isRemoved || actor === null ? null : authorKey('user', actor),
    ...publishedAt(item.date_created, answer),
    ...readBodyHtml(isRemoved ? '' : item.content, articleUrlOf(thread)),
    ...votes(item.total_likes, item.total_dislikes),
    state: stateOf(isRemoved, item.state !== '' && item.state !== 'visible'),
    isPinned: item.is_pinned,
    isPicked: item.is_editor_pick,
  })
}
