import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/t/the-harbour/7'

const post = (id: number, body = `<p>Words of ${id}.</p>`): string =>
  `<div id="post_${id}" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url" rel="nofollow" href="{origin}/u/ida"><span itemprop="name">ida</span></a> (Ida K.)</span><span class="crawler-post-infos"><time itemprop="datePublished" datetime="2026-03-02T09:20:05Z" class="post-time">March 2, 2026, 9:20am</time><meta itemprop="dateModified" content="2026-03-02T09:20:05Z"><span itemprop="position">${id}</span></span></div>
    <div class="post" itemprop="text">${body}</div><div itemprop="interactionStatistic" itemscope itemtype="http://schema.org/InteractionCounter"><meta itemprop="interactionType" content="http://schema.org/LikeAction"><meta itemprop="userInteractionCount" content="4"><span class="post-likes">4 Likes</span></div></div>`

const thread = (page: number, isLast: boolean, posts: string): string =>
  `${isLast ? '' : `<link rel="next" href="${path}?page=${page + 1}">`}<div id="main-outlet" class="wrap"><div id="topic-title"><h1><a href="${path}">The harbour</a></h1></div>${posts}
    <div role="navigation" class="topic-body crawler-post-navigation">${page === 1 ? '' : `<span itemprop="name"><a rel="prev" itemprop="url" href="${path}${page === 2 ? '' : `?page=${page - 1}`}">← previous page</a></span>`}${
      isLast
        ? ''
        : `<span itemprop="name"><a rel="next" itemprop="url" href="${path}?page=${page + 1}">next page →</a></span>`
    }</div></div>`

const quote =
  '<aside class="quote no-group" data-username="ida" data-post="1" data-topic="7"><div class="title"><div class="quote-controls"></div>ida:</div><blockquote><p>Words of 1.</p></blockquote></aside>'

const plain = { author: 'ida', at: '2026-03-02T09:20:05Z', likes: 4 }

export const recording: Recording = {
  platform: 'discourse-page',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three pages, each linked by the one before',
      path,
      page: thread(1, false, post(1) + post(2)),
      answers: {
        [`GET ${path}?page=2`]: pageOf(thread(2, false, post(3, `${quote}<p>Words of 3.</p>`))),
        [`GET ${path}?page=3`]: pageOf(thread(3, true, post(4))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.' },
          { ...plain, id: '3', text: 'Words of 3.', quotes: ['ida: Words of 1.'] },
          { ...plain, id: '4', text: 'Words of 4.' },
        ],
      },
    },
  ],
}
