import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, pathOf, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, reference, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Comentario: one POST gives every comment of a page, flat, and the writers apart. It is a request with an effect:
 * the server counts it as a view of the page, and makes a row for a page that it does not know yet, as for any reader
 * whose browser shows the page. Source: the project's embed client and its models.
 */
export const comentario: CommentPlatform = { name: 'comentario', locate, open, read }

const sections = selector('comentario-comments')
const scripts = selector('script[src*="comentario.js"]')

/** The script is served by the server that is asked; `page-id` stands for another path than the page's own. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const section = sections.first(page.elements)
  const script = section === null ? null : scripts.first(page.elements)
  const server = serverAddress(script?.attribs['src']?.replace(/\/comentario\.js.*$/, ''), page.url)
  if (section === null || script === null || server === null) return null
  const path = section.attribs['page-id'] ?? pathOf(page.url)
  return embeddedThread(comentario.name, path, page, context, { server, host: new URL(page.url).host })
}

function open({ data, nativeId }: Thread): Ask {
  return {
    url: new URL('api/embed/comments', data['server']).href,
    method: 'POST',
    json: { host: data['host'] ?? '', path: nativeId },
    accept: 'json',
  }
}

const item = z.object({
  id,
  parentId: reference,
  html: text,
  score: count,
  isSticky: flag,
  isPending: flag,
  isApproved: z.boolean().nullish().catch(null),
  isDeleted: flag,
  createdTime: time,
  editedTime: time,
  userCreated: text,
  authorName: text,
})

const writer = z.object({ id, name: text, isModerator: flag })

const list = z.object({
  comments: z
    .array(item)
    .nullish()
    .transform((comments) => comments ?? []),
  commenters: z.array(writer).nullish().catch(null),
  pageInfo: z.object({ isPageReadonly: flag, isDomainReadonly: flag }),
})

type Item = z.infer<typeof item>
type Writer = z.infer<typeof writer>

function read(answer: Answer, _asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, comentario.name)
  if (refused !== null) return refused
  const { comments, commenters, pageInfo } = content
  const writers = new Map((commenters ?? []).map((person) => [person.id, person]))
  return {
    comments: comments.map((given) => toComment(given, writers.get(given.userCreated), answer, thread)),
    next: [],
    reportedCount: comments.length,
    closed: pageInfo.isPageReadonly || pageInfo.isDomainReadonly,
  }
}

/** All who are not signed in share this id. */
const anonymousId = '00000000-0000-0000-0000-000000000000'

function toComment(given: Item, person: Writer | undefined, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const isSignedIn = person !== undefined && person.id !== anonymousId
  const isWithheld = given.isPending || given.isApproved === false
  return commentOf({
    nativeId: given.id,
    parentNativeId: given.parentId,
    ...(isSignedIn ? writtenBy(person.name, person.id) : writtenBy(given.authorName, null)),
    ...publishedAt(given.createdTime, answer),
    ...readBodyHtml(given.isDeleted ? '' : given.html, articleUrl),
    score: given.score,
    state: stateOf(given.isDeleted, isWithheld),
    ...editedAt(given.editedTime, answer),
    isPinned: given.isSticky,
    authorBadges: isSignedIn && person.isModerator ? ['moderator'] : [],
    permalink: `${articleUrl}#comentario-${given.id}`,
  })
}
