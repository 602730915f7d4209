import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/politik/2026-03/hafen'

const comment = (id: number, isReply = false, words = `<p>Words of ${id}.</p>`): string =>
  `<article id="cid-${id}" class="comment ${isReply ? 'comment--indented' : 'js-comment-toplevel'}"><div class="comment__container"><div class="comment-meta"><div class="comment-meta__profile"><h4 class="comment-meta__name"><a href="https://profile.zeit.de/5">Ida</a></h4><a class="comment-meta__date" href="${path}?cid=${id}#cid-${id}">#${id} — 2. März 2026, 10:20 Uhr</a></div></div><div class="comment__body">${words}</div><div class="comment__reactions"><a><span class="js-comment-recommendations">20</span></a></div></div></article>`

const thread = (current: number, comments: string): string =>
  `<section class="comment-section" id="comments"><div class="comment-section__headline">6 Kommentare</div>${comments}<nav class="pager"><ul class="pager__pages">${[
    1, 2, 3,
  ]
    .map((page) =>
      page === current
        ? `<li class="pager__page pager__page--current">${page}</li>`
        : `<li class="pager__page"><a href="{origin}${path}${page === 1 ? '' : `?page=${page}`}#comments">${page}</a></li>`,
    )
    .join('')}</ul></nav></section>`

const folded = `<div class="comment__container js-comment-loader"><a href="${path}?cid=2#cid-2" data-url="{origin}${path}/comment-replies?cid=1&amp;num_start=1">+ 1</a></div>`
const moderated = '<p><em class="moderation">Entfernt. Bitte bleiben Sie sachlich.</em></p>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z', likes: 20 }

export const recording: Recording = {
  platform: 'zeit',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three pages, and replies that are asked for',
      path,
      page: thread(1, comment(1) + comment(2, true) + folded),
      answers: {
        [`GET ${path}/comment-replies?cid=1&num_start=1`]: { body: comment(3, true) },
        [`GET ${path}?page=2`]: pageOf(thread(2, comment(4, false, moderated) + comment(5, true))),
        [`GET ${path}?page=3`]: pageOf(thread(3, comment(6))),
      },
      expected: {
        reportedCount: 6,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '1', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Entfernt. Bitte bleiben Sie sachlich.', marks: ['removed'] },
          { ...plain, id: '5', parent: '4', text: 'Words of 5.' },
          { ...plain, id: '6', text: 'Words of 6.' },
        ],
      },
    },
  ],
}
