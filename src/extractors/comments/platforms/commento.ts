import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { readJson } from '../json/read-json.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread, pathOf, serverAddress } from '../marks/embedded-thread.ts'
import { count, flag, id, text, time } from '../json/fields.ts'
import { publishedAt, stateOf, writtenBy } from '../json/parts.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Commento and Commento++: one POST gives every comment of a page, flat, and the writers apart. The token "anonymous"
 * is what its script sends for every reader who has not signed in.
 */
export const commento: CommentPlatform = { name: 'commento', locate, open, read }

const sections = selector('#commento')
const scripts = selector('script[src*="commento"]')

/** The script is served by the server that is asked. */
function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const section = sections.first(page.elements)
  const script = section === null ? null : scripts.first(page.elements)
  const source = /^(.*)\/js\/commento(?:\.min)?\.js/.exec(script?.attribs['src'] ?? '')?.[1]
  const server = serverAddress(source, page.url)
  if (section === null || server === null) return null
  const path = script?.attribs['data-page-id'] ?? pathOf(page.url)
  return embeddedThread(commento.name, path, page, context, { server, domain: new URL(page.url).host })
}

function open({ data, nativeId }: Thread): Ask {
  return {
    url: new URL('api/comment/list', data['server']).href,
    method: 'POST',
    json: { commenterToken: 'anonymous', domain: data['domain'] ?? '', path: nativeId },
    accept: 'json',
  }
}

const item = z.object({
  commentHex: id,
  commenterHex: text,
  markdown: text,
  html: text,
  parentHex: text,
  score: count,
  state: text,
  creationDate: time,
  deleted: flag,
})

const writer = z.object({ name: text, isModerator: flag })

const list = z.object({
  success: z.literal(true),
  comments: z
    .array(item)
    .nullish()
    .transform((comments) => comments ?? []),
  commenters: z.record(z.string(), writer).nullish().catch(null),
  isFrozen: flag,
  attributes: z.object({ isLocked: flag, stickyCommentHex: text }).nullish().catch(null),
})

type Item = z.infer<typeof item>
type Writers = z.infer<typeof list>['commenters']

function read(answer: Answer, _asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, commento.name)
  if (refused !== null) return refused
  const { comments, commenters, isFrozen, attributes } = content
  const pinned = attributes?.stickyCommentHex ?? ''
  return {
    comments: comments.map((given) => ({
      ...toComment(given, commenters, answer, thread),
      isPinned: pinned !== '' && given.commentHex === pinned,
    })),
    next: [],
    reportedCount: comments.length,
    closed: isFrozen || attributes?.isLocked === true,
  }
}

function toComment(given: Item, writers: Writers, answer: Answer, thread: Thread): Comment {
  const articleUrl = articleUrlOf(thread)
  const { commentHex, commenterHex, parentHex, state } = given
  const person = writers?.[commenterHex]
  const isRemoved = given.deleted || given.markdown === '[deleted]'
  const isWithheld = state === 'unapproved' || state === 'flagged'
  return commentOf({
    nativeId: commentHex,
    parentNativeId: parentHex === '' || parentHex === 'root' ? null : parentHex,
    ...(person === undefined ? {} : writtenBy(person.name, commenterHex)),
    ...publishedAt(given.creationDate, answer),
    ...readBodyHtml(isRemoved ? '' : given.html, articleUrl),
    score: given.score,
    state: stateOf(isRemoved, isWithheld),
    authorBadges: person?.isModerator === true ? ['moderator'] : [],
    permalink: `${articleUrl}#commento-${commentHex}`,
  })
}
