import type { Element } from 'domhandler'
import { z } from 'zod'
import { selector } from '../../selector.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { count, flag, id, listOf, text, time } from '../json/fields.ts'
import { badges, editedAt, publishedAt } from '../json/parts.ts'
import { readJson } from '../json/read-json.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread } from '../platform.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform, repliesAt } from '../printed/printed-platform.ts'

const posts = selector('.thing.comment')
const entries = selector('.thing .tagline')
const links = selector('a')

const anchor = 'thing_t1_'

const printed = printedPlatform({
  name: 'old-reddit',
  usualTimezone: 'UTC',
  isHere: ({ elements }) => posts.first(elements) !== null && entries.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^thing_t1_([0-9a-z]+)$/),
  levelOf: 'nesting',
  author: [selector('.tagline .author'), selector('.tagline em')],
  times: [selector('.tagline time.live-timestamp'), selector('.tagline time')],
  body: [selector('.usertext-body .md'), selector('.usertext-body')],
  edited: selector('.tagline .edited-timestamp'),
  badges: selector('.userattrs a'),
  score: selector('.score.unvoted'),
  opening: {
    box: selector('#siteTable > .thing.link'),
    author: [selector('.tagline .author')],
    times: [selector('.tagline time')],
    body: [selector('.expando .usertext-body .md')],
  },
  folded: selector('.morecomments, .deepthread'),
  unfold,
  anchor,
})

/**
 * Reddit's former design, in which the server still prints a whole discussion. Long lists end in "load more comments",
 * whose ids its script posts to `/api/morechildren`; deep branches in a link to the page of their last comment. Source:
 * the project's templates and its interface's documentation.
 */
export const oldReddit: CommentPlatform = {
  ...printed,
  read: (answer, asked, thread) =>
    asked.note?.['step'] === 'more' ? readMore(answer, asked, thread) : printed.read(answer, asked, thread),
}

function unfold(fold: Element, pageUrl: string): readonly Ask[] {
  const { href, onclick = '' } = links.first(fold)?.attribs ?? {}
  const call = /morechildren\(this,\s?'(t3_[0-9a-z]{1,20})',\s?'[^']{0,20}',\s?'([^']*)'/.exec(onclick)
  if (call === null)
    return repliesAt(href, pageUrl, /\/comments\/[^/]+\/[^/]*\/([0-9a-z]+)/.exec(href ?? '')?.[1])
  const [, link = '', ids = ''] = call
  return askMore(link, ids.split(','), pageUrl)
}

/** The interface takes so many ids at a time. */
const idsAtOnce = 100

function askMore(link: string, named: readonly string[], pageUrl: string): Ask[] {
  const ids = named.flatMap((name) => /^(?:t1_)?([0-9a-z]{1,20})$/.exec(name.trim())?.[1] ?? [])
  const lots = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, lot) =>
    ids.slice(lot * idsAtOnce, (lot + 1) * idsAtOnce),
  )
  return lots.map((lot) => {
    const url = new URL('/api/morechildren.json', pageUrl)
    const query = { api_type: 'json', raw_json: '1', limit_children: 'false', link_id: link }
    url.search = new URLSearchParams({ ...query, children: lot.join(',') }).toString()
    return { url: url.href, accept: 'json', note: { step: 'more', link } }
  })
}

const named = z.object({ id, parent_id: text })

const post = named.extend({
  author: text,
  body_html: text,
  created_utc: time,
  edited: z.number().nullable().catch(null),
  score: count,
  score_hidden: flag,
  is_submitter: flag,
  distinguished: text,
  stickied: flag,
})

const thing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('t1'), data: post }),
  z.object({ kind: z.literal('more'), data: named.extend({ children: listOf(z.string()) }) }),
])

const list = z.object({ json: z.object({ data: z.object({ things: z.array(thing) }) }) })

/** A flat list: comments, and what stands for those that are still left out. */
function readMore(answer: Answer, asked: Ask, thread: Thread): Batch {
  const { content, refused } = readJson(answer, list, oldReddit.name)
  if (refused !== null) return refused
  const link = asked.note?.['link'] ?? ''
  const next: Ask[] = []
  const comments: Comment[] = []
  for (const { kind, data } of content.json.data.things) {
    if (kind === 't1') comments.push(toComment(data, answer, thread))
    else if (data.children.length > 0) next.push(...askMore(link, data.children, thread.pageUrl))
    else next.push(...branchBelow(data.parent_id, thread))
  }
  return { comments, next }
}

/** Where a branch is too deep, nothing is named but the comment that it goes on from. */
function branchBelow(parentName: string, { data, pageUrl }: Thread): Ask[] {
  const parent = commentNamed(parentName)
  if (parent === null) return []
  return repliesAt(
    `${(data['articleUrl'] ?? pageUrl).replace(/(?<!\/)\/*$/, '/')}${parent}/`,
    pageUrl,
    parent,
  )
}

/** The id in a full name such as `t1_abc`; null where it names the article, `t3_abc`. */
const commentNamed = (name: string): string | null => /^t1_([0-9a-z]+)$/.exec(name)?.[1] ?? null

function toComment(item: z.infer<typeof post>, answer: Answer, { data, pageUrl }: Thread): Comment {
  const articleUrl = data['articleUrl'] ?? pageUrl
  const { distinguished, is_submitter: isSubmitter, score, score_hidden: isHidden } = item
  return commentOf({
    nativeId: item.id,
    parentNativeId: commentNamed(item.parent_id),
    authorName: item.author === '' ? null : item.author,
    ...publishedAt(item.created_utc, answer),
    ...editedAt(item.edited, answer),
    ...readBodyHtml(item.body_html, articleUrl),
    score: isHidden ? null : score,
    // As the page abbreviates them.
    authorBadges: badges({ S: isSubmitter, M: distinguished === 'moderator', A: distinguished === 'admin' }),
    isPinned: item.stickied,
    permalink: `${articleUrl}#${anchor}${item.id}`,
  })
}
