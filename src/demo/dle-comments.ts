import { type DleDialect, dleDate } from './dle-dialect.ts'
import { escapeHtml } from './markup.ts'
import {
  type DemoArticle,
  type DemoAuthor,
  type DemoComment,
  type DemoQuote,
  type DemoSite,
  pageCount,
  pageOf,
  repliesTo,
  visibleComments,
} from './model.ts'
import { encodeWindows1251 } from './windows-1251.ts'

/** What the markup of one answer depends on besides the comments. */
export interface DleView {
  readonly site: DemoSite
  readonly dialect: DleDialect
  readonly at: Date
  /** Who is online changes from request to request. */
  isOnline(author: DemoAuthor): boolean
}

/** `postId` is the article's number, which quotes name beside the quoted comment's. */
interface ThreadView extends DleView {
  readonly postId: number
}

/** What the engine pages by: first-level comments in a tree, else all. */
function pagedComments({ dialect }: DleView, article: DemoArticle): DemoComment[] {
  const visible = visibleComments(article)
  return dialect.isTree ? repliesTo(null, visible) : visible
}

export function commentPages(view: DleView, article: DemoArticle): number {
  return pageCount(pagedComments(view, article), view.dialect.pageSize)
}

/** The list of one comment page, as it stands in the page and in the script's answers. */
export function renderComments(base: DleView, article: DemoArticle, page: number): string {
  const { isTree, pageSize } = base.dialect
  const view = { ...base, postId: article.id }
  const paged = pagedComments(view, article)
  const first = (page - 1) * pageSize + 1
  const boxes = pageOf(paged, page, pageSize)
  if (!isTree) return boxes.map((comment, index) => renderBox(view, comment, first + index)).join('\n')
  return renderBranch(view, boxes, visibleComments(article), first)
}

/** Version 10.5 leaves the list items open between siblings and closes only the last of a list. */
function renderBranch(
  view: ThreadView,
  comments: readonly DemoComment[],
  visible: readonly DemoComment[],
  first: number,
): string {
  const items = comments.map((comment, index) => {
    const replies = repliesTo(comment, visible)
    const branch = replies.length > 0 ? renderBranch(view, replies, visible, 1) : ''
    const opening = `<li id="comments-tree-item-${comment.id}" class="comments-tree-item" >`
    return `${opening}${renderBox(view, comment, first + index)}${branch}`
  })
  return `<ol class="comments-tree-list">${items.join('')}</li></ol>`
}

/** `ordinal` is the place on the page, which skins print as the box's id: no name of the comment. */
function renderBox(view: ThreadView, comment: DemoComment, ordinal: number): string {
  const { site, dialect, at } = view
  const date = dleDate(comment.publishedAt, at, site.timezone, dialect)
  const display = comment.author.display
    ? ` <span class="fullname">(${escapeHtml(comment.author.display)})</span>`
    : ''
  const net = comment.likes - comment.dislikes
  const sign = net > 0 ? 'ratingplus' : net < 0 ? 'ratingminus' : 'ratingzero'
  return `<div id='comment-id-${comment.id}'><div class="comment-box" id="${ordinal}">
<div class="comment-head">${renderAvatar(view, comment.author)}
<b class="name">${renderAuthor(view, comment.author)}</b>${display} <span class="grey date">${date}</span></div>
<div class="text"><div id='comm-id-${comment.id}'>${renderBody(view, comment)}</div></div>
<div class="comment-foot"><span id="comments-ratig-layer-${comment.id}"><span class="ratingtypeplusminus ${sign}">${net > 0 ? '+' : ''}${net}</span></span>
<span class="votes">(<span id="comments-vote-num-id-${comment.id}">${comment.likes + comment.dislikes}</span>)</span></div>
</div></div>`
}

function renderAvatar(view: DleView, author: DemoAuthor): string {
  const picture = `<img src="${view.site.origin}/templates/${view.dialect.skin}/dleimages/noavatar.png" alt="">`
  if (author.memberId === null) return `<span class="avatar">${picture}</span>`
  const { online, offline } = view.dialect.words
  const status = view.isOnline(author) ? online : offline
  const name = escapeHtml(author.name)
  return `<a class="avatar" ${profileLink(view, author.name)}>${picture}<span class="login">${name}</span></a>
<span class="status ${status === online ? 'online' : 'offline'}" title="${status}">${status}</span>`
}

/** Members are links to their profile; some guests left an address, which is nobody's business. */
function renderAuthor(view: DleView, author: DemoAuthor): string {
  const name = escapeHtml(author.name)
  if (author.memberId !== null) return `<a ${profileLink(view, author.name)}>${name}</a>`
  return author.name.length % 2 === 0
    ? `<a href="mailto:reader${author.name.length}@example.org">${name}</a>`
    : name
}

function profileLink({ site, dialect }: DleView, name: string): string {
  const bytes = dialect.charset === 'windows-1251' ? encodeWindows1251(name) : Buffer.from(name)
  const segment = [...bytes].map((byte) => urlByte(byte)).join('')
  const url = `${site.origin}/user/${segment}/`
  return `onclick="ShowProfile('${segment}', '${url}', '0'); return false;" href="${url}"`
}

/** The engine encodes names in the page's own charset, spaces as plus signs. */
function urlByte(byte: number): string {
  const character = String.fromCharCode(byte)
  if (/[\w.-]/.test(character)) return character
  return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

function renderBody(view: ThreadView, comment: DemoComment): string {
  const quotes = comment.quotes.map((quote) =>
    (view.dialect.isTree ? markedQuote : referringQuote)(view, quote),
  )
  const lines = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>')
  const text = view.dialect.isTree
    ? lines(comment.paragraphs.join('\n\n'))
    : comment.paragraphs.map((paragraph) => `<p>${lines(paragraph)}</p>`).join('')
  return `${quotes.join('')}${quotes.length > 0 && view.dialect.isTree ? '<br>' : ''}${text}`
}

/** Up to version 12 the author of the quoted words stands in an HTML comment and in the visible title. */
function markedQuote({ dialect }: DleView, { of, text }: DemoQuote): string {
  const author = escapeHtml(of.author.name)
  const title = `<div class="title_quote">${dialect.words.quote}: ${author}</div>`
  const words = `<div class="quote"><!--QuoteEBegin-->${escapeHtml(text)}<!--QuoteEnd--></div>`
  return `<!--QuoteBegin ${author} -->${title}${words}<!--QuoteEEnd-->`
}

/** Newer versions name the quoted comment by id, which is the only edge that a flat list has. */
function referringQuote(view: ThreadView, { of, text }: DemoQuote): string {
  const { site, dialect, at, postId } = view
  const author = escapeHtml(of.author.name)
  const time = Math.floor(of.publishedAt.getTime() / 1_000)
  const data = `data-commenttime="${time}" data-commentuser="${author}" data-commentid="${of.id}" data-commentpostid="${postId}" data-commentgast="${of.author.memberId === null ? 1 : 0}"`
  const date = dleDate(of.publishedAt, at, site.timezone, dialect)
  const jump = `<a class="quote_link" href="#" onclick="findCommentsPage(this, '${of.id}', '${postId}'); return false;"></a>`
  const title = `<div class="title_quote" ${data}>${date}, ${renderQuoted(view, of.author)} ${dialect.words.wrote}: ${jump}</div>`
  return `<div class="quote_block noncontenteditable">${title}<div class="quote"><p>${escapeHtml(text)}</p></div></div>`
}

function renderQuoted(view: DleView, author: DemoAuthor): string {
  const name = escapeHtml(author.name)
  return author.memberId === null ? name : `<a ${profileLink(view, author.name)}>${name}</a>`
}
