import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/threads/harbour.7/'

const post = (id: number, body: string, more = ''): string =>
  `<article class="message message--post js-post" data-author="Ida" data-content="post-${id}" id="js-post-${id}">
    <div class="message-cell--user"><h4 class="message-name"><a class="username" data-user-id="5" href="/members/ida.5/">Ida</a></h4>
    <img class="avatar" src="/data/avatars/ida.png" alt="Ida"></div>
    <header class="message-attribution"><a href="${path}post-${id}"><time class="u-dt" datetime="2026-03-02T10:20:05+0100" data-time="1772443205">Yesterday</time></a> <a>#${id}</a></header>
    <article class="message-body js-selectToQuote"><div class="bbWrapper">${body}</div></article>${more}
    <div class="reactionsBar"><bdi>Bo</bdi> and 2 others</div></article>`

const link = (page: number): string => `<a href="${path}${page === 1 ? '' : `page-${page}`}">${page}</a>`

/** The pager leaves out what is far from the page. */
const thread = (current: number, shown: readonly number[], posts: string): string =>
  `<div id="XF">${posts}<nav class="pageNavWrapper"><div class="pageNav"><ul class="pageNav-main">${shown
    .map(
      (page) =>
        `<li class="pageNav-page${page === current ? ' pageNav-page--current' : ''}">${link(page)}</li>`,
    )
    .join('')}</ul></div></nav></div>`

const edited =
  '<div class="message-lastEdit">Last edited: <time class="u-dt" datetime="2026-03-03T10:00:00+0100">Today</time></div>'
const quote = `<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="Ida" data-source="post: 1"><div class="bbCodeBlock-title"><a href="/goto/post?id=1">Ida said:</a></div><div class="bbCodeBlock-content">Words of 1.</div></blockquote>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'xenforo',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'four pages, of which the first links two',
      path,
      page: thread(1, [1, 2, 4], post(1, 'Words of 1.') + post(2, 'Words of 2.', edited)),
      answers: {
        [`GET ${path}page-2`]: pageOf(thread(2, [1, 2, 3, 4], post(3, `${quote}Words of 3.`))),
        [`GET ${path}page-3`]: pageOf(thread(3, [1, 2, 3, 4], post(4, 'Words of 4.'))),
        [`GET ${path}page-4`]: pageOf(thread(4, [1, 3, 4], post(5, 'Words of 5.'))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.', marks: ['edited'] },
          { ...plain, id: '3', text: 'Words of 3.', quotes: ['Ida: Words of 1.'] },
          { ...plain, id: '4', text: 'Words of 4.' },
          { ...plain, id: '5', text: 'Words of 5.' },
        ],
      },
    },
    {
      title: 'a page in the middle that the board does not give',
      path,
      page: thread(1, [1, 2, 3], post(1, 'Words of 1.')),
      answers: {
        [`GET ${path}page-2`]: { status: 500, body: 'Oops' },
        [`GET ${path}page-3`]: pageOf(thread(3, [1, 2, 3], post(3, 'Words of 3.'))),
      },
      expected: {
        reportedCount: null,
        incomplete: 'page_failed',
        failures: ['http_error'],
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '3', text: 'Words of 3.' },
        ],
      },
    },
  ],
}
