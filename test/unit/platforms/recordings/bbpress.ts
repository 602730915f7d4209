import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/topic/harbour/'

const post = (id: number, kind: 'topic' | 'reply', more = ''): string =>
  `<div id="post-${id}" class="bbp-reply-header"><div class="bbp-meta"><span class="bbp-reply-post-date">March 2, 2026 at 9:20 am</span><a href="https://paper.example/topic/harbour/#post-${id}" class="bbp-reply-permalink">#${id}</a></div></div>
    <div class="odd bbp-parent-forum-7 post-${id} ${kind} type-${kind} status-publish hentry"><div class="bbp-reply-author"><a href="https://paper.example/users/ida/" class="bbp-author-link"><span class="bbp-author-avatar"><img class="avatar"></span><span class="bbp-author-name">Ida</span></a><div class="bbp-author-role">Participant</div></div>
    <div class="bbp-reply-content"><p>Words of ${id}.</p>${more}</div></div>`

const thread = (current: number, posts: string): string =>
  `<div id="bbpress-forums"><div class="bbp-pagination-links">${[1, 2]
    .map((page) =>
      page === current
        ? `<span class="page-numbers current">${page}</span>`
        : `<a class="page-numbers" href="/topic/harbour/${page === 1 ? '' : `page/${page}/`}">${page}</a>`,
    )
    .join(' ')}</div><ul class="forums bbp-replies"><li class="bbp-body">${posts}</li></ul></div>`

const log = '<ul class="bbp-reply-revision-log"><li>This reply was modified 2 years ago by Ida.</li></ul>'
const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }

export const recording: Recording = {
  platform: 'bbpress',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'two pages',
      path,
      page: thread(1, post(7, 'topic') + post(8, 'reply', log)),
      answers: { [`GET ${path}page/2/`]: pageOf(thread(2, post(9, 'reply'))) },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '7', text: 'Words of 7.' },
          { ...plain, id: '8', text: 'Words of 8.', marks: ['edited'] },
          { ...plain, id: '9', text: 'Words of 9.' },
        ],
      },
    },
  ],
}
