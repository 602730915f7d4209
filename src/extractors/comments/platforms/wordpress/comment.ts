import { type Document, Element, isTag } from 'domhandler'
import { appendChild } from 'domutils'
import { findMoment, type Moment, parseMoment } from '../../../../normalise/date.ts'
import { htmlToText } from '../../../../normalise/html.ts'
import { cleanLine } from '../../../../normalise/text.ts'
import { type Selector, selector } from '../../../selector.ts'
import { readBody } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { detach, hasClass, lineOf } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'

export interface Reading {
  readonly document: Document
  readonly articleUrl: string
  readonly timezone: string
  readonly fetchedAt: Date
}

/** Where themes put a comment's words, the surest first. */
const bodySelectors = [
  '.comment-content, [class*="-comment-content"]',
  '.wp-block-comment-content',
  '.wpd-comment-text',
  '[itemprop="text"], [itemprop="commentText"]',
  '.comment-text, .comment_text, .commenttext, [class*="comment__text"]',
  '.comment-entry, .comment_content, .commentcontent, [class*="comment__content"], [class*="comment__body"]',
  '.comment-body, .comment_body, .commentbody',
].map(selector)

/** What a theme prints inside a body that is not the writer's: header, buttons, notices, shares. */
const apart = selector(
  '.comment-author, .comment-meta, [class*="-comment-meta"], .comment-metadata, .commentmetadata, .comment-header, .vcard, .fn, .says, ' +
    '[class*="comment__header"], [class*="comment__footer"], .comment-date, .comment-time, .comment-awaiting-moderation, ' +
    '.reply, .comment-reply, .comment-reply-link, .comment-reply-login, .edit-link, .comment-edit-link, ' +
    '.comment-actions, .comment-footer, .comment-links, .comment-likes, .sharedaddy, .screen-reader-text, ' +
    '.avatar, .gravatar, img[src*="gravatar.com"], cite:has(a[href*="#comment-"]), time, form, script, style, noscript, button',
)

export type CommentPlace = Pick<Comment, 'nativeId' | 'parentNativeId' | 'parentConfidence'>

const nameSelectors = [
  '.comment-author .fn, cite.fn, b.fn, .fn',
  '.wp-block-comment-author-name',
  '.wpd-comment-author',
  '[itemprop="author"] [itemprop="name"], [itemprop="author"], [itemprop="creator"]',
  '.comment-author-name, .comment_author_name, [class*="comment__author-name"], .commenter-name, .comment-name',
  '.comment-author cite, .comment-author strong, .comment-author b, .comment-author a.url',
  '.comment-author, .comment_author, .commentauthor, .comment-author-link, [class*="comment__author"]:not([class*="avatar"])',
  '.comment-meta strong, .comment-meta b, .comment-header strong, .comment-header b',
  'cite, .author',
].map(selector)

/** Reads one comment from its element, which must hold nothing of its replies. Changes the element. */
export function readComment(place: CommentPlace, element: Element, reading: Reading): Comment {
  const { articleUrl } = reading
  const isPing = hasClass(element, 'pingback') || hasClass(element, 'trackback')
  const body = takeBody(element)
  const moment = stampedMoment(element, reading) ?? momentIn(lineOf(element) ?? '', reading)
  return commentOf({
    ...place,
    authorName: authorName(element, reading) ?? (isPing ? takeTitle(body) : firstName(element, reading)),
    publishedAt: moment?.at ?? null,
    publishedPrecision: moment?.precision ?? null,
    publishedRaw: moment?.raw ?? null,
    ...readBody(body, articleUrl),
    score: scoreOf(element),
    isPing,
    permalink: `${articleUrl}#comment-${place.nativeId}`,
  })
}

const votes = selector('.wpd-vote-result[title]')

/** Votes for less votes against, as wpDiscuz prints them. */
function scoreOf(element: Element): number | null {
  const score = votes.first(element)?.attribs['title'] ?? ''
  return /^[+-]?\d{1,9}$/.test(score) ? Number(score) : null
}

/** "Pingback:" in any language, when nothing else is left. */
const pingLabel = /^[\p{L} -]{1,40}:?$/u

const links = selector('a')

/** A ping has no writer: the title of the linking page takes the name's place. */
function takeTitle(body: Element): string | null {
  const link = links.first(body)
  const title = link === null ? null : lineOf(link)
  if (link !== null) detach([link])
  if (pingLabel.test(lineOf(body) ?? '')) detach([...body.children])
  return title
}

function authorName(element: Element, reading: Reading): string | null {
  for (const names of nameSelectors) {
    for (const candidate of names.all(element)) {
      const [line = ''] = htmlToText(candidate).split('\n')
      const name = nameBefore(line, reading) ?? nameIn(line)
      if (name !== null) return name
    }
  }
  return null
}

const introduction = /^(?:comment|kommentar|trackback|pingback)\s+(?:by|von)\s+/iu
const saysWords =
  /\s+(?:says|said|sagt|sagte|meint|schreibt|a dit|dit|dice|escribió|disse|пишет|говорит|on|am|le|el)\s*:?\s*$/iu

function nameIn(line: string): string | null {
  const introduced = line.replace(introduction, '')
  const name = introduced === line ? line : introduced.replace(/\s[—–|]\s.*$/u, '')
  return cleanLine(name.replace(/[\s:,|•·—–-]+$/u, '').replace(saysWords, ''))
}

/** The name in a header that goes on with the date. */
function nameBefore(line: string, reading: Reading): string | null {
  const moment = findMoment(dateWords(line), reading)
  return moment === null ? null : nameIn(line.slice(0, moment.index))
}

/** A theme without a class for the name prints it first. */
function firstName(element: Element, reading: Reading): string | null {
  detach(times.all(element))
  const [line = ''] = htmlToText(element).split('\n')
  return nameBefore(line, reading) ?? nameIn(line)
}

const times = selector('time')
const stamps = ['time[datetime]', '[itemprop^="date"]', '[class*="date"][title]'].map(selector)
const dateLines = selector('[class*="metadata"], [class*="date"], [class*="time"], [class*="meta"]')

function stampedMoment(box: Element, reading: Reading): Moment | null {
  for (const stamp of stamps) {
    const { datetime, content, title } = stamp.first(box)?.attribs ?? {}
    const moment = parseMoment(datetime ?? content ?? title, reading)
    if (moment.at !== null) return moment
  }
  for (const lines of [times, dateLines]) {
    for (const element of lines.all(box)) {
      const moment = momentIn(lineOf(element) ?? '', reading)
      if (moment !== null) return moment
    }
  }
  return null
}

function momentIn(text: string, reading: Reading): Moment | null {
  const moment = findMoment(dateWords(text), reading)
  if (moment === null || moment.at === null) return null
  return { ...moment, raw: text.slice(moment.index, moment.index + moment.length) }
}

/** Themes part date and time by signs: "19 June 2019 / 6:16", "9. April 2019 @ 17:54". Keeps the length. */
function dateWords(text: string): string {
  return text.replace(/(?<=\s)[/|@](?=\s)/g, ' ')
}

/**
 * Takes the comment's words out of its element and leaves the header there, also where a theme prints
 * the header inside the body, or gives the words no box of their own.
 */
function takeBody(element: Element): Element {
  const found = firstOf(bodySelectors, element)
  const body = found ?? new Element('div', {})
  if (found === null) for (const child of element.children.slice()) appendChild(body, child)
  else detach([found])
  const parts = new Set(apart.all(body))
  for (const part of parts) if (!isInside(part, parts)) appendChild(element, part)
  return body
}

function firstOf(selectors: readonly Selector[], element: Element): Element | null {
  for (const candidates of selectors) {
    const found = candidates.first(element)
    if (found !== null) return found
  }
  return null
}

function isInside({ parent }: Element, elements: ReadonlySet<Element>): boolean {
  for (let outer = parent; outer !== null && isTag(outer); outer = outer.parent) {
    if (elements.has(outer)) return true
  }
  return false
}
