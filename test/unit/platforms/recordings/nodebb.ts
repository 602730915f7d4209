import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/topic/7/the-harbour'

const post = (id: number, parent: number | null = null): string =>
  `<li component="post" data-index="${id}" data-pid="${id}" data-uid="5" data-username="ida" itemprop="comment" itemscope itemtype="http://schema.org/Comment"><a component="post/anchor" data-index="${id}" id="${id}"></a><meta itemprop="datePublished" content="2026-03-02T09:20:05.250Z"><meta itemprop="dateModified" content="">
    <div class="post-header"><a href="/user/ida"><img component="user/picture" src="/assets/ida.png" alt="ida"></a><a href="/user/ida" data-username="ida" data-uid="5">ida</a>${
      parent === null
        ? ''
        : `<a component="post/parent" data-parent-pid="${parent}" href="/post/${parent}">@ida</a>`
    }<span class="timeago" title="2026-03-02T09:20:05.250Z"></span></div><div class="content" component="post/content" itemprop="text"><p>Words of ${id}.</p></div><span component="post/vote-count" data-votes="2">2</span></li>`

const thread = (current: number, posts: string): string =>
  `<ul component="topic" class="posts" data-tid="7">${posts}</ul><nav component="pagination" class="pagination-container"><ul class="pagination">${[
    1, 2, 3,
  ]
    .map(
      (page) =>
        `<li class="page${page === current ? ' active' : ''}"><a href="?page=${page}" data-page="${page}">${page}</a></li>`,
    )
    .join('')}</ul></nav>`

const plain = { author: 'ida', at: '2026-03-02T09:20:05.250Z', score: 2 }

export const recording: Recording = {
  platform: 'nodebb',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'three pages, with answers to posts of the page before',
      path,
      page: thread(1, post(1) + post(2, 1)),
      answers: {
        [`GET ${path}?page=2`]: pageOf(thread(2, post(3, 2))),
        [`GET ${path}?page=3`]: pageOf(thread(3, post(4))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Words of 4.' },
        ],
      },
    },
  ],
}
