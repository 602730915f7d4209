import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/news/the-harbour'

const entry = (id: number, replies = ''): string =>
  `<div class="comment-item" id="comment-${id}"><div class="comment-head"><b class="user-name">Ida</b> <span class="comment-date">02.03.2026, 09:20</span></div><div class="comment-text"><p>Words of ${id}.</p></div><a class="reply" href="#">Reply</a>${replies}</div>`

const section = (entries: string, pager: string): string =>
  `<section id="comments"><h2>Comments</h2>${entries}${pager}</section>`

const numbered = (current: number): string =>
  `<div class="pagination">${[1, 2, 3]
    .map((page) =>
      page === current
        ? `<b>${page}</b>`
        : `<a href="${path}${page === 1 ? '' : `?page=${page}`}#comments">${page}</a>`,
    )
    .join(' ')}</div>`

const next = (page: number): string =>
  `<div class="comments-nav"><a href="${path}?comment-page=${page}">Older comments</a></div>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }
const expected = {
  reportedCount: null,
  comments: [
    { ...plain, id: '1', text: 'Words of 1.' },
    { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
    { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
    { ...plain, id: '4', text: 'Words of 4.' },
    { ...plain, id: '5', text: 'Words of 5.' },
    { ...plain, id: '6', text: 'Words of 6.' },
  ],
}

export const recording: Recording = {
  platform: 'generic',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three numbered pages, the last with one entry',
      path,
      page: section(entry(1, entry(2, entry(3))), numbered(1)),
      answers: {
        [`GET ${path}?page=2`]: pageOf(section(entry(4) + entry(5), numbered(2))),
        [`GET ${path}?page=3`]: pageOf(section(entry(6), numbered(3))),
      },
      expected,
    },
    {
      title: 'pages that only link to the next one',
      path,
      page: section(entry(1, entry(2, entry(3))), next(2)),
      answers: {
        [`GET ${path}?comment-page=2`]: pageOf(section(entry(4) + entry(5), next(3))),
        [`GET ${path}?comment-page=3`]: pageOf(section(entry(6), '')),
      },
      expected,
    },
  ],
}
