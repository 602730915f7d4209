import { z } from 'zod'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { publishedAt, stateOf, writtenBy, votes } from '../json/parts.ts'
import { jsonOf } from '../json/read-json.ts'
import { refusal, unread, unreadable } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { firstOf, numberIn, scriptAddress, scriptsWith, settingIn } from '../marks/scripts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Hyvor Talk: its data interface answers the publisher's own pages or who has his key, so that it is read by permission
 * only. Source: the vendor's documentation.
 */
export const hyvorTalk: CommentPlatform = {
  name: 'hyvor-talk',
  restriction: 'needs_consent',
  locate,
  open,
  read,
}

const pageSize = 50

/** The last is the box of those who had OpenWeb before. */
const boxes = selector('hyvor-talk-comments, #hyvor-talk-view, #hyvor-talk-embed, #spotim-comments')
const script = /\/\/talk\.hyvor\.com\/(?:embed|web-api)\/|\/hyvor-talk/

/** A box, or the vendor's script, with the number of the website. A count beside a headline is no thread. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const box = boxes.first(page.elements)
  if (box === null && scriptAddress(page, script) === null) return null
  const settings = scriptsWith(page, 'HYVOR_TALK', 'Hyvor', 'hyvor-talk')
  const website = firstOf(
    box?.attribs['website-id'],
    numberIn(settings, 'HYVOR_TALK_WEBSITE'),
    numberIn(settings, 'websiteId'),
    numberIn(settings, 'website-id'),
  )
  if (website === null || !/^\d+$/.test(website)) return null
  const fromScript = configured(settings)
  const key = firstOf(box?.attribs['page-id'], fromScript, context.articleNativeId)
  const apiKey = context.platformKeys?.[hyvorTalk.name]
  return embeddedThread(hyvorTalk.name, key ?? canonicalUrl(page.url) ?? page.url, page, context, {
    website,
    ...(apiKey === undefined ? {} : { apiKey }),
  })
}

/** `HYVOR_TALK_CONFIG = { url, id }` of the embedded script's first version. */
function configured(settings: string): string | null {
  const config = /HYVOR_TALK_CONFIG\s{0,9}=\s{0,9}\{([^{}]{0,2000})/.exec(settings)?.[1]
  return config === undefined
    ? null
    : firstOf(settingIn(config, 'id'), numberIn(config, 'id'), settingIn(config, 'url'))
}

function open(thread: Thread): Ask {
  return askPage(thread, 0)
}

function askPage({ data, nativeId }: Thread, offset: number): Ask {
  const url = new URL('https://talk.hyvor.com/api/data/v1/comments')
  url.searchParams.set('website_id', data['website'] ?? '')
  url.searchParams.set('page_identifier', nativeId)
  url.searchParams.set('sort', 'oldest')
  url.searchParams.set('limit', String(pageSize))
  if (offset > 0) url.searchParams.set('offset', String(offset))
  if (data['apiKey'] !== undefined) url.searchParams.set('api_key', data['apiKey'])
  return { url: url.href, accept: 'json', note: { offset: String(offset) } }
}

const comment = z.object({
  id,
  parent_id: reference,
  parent: z.object({ id }).nullish().catch(null),
  created_at: time,
  body_html: text,
  upvotes: count,
  downvotes: count,
  status: text,
  is_featured: flag,
  is_edited: flag,
  user: z
    .object({ id: reference, name: text, username: text, badges: z.array(z.unknown()).nullish().catch(null) })
    .nullish()
    .catch(null),
})

const list = z.array(comment)

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (answer.status === 401 || answer.status === 403) return unread('needs_token')
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const parsed = list.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(hyvorTalk.name, answer)
  const items = parsed.data
  const reached = Number(asked.note?.['offset'] ?? 0) + items.length
  return {
    comments: items.map((item) => toComment(item, answer, thread)),
    next: items.length < pageSize ? [] : [askPage(thread, reached)],
  }
}

const withheld: ReadonlySet<string> = new Set(['pending', 'spam'])

function toComment(item: z.infer<typeof comment>, answer: Answer, thread: Thread): Comment {
  const isRemoved = item.status === 'deleted'
  const user = isRemoved ? null : item.user
  return commentOf({
    nativeId: item.id,
    parentNativeId: item.parent_id ?? item.parent?.id ?? null,
    ...writtenBy(user?.name ?? '', user?.id ?? null),
    ...publishedAt(item.created_at, answer),
    ...readBodyHtml(isRemoved ? '' : item.body_html, articleUrlOf(thread)),
    ...votes(item.upvotes, item.downvotes),
    state: stateOf(isRemoved, withheld.has(item.status)),
    isEdited: item.is_edited,
    isPicked: item.is_featured,
    permalink: `${articleUrlOf(thread)}#ht-comment-${item.id}`,
  })
}
