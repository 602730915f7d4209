import { pageOf } from '../page.ts'
import type { RecordedAnswer, Recording } from '../recording.ts'

const path = '/2026/03/harbour/'

const item = (id: number, replies = '', depth = 1): string =>
  `<li id="comment-${id}" class="comment even depth-${depth}"><article id="div-comment-${id}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" src="https://secure.gravatar.com/avatar/0c83f57c786a?s=60" class="avatar"><b class="fn">Ida</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="{origin}${path}#comment-${id}"><time datetime="2026-03-02T10:20:05+01:00">2 March 2026 at 10:20</time></a></div></footer>
    <div class="comment-content"><p>Words of ${id}.</p></div><div class="reply"><a class="comment-reply-link" href="?replytocom=${id}#respond" data-commentid="${id}" data-postid="77">Reply</a></div></article>${replies === '' ? '' : `<ol class="children">${replies}</ol>`}</li>`

const ping = `<li id="comment-90" class="pingback odd depth-1"><div class="comment-body">Pingback: <a href="https://other.example/a" class="url">Other paper</a></div></li>`

interface Area {
  readonly total: number
  readonly items: string
  readonly pages?: readonly [number, number]
  readonly links?: string
}

const area = ({ total, items, pages, links = '' }: Area): string =>
  `${links}<div id="comments" class="comments-area"><h2 class="comments-title">${total} thoughts on “The harbour”</h2><ol class="comment-list">${items}</ol>${
    pages === undefined ? '' : navigation(...pages)
  }<div id="respond" class="comment-respond"><form action="{origin}/wp-comments-post.php" id="commentform"><input type="hidden" name="comment_post_ID" value="77"></form></div></div>`

const navigation = (current: number, last: number): string =>
  `<nav class="navigation comments-pagination"><div class="nav-links">${Array.from(
    { length: last },
    (_, index) => index + 1,
  )
    .map((page) =>
      page === current
        ? `<span aria-current="page" class="page-numbers current">${page}</span>`
        : `<a class="page-numbers" href="{origin}${path}comment-page-${page}/#comments">${page}</a>`,
    )
    .join('')}</div></nav>`

const rest = '<link rel="https://api.w.org/" href="{origin}/wp-json/">'
const restAt = (page: number): string =>
  `GET /wp-json/wp/v2/comments?post=77&per_page=100&page=${page}&order=asc&orderby=date_gmt`

const restItem = (id: number, parent = 0) => ({
  id,
  post: 77,
  parent,
  author: 0,
  author_name: 'Ida &amp; Bo',
  author_url: '',
  date: '2026-03-02T10:20:05',
  date_gmt: '2026-03-02T09:20:05',
  content: { rendered: `<p>Words of ${id}.</p>\n` },
  status: 'approved',
  type: 'comment',
  author_avatar_urls: { '24': 'https://secure.gravatar.com/avatar/0c83f57c786a?s=24' },
})

const restAnswer = (items: readonly object[], total: number, pages: number): RecordedAnswer => ({
  body: items,
  headers: { 'x-wp-total': String(total), 'x-wp-totalpages': String(pages) },
})

const closedRest: RecordedAnswer = {
  status: 401,
  body: { code: 'rest_cannot_access', message: 'Only for members.', data: { status: 401 } },
}

const feed = (ids: readonly number[]): RecordedAnswer => ({
  headers: { 'content-type': 'application/rss+xml; charset=UTF-8' },
  body: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Comments on: The harbour</title>${ids
    .map(
      (id) =>
        `<item><title>By: Ida</title><link>{origin}${path}comment-page-1/#comment-${id}</link><dc:creator><![CDATA[Ida]]></dc:creator><pubDate>Mon, 02 Mar 2026 09:20:05 +0000</pubDate><guid isPermaLink="false">{origin}/?p=77#comment-${id}</guid><description>Words of ${id}.</description><content:encoded><![CDATA[<p>Words of ${id}.</p>]]></content:encoded></item>`,
    )
    .join('')}</channel></rss>`,
})

const at = '2026-03-02T09:20:05Z'
const plain = { author: 'Ida', at }
const both = { author: 'Ida & Bo', at }

export const recording: Recording = {
  platform: 'wordpress',
  isPrinted: true,
  secrets: ['0c83f57c786a'],
  threads: [
    {
      title: 'an open interface: two pages of it, and the pings of the other HTML page',
      path,
      page: area({ total: 6, items: item(5) + item(6), pages: [2, 2], links: rest }),
      answers: {
        [restAt(1)]: restAnswer([restItem(1), restItem(2, 1), restItem(3, 2)], 5, 2),
        [restAt(2)]: restAnswer([restItem(5), restItem(6)], 5, 2),
        [`GET ${path}comment-page-1/`]: pageOf(
          area({ total: 6, items: ping + item(1, item(2, item(3, '', 3), 2)), pages: [1, 2] }),
        ),
      },
      expected: {
        reportedCount: 6,
        comments: [
          { ...both, id: '5', text: 'Words of 5.' },
          { ...both, id: '6', text: 'Words of 6.' },
          { ...both, id: '1', text: 'Words of 1.' },
          { ...both, id: '2', parent: '1', text: 'Words of 2.' },
          { ...both, id: '3', parent: '2', text: 'Words of 3.' },
          { id: '90', author: 'Other paper', text: '' },
        ],
      },
    },
    {
      title: 'a closed interface: three HTML pages, of which the last is shown',
      path,
      page: area({ total: 5, items: item(5), pages: [3, 3], links: rest }),
      answers: {
        [restAt(1)]: closedRest,
        [`GET ${path}comment-page-1/`]: pageOf(
          area({ total: 5, items: item(1, item(2, item(3, '', 3), 2)), pages: [1, 3] }),
        ),
        [`GET ${path}comment-page-2/`]: pageOf(area({ total: 5, items: item(4), pages: [2, 3] })),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: '5', text: 'Words of 5.' },
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Words of 4.' },
        ],
      },
    },
    {
      title: 'no pages and no interface: the feed has the latest',
      path,
      page: area({
        total: 3,
        items: item(1),
        links: `<link rel="alternate" type="application/rss+xml" href="{origin}${path}feed/">`,
      }),
      answers: { [`GET ${path}feed/`]: feed([3, 2, 1]) },
      expected: {
        reportedCount: 3,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '3', text: 'Words of 3.' },
          { ...plain, id: '2', text: 'Words of 2.' },
        ],
      },
    },
    {
      title: 'nothing said, and closed',
      path,
      page: `<script src="{origin}/wp-includes/js/comment-reply.min.js"></script><div id="comments" class="comments-area"><p class="no-comments">Comments are closed.</p></div>`,
      answers: {},
      expected: { reportedCount: null, closed: true, comments: [] },
    },
  ],
}
