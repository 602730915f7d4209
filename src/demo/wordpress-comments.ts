import { englishMonths, offsetIso, readClock, two } from './clock.ts'
import { slugOf } from './lexicon.ts'
import { escapeHtml } from './markup.ts'
import { type DemoComment, repliesTo } from './model.ts'
import { printParagraphs, printText } from './wordpress-typography.ts'

/** What the list of comments depends on besides the comments. */
export interface CommentList {
  readonly origin: string
  readonly timezone: string
  readonly postId: number
  /** Replies below this level are printed at this level, after the one they answer. */
  readonly depth: number
  permalink(comment: DemoComment): string
}

/** The classic list in HTML5 markup; `visible` holds the replies too. */
export function renderCommentList(
  list: CommentList,
  roots: readonly DemoComment[],
  visible: readonly DemoComment[],
): string {
  const count = { printed: 0 }
  const items = roots.map((root) => renderItem(list, root, visible, 1, count))
  return `<ol class="comment-list">\n${items.join('\n')}\n</ol>`
}

function renderItem(
  list: CommentList,
  comment: DemoComment,
  visible: readonly DemoComment[],
  level: number,
  count: { printed: number },
): string {
  const replies = repliesTo(comment, visible)
  const parity = count.printed % 2 === 0 ? 'even' : 'odd alt'
  count.printed += 1
  const classes = [
    comment.isPing ? 'pingback' : 'comment',
    comment.author.memberId === null ? '' : `byuser comment-author-${slugOf(comment.author.name)}`,
    parity,
    `depth-${level}`,
    replies.length > 0 ? 'parent' : '',
  ]
  const opening = `<li id="comment-${comment.id}" class="${classes.filter((name) => name !== '').join(' ')}">`
  const isDeepest = level >= list.depth
  const printed = (next: number): string =>
    replies.map((answer) => renderItem(list, answer, visible, next, count)).join('\n')
  const box = renderBox(list, comment, isDeepest)
  const end = '</li><!-- #comment-## -->'
  if (isDeepest) return `${opening}\n${box}\n${end}${replies.length > 0 ? `\n${printed(level)}` : ''}`
  const children =
    replies.length > 0 ? `\n<ol class="children">\n${printed(level + 1)}\n</ol><!-- .children -->` : ''
  return `${opening}\n${box}${children}\n${end}`
}

/** At the deepest level there is no link to reply. */
function renderBox(list: CommentList, comment: DemoComment, isDeepest: boolean): string {
  const { author, id } = comment
  const name = escapeHtml(author.name)
  const isLinked = comment.isPing || author.memberId !== null
  const site = `https://${slugOf(author.name) || 'reader'}.example/`
  const shown = isLinked ? `<a href="${site}" class="url" rel="ugc external nofollow">${name}</a>` : name
  const avatar = `<img alt='' src='${list.origin}/wp-content/uploads/avatars/${author.memberId ?? 0}.png' class='avatar avatar-32 photo' height='32' width='32' />`
  const reply =
    comment.isPing || isDeepest
      ? ''
      : `<div class="reply"><a rel="nofollow" class="comment-reply-link" href="#comment-${id}" data-commentid="${id}" data-postid="${list.postId}">Reply</a></div>`
  return `<article id="div-comment-${id}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard">${avatar}<b class="fn">${shown}</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="${list.permalink(comment)}"><time datetime="${offsetIso(comment.publishedAt, list.timezone)}">${longDate(comment.publishedAt, list.timezone)}</time></a></div></footer>
<div class="comment-content">${renderContent(comment)}</div>
${reply}</article>`
}

/** The words as the page and the REST answers hold them. */
export function renderContent({ quotes, paragraphs }: DemoComment): string {
  const quoted = quotes.map(({ text }) => `<blockquote><p>${printText(text)}</p></blockquote>\n`)
  return `${quoted.join('')}${printParagraphs(paragraphs)}\n`
}

/** `March 2, 2026 at 2:31 pm`. */
export function longDate(moment: Date, timezone: string): string {
  const { year, month, day, hour, minute } = readClock(moment, timezone)
  const half = hour < 12 ? 'am' : 'pm'
  return `${englishMonths[month - 1]} ${day}, ${year} at ${hour % 12 || 12}:${two(minute)} ${half}`
}
