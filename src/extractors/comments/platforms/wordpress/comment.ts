import type { Document, Element } from 'domhandler'
import { findMoment, type Moment, type MomentContext, parseMoment } from '../../../../normalise/date.ts'
import { htmlToText } from '../../../../normalise/html.ts'
import { cleanLine } from '../../../../normalise/text.ts'
import { selector } from '../../../selector.ts'
import { readBody } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { isElement, isWords } from '../../../elements.ts'
import { descendants, detach, hasClass, lineOf } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'
import { isButton } from '../../sections/written-name.ts'
import { bodyOf } from '../../sections/read-section.ts'
import type { Entry } from '../../sections/section.ts'
import { takeBody } from './words.ts'

export interface Reading extends MomentContext {
  readonly document: Document
  readonly articleUrl: string
}

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
  'a.url, a[rel~="external"]',
  '[class*="author"]:not([class*="avatar"]):not(.post-author), [class*="username"], [class*="user-name"]',
  '.name, [class*="-name"], [class*="_name"], cite, .author',
].map(selector)

export function isPingback(element: Element): boolean {
  return hasClass(element, 'pingback') || hasClass(element, 'trackback')
}

/**
 * Reads one comment from its element, which must hold nothing of its replies. Changes the element.
 * @param entry where its parts are by the look of all comments, for a theme whose names tell nothing.
 */
export function readComment(
  place: CommentPlace,
  element: Element,
  reading: Reading,
  entry: Entry | null,
): Comment {
  const { articleUrl } = reading
  const isPing = isPingback(element)
  const { body, moment, name } = entry === null ? partsByName(element, reading) : partsByPlace(entry)
  return commentOf({
    authorName: name ?? (isPing ? takeTitle(body) : firstName(element, reading)),
    publishedAt: moment?.at ?? null,
    publishedPrecision: moment?.precision ?? null,
    publishedRaw: moment?.raw ?? null,
    ...readBody(body, articleUrl),
    score: scoreOf(element),
    isPing,
    permalink: `${articleUrl}#comment-${place.nativeId}`,
    ...place,
  })
}

interface Parts {
  readonly body: Element
  readonly moment: Moment | null
  readonly name: string | null
}

function partsByName(element: Element, reading: Reading): Parts {
  const body = takeBody(element)
  const moment = momentOf(element, reading)
  return { body, moment, name: authorName(element, reading) }
}

function partsByPlace(entry: Entry): Parts {
  return { body: bodyOf(entry), moment: entry.date?.moment ?? null, name: entry.author?.name ?? null }
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
  /(?<!\s)\s+(?:says|said|wrote|writes|sagt|sagte|meint|meinte|schreibt|schrieb|a dit|a écrit|dit|dice|escribió|ha scritto|disse|пишет|говорит)\s*:?\s*$/iu
const beforeDate = /(?:\s|^)(?:on|am|le|el|den|at)\s*$/iu

function nameIn(line: string): string | null {
  const introduced = line.replace(introduction, '')
  const words = introduced === line ? line : introduced.replace(/\s[—–|]\s.*$/u, '')
  return cleanLine(words.replace(/(?<![\s:,|•·—–-])[\s:,|•·—–-]+$/u, '').replace(saysWords, ''))
}

/** The name in a header that goes on with the date. Without a figure in it, the date may be a name: "Rui Ma". */
function nameBefore(line: string, reading: Reading, earlier: readonly string[] = []): string | null {
  const moment = findMoment(dateWords(line), reading)
  if (moment === null || !/\d/.test(line.slice(moment.index, moment.index + moment.length))) return null
  return nameIn([...earlier, line.slice(0, moment.index)].join(' ').replace(beforeDate, ''))
}

/** A theme without a class for the name prints it first, if not a button. */
function firstName(element: Element, reading: Reading): string | null {
  const stamped = times.all(element)
  const dated = stamped.length > 0 ? null : nameBeforeDate(piecesOf(element), reading)
  if (dated !== null) return dated
  detach(stamped)
  const [line = ''] = htmlToText(element).split('\n')
  const name = nameBefore(line, reading) ?? nameIn(line)
  return name === null || isButton(name) ? null : name
}

/** The words of an element with its parts apart, as a style sheet sets them: "Ann Lee" and "June 19" in two spans. */
function spacedLine(element: Element): string {
  return cleanLine(piecesOf(element).join(' ')) ?? ''
}

/** A name may end in a word for "today", so that the date is looked for in one piece at a time. */
function nameBeforeDate(pieces: readonly string[], reading: Reading): string | null {
  for (const [place, piece] of pieces.entries()) {
    const before = nameBefore(piece, reading, pieces.slice(0, place))
    if (before !== null) return before
  }
  return null
}

function piecesOf(element: Element): string[] {
  const words: string[] = []
  for (const node of descendants(element, (parent) => !(isElement(parent) && unread.has(parent.name)))) {
    const piece = isWords(node) ? cleanLine(node.data) : null
    if (piece !== null) words.push(piece)
  }
  return words
}

const unread: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'button', 'form'])

const times = selector('time')
const stamps = ['time[datetime]', '[itemprop^="date"]', '[class*="date"][title]'].map(selector)
const dateLines = selector('[class*="metadata"], [class*="date"], [class*="time"], [class*="meta"]')

function momentOf(element: Element, reading: Reading): Moment | null {
  return (
    stampedMoment(element, reading) ??
    momentIn(lineOf(element) ?? '', reading) ??
    momentIn(spacedLine(element), reading)
  )
}

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
  const { at, precision, index, length } = moment
  return { at, precision, raw: text.slice(index, index + length) }
}

/** Themes part date and time by signs: "19 June 2019 / 6:16", "9. April 2019 @ 17:54". Keeps the length. */
function dateWords(text: string): string {
  return text.replace(/(?<=\s)[/|@](?=\s)/g, ' ')
}
