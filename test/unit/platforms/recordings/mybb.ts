import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/thread-7.html'
const plainPath = '/showthread.php?tid=7'

const post = (id: number, body = `Words of ${id}.`, edited = ''): string =>
  `<a name="pid${id}" id="pid${id}"></a><div class="post" id="post_${id}"><div class="post_author scaleimages"><div class="author_avatar"><img src="/uploads/ida.png" alt=""></div><div class="author_information"><strong><span class="largetext"><a href="/user-5.html">Ida</a></span></strong><br><span class="smalltext">Captain</span></div></div>
    <div class="post_content"><div class="post_head"><span class="post_date">03-02-2026, 09:20 AM <span class="post_edit" id="edited_by_${id}">${edited}</span></span></div><div class="post_body scaleimages" id="pid_${id}">${body}</div><div class="signature scaleimages">Ahoy</div></div></div>`

const thread = (link: (page: number) => string, current: number, posts: string): string =>
  `<div class="pagination"><span class="pages">Pages (3):</span>${[1, 2, 3]
    .map((page) =>
      page === current
        ? `<span class="pagination_current">${page}</span>`
        : `<a href="${link(page)}" class="pagination_page">${page}</a>`,
    )
    .join('')}</div><div id="posts">${posts}</div>`

const friendly = (page: number): string => (page === 1 ? 'thread-7.html' : `thread-7-page-${page}.html`)
const plainly = (page: number): string => `showthread.php?tid=7&amp;page=${page}`

const quote =
  '<blockquote class="mycode_quote"><cite><span>(03-02-2026, 09:20 AM)</span>Ida Wrote: <a href="/showthread.php?pid=1#pid1" class="quick_jump"></a></cite>Words of 1.</blockquote>'
const edited =
  '<span class="edited_post">(This post was last modified: 03-03-2026, 08:00 AM by <a href="/user-5.html">Ida</a>.)</span>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }
const comments = [
  { ...plain, id: '1', text: 'Words of 1.' },
  { ...plain, id: '2', text: 'Words of 2.', marks: ['edited'] },
  { ...plain, id: '3', text: 'Words of 3.', quotes: ['Ida: Words of 1.'] },
  { ...plain, id: '4', text: 'Words of 4.' },
]
const pages = [post(1) + post(2, 'Words of 2.', edited), post(3, `${quote}Words of 3.`), post(4)] as const

export const recording: Recording = {
  platform: 'mybb',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'three pages with names in their addresses',
      path,
      page: thread(friendly, 1, pages[0]),
      answers: {
        'GET /thread-7-page-2.html': pageOf(thread(friendly, 2, pages[1])),
        'GET /thread-7-page-3.html': pageOf(thread(friendly, 3, pages[2])),
      },
      expected: { reportedCount: null, comments },
    },
    {
      title: 'three pages with numbers in their addresses',
      path: plainPath,
      page: thread(plainly, 1, pages[0]),
      answers: {
        'GET /showthread.php?tid=7&page=2': pageOf(thread(plainly, 2, pages[1])),
        'GET /showthread.php?tid=7&page=3': pageOf(thread(plainly, 3, pages[2])),
      },
      expected: { reportedCount: null, comments },
    },
  ],
}
