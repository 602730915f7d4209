import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/node/7'

const comment = (id: number): string =>
  `<article data-comment-user-id="5" id="comment-${id}" class="comment js-comment"><mark class="hidden" data-comment-timestamp="1772443205"></mark>
    <footer class="comment__meta"><p class="comment__author"><span lang="" typeof="schema:Person" property="schema:name" datatype="">Ida (not verified)</span></p><p class="comment__time">Mon, 03/02/2026 - 09:20</p><p class="comment__permalink"><a href="/comment/${id}#comment-${id}" hreflang="en">Permalink</a></p></footer>
    <div class="comment__content"><h3><a href="/comment/${id}#comment-${id}" class="permalink" rel="bookmark">A headline</a></h3><div class="text-formatted field field--name-comment-body field__item"><p>Words of ${id}.</p></div><ul class="links inline"><li class="comment-reply"><a href="/comment/reply/node/7/comment/${id}">Reply</a></li></ul></div></article>`

const below = (comments: string): string => `<div class="indented">${comments}</div>`

/** Pages are counted from 0, and the first one is linked by its number too. */
const thread = (current: number, comments: string): string =>
  `<section data-drupal-selector="comments" class="comments comment-wrapper field--name-comment"><h2 class="comments__title">Comments <span class="comments__count">6</span></h2>${comments}
    <nav class="pager" role="navigation"><ul class="pager__items js-pager__items">${[0, 1, 2]
      .map((page) =>
        page === current
          ? `<li class="pager__item is-active"><a href="?page=${page}" title="Current page"><span class="visually-hidden">Current page</span> ${page + 1}</a></li>`
          : `<li class="pager__item"><a href="?page=${page}" title="Go to page ${page + 1}"><span class="visually-hidden">Page</span> ${page + 1}</a></li>`,
      )
      .join(
        '',
      )}<li class="pager__item pager__item--last"><a href="?page=2">Last »</a></li></ul></nav></section>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }

export const recording: Recording = {
  platform: 'drupal',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three pages with replies three deep',
      path,
      page: thread(0, comment(1) + below(comment(2) + below(comment(3)))),
      answers: {
        'GET /node/7?page=1': pageOf(thread(1, comment(4) + below(comment(5)))),
        'GET /node/7?page=2': pageOf(thread(2, comment(6))),
      },
      expected: {
        reportedCount: 6,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Words of 4.' },
          { ...plain, id: '5', parent: '4', text: 'Words of 5.' },
          { ...plain, id: '6', text: 'Words of 6.' },
        ],
      },
    },
  ],
}
