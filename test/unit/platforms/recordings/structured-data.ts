import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/news/the-harbour'

const item = (id: number, replies = ''): string =>
  `<div itemscope itemtype="https://schema.org/Comment" itemprop="comment" id="comment-${id}"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ida</span><meta itemprop="email" content="ida@mail.example"></span> <time itemprop="dateCreated" datetime="2026-03-02T10:20:05+01:00">2 March</time><div itemprop="text"><p>Words of ${id}.</p></div>${replies}</div>`

const section = (items: string, pager: string): string =>
  `<section id="comments"><h2>Comments</h2>${items}${pager}</section>`

const numbered = (current: number): string =>
  `<nav class="pager">${[1, 2, 3]
    .map((page) =>
      page === current
        ? `<b>${page}</b>`
        : `<a href="${path}${page === 1 ? '' : `?page=${page}`}">${page}</a>`,
    )
    .join(' ')}</nav>`

const next = (page: number): string =>
  `<nav class="pager"><a rel="next" href="${path}?page=${page}">Next</a></nav>`

const linked = (comments: readonly object[]): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', commentCount: 2, comment: comments })}</script>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }
const expected = {
  reportedCount: null,
  comments: [
    { ...plain, id: '1', text: 'Words of 1.' },
    { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
    { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
    { ...plain, id: '4', text: 'Words of 4.' },
    { ...plain, id: '5', text: 'Words of 5.' },
  ],
}

export const recording: Recording = {
  platform: 'structured-data',
  isPrinted: true,
  secrets: ['mail.example'],
  threads: [
    {
      title: 'three numbered pages of microdata',
      path,
      page: section(item(1, item(2, item(3))), numbered(1)),
      answers: {
        [`GET ${path}?page=2`]: pageOf(section(item(4), numbered(2))),
        [`GET ${path}?page=3`]: pageOf(section(item(5), numbered(3))),
      },
      expected,
    },
    {
      title: 'pages that only link to the next one',
      path,
      page: section(item(1, item(2, item(3))), next(2)),
      answers: {
        [`GET ${path}?page=2`]: pageOf(section(item(4), next(3))),
        [`GET ${path}?page=3`]: pageOf(section(item(5), '')),
      },
      expected,
    },
    {
      title: 'JSON-LD, which has no pages',
      path,
      page: linked([
        {
          '@type': 'Comment',
          '@id': '#comment-1',
          author: { '@type': 'Person', name: 'Ida', email: 'ida@mail.example' },
          dateCreated: '2026-03-02T09:20:05Z',
          text: 'Words of 1.',
          upvoteCount: 3,
          comment: [{ '@type': 'Comment', '@id': '#comment-2', author: 'Ida', text: 'Words of 2.' }],
        },
      ]),
      answers: {},
      expected: {
        reportedCount: 2,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.', likes: 3 },
          { id: '2', parent: '1', author: 'Ida', text: 'Words of 2.' },
        ],
      },
    },
  ],
}
