import type { Recording } from '../recording.ts'

const comment = (id: number, body = `Words of ${id}.`): string =>
  `<div class="${id % 2 === 0 ? 'even' : 'odd'}" id="comment-item-${id}"><div class="rbox"><div class="rbox_m"><div class="comment-box usertype-guest"><span class="comments-vote"><span id="comment-vote-holder-${id}"><a href="#" class="vote-good" onclick="jcomments.voteComment(${id}, 1);return false;"></a><span class="vote-none">0</span></span></span>
    <a class="comment-anchor" href="#comment-${id}" id="comment-${id}">#${id}</a><span class="comment-author">Ida</span><span class="comment-date">02.03.2026 09:20</span><div class="comment-body" id="comment-body-${id}">${body}</div></div></div></div></div>`

const pager = (current: number, last: number): string =>
  `<div id="nav-bottom">${Array.from({ length: last }, (_, index) => index + 1)
    .map((page) =>
      page === current
        ? `<span class="activepage"><b>${page}</b></span>`
        : `<span class="page" onclick="jcomments.showPage(77, 'com_content', ${page});">${page}</span>`,
    )
    .join('')}</div>`

const refresh = `<h4>Comments <a class="refresh" href="#" onclick="jcomments.showPage(77,'com_content',0);return false;">&nbsp;</a></h4>`

const list = (comments: string, pages = ''): string =>
  `${refresh}<div id="comments-list" class="comments-list">${comments}</div>${pages}`
const section = (comments: string, pages = ''): string =>
  `<div id="jc"><div id="comments">${list(comments, pages)}</div></div>`

const request = (page: number): string =>
  `POST /index.php?option=com_jcomments&tmpl=component ${new URLSearchParams({
    jtxf: 'JCommentsShowPage',
    'jtxa[0]': '77',
    'jtxa[1]': 'com_content',
    'jtxa[2]': String(page),
  }).toString()}`

/** As PHP's `addslashes` leaves the list, in a call of the site's script. */
const answer = (html: string) => ({
  body: [
    {
      n: 'js',
      d: `jcomments.updateList('${html.replace(/['"\\]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')}','r');`,
    },
  ],
})

const below = (comments: string): string =>
  `<div class="comments-list" id="comments-list-1">${comments}</div>`
const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }

export const recording: Recording = {
  platform: 'jcomments',
  secrets: [],
  threads: [
    {
      title: 'two pages, the second as the script of the site asks for it',
      page: section(comment(1) + comment(2), pager(1, 2)),
      answers: { [request(2)]: answer(list(comment(3, 'Ida\'s words, "3".<br />\nMore.'), pager(2, 2))) },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.' },
          { ...plain, id: '3', text: 'Ida\'s words, "3".\nMore.' },
        ],
      },
    },
    {
      title: 'the newest of three pages is shown first',
      page: section(comment(5), pager(3, 3)),
      answers: {
        [request(1)]: answer(list(comment(1), pager(1, 3))),
        [request(2)]: answer(list(comment(3), pager(2, 3))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '5', text: 'Words of 5.' },
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '3', text: 'Words of 3.' },
        ],
      },
    },
    {
      title: 'a tree, which has no pages',
      page: section(comment(1) + below(comment(2) + below(comment(3)))),
      answers: {},
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
        ],
      },
    },
  ],
}
