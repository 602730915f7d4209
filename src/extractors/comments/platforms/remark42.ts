import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { nodesOf } from '../json/tree.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { scriptsWith, settingIn } from '../marks/scripts.ts'

/**
 * Remark42: `GET api/v1/find` gives the tree of a page, of any depth. Newer servers part it after whole branches
 * (`limit`, `offset_id`, `info.count_left`); older ones pay no heed to a limit.
 * Source: the project's documentation of its interface.
 */
export const remark42: CommentPlatform = { name: 'remark42', locate, open, read }

const pageSize = 500

const sections = selector('#remark42')
const embeds = selector('script[src*="/web/embed"]')

/** The settings name the server and the site; the address of the page is set or is the page's own. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  if (sections.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'remark_config')
  const site = settingIn(settings, 'site_id')
  if (site === null) return null
  const embed = embeds.first(page.elements)?.attribs['src']?.replace(/\/web\/embed.*$/, '')
  const server = serverAddress(settingIn(settings, 'host') ?? embed, page.url)
  if (server === null) return null
  const { origin, pathname } = new URL(page.url)
  const address = settingIn(settings, 'url') ?? `${origin}${pathname}`
  return embeddedThread(remark42.name, address.split('#')[0] ?? address, page, context, { server, site })
}

function open(thread: Thread): Ask {
  return askAfter(thread, null)
}

function askAfter({ data, nativeId }: Thread, lastId: string | null): Ask {
  const url = new URL('api/v1/find', data['server'])
  url.searchParams.set('site', data['site'] ?? '')
  url.searchParams.set('url', nativeId)
  url.searchParams.set('sort', '+time')
  url.searchParams.set('format', 'tree')
  url.searchParams.set('limit', String(pageSize))
  if (lastId !== null) url.searchParams.set('offset_id', lastId)
  return { url: url.href, accept: 'json' }
}

const writer = z.object({
  id: text,
  name: text,
  admin: flag,
  verified: flag,
  paid_sub: flag,
})

const node = z.object({
  comment: z.object({
    id,
    pid: reference,
    text,
    user: writer,
    score: count,
    time,
    edit: z.object({ time }).nullish().catch(null),
    pin: flag,
    delete: flag,
  }),
  replies: z.array(z.unknown()).nullish(),
})

const tree = z.object({
  comments: z.array(z.unknown()),
  info: z.object({ count, count_left: count, last_comment: text, read_only: flag }),
})

type Item = z.infer<typeof node>['comment']

function read(answer: Answer, _asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, tree, remark42.name)
  if (refused !== null) return refused
  const { comments, info } = content
  const { placed, lost } = nodesOf(comments, node, ({ replies }) => replies ?? [], {
    platform: remark42.name,
    answer,
  })
  const hasMore = (info.count_left ?? 0) > 0 && info.last_comment !== '' && comments.length > 0
  return {
    comments: placed.map(({ node: { comment } }) => toComment(comment, answer, thread)),
    next: hasMore ? [askAfter(thread, info.last_comment)] : [],
    closed: info.read_only,
    ...(info.count === null ? {} : { reportedCount: info.count }),
    ...lost,
  }
}

/** What is deleted keeps its place and its time, without words and name. */
function toComment(item: Item, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { user, score, edit } = item
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.pid,
    ...(item.delete ? {} : writtenBy(user.name, user.id)),
    ...publishedAt(item.time, answer),
    ...readBodyHtml(item.delete ? '' : item.text, articleUrl),
    score,
    state: stateOf(item.delete, false),
    ...editedAt(edit?.time ?? null, answer),
    isPinned: item.pin,
    authorBadges: badgesOf(user),
    permalink: `${articleUrl}#remark42__comment-${item.id}`,
  })
}

function badgesOf({ admin, verified, paid_sub: pays }: z.infer<typeof writer>): string[] {
  return [
    ...(admin ? ['admin'] : []),
    ...(verified ? ['verified'] : []),
    ...(pays ? ['paid subscriber'] : []),
  ]
}
