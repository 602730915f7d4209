import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/questions/7/how-deep-is-the-harbour'

const comment = (id: number): string =>
  `<li id="comment-${id}" class="comment js-comment" data-comment-id="${id}"><div class="comment-score js-comment-score"><span title="number of upvotes">2</span></div><div class="comment-body"><span class="comment-copy">Words of ${id}.</span> – <a href="/users/5/ida" class="comment-user">Ida</a> <span class="comment-date"><a class="comment-link" href="#comment${id}_7"><span title="2026-03-02 09:20:05Z, License: CC BY-SA 4.0" class="relativetime-clean">Mar 2 at 9:20</span></a></span></div></li>`

const comments = (post: number, items: string, isFolded = false): string =>
  `<div id="comments-${post}" class="comments"><ul class="comments-list js-comments-list">${items}</ul></div><div id="comments-link-${post}"><a class="js-add-link comments-link">Add a comment</a><a class="js-show-link comments-link${isFolded ? '' : ' dno'}" href="#">Show <b>3</b> more comments</a></div>`

const answer = (id: number, below = ''): string =>
  `<div id="answer-${id}" class="answer js-answer" data-answerid="${id}"><div class="js-vote-count" itemprop="upvoteCount">12</div><div class="js-post-body s-prose" itemprop="text"><p>Words of ${id}.</p></div><div class="user-info"><time itemprop="dateCreated" datetime="2026-03-02T09:20:05"><span title="2026-03-02 09:20:05Z" class="relativetime">Mar 2 at 9:20</span></time><div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="/users/5/ida">Ida</a></div></div>${comments(id, below)}</div>`

const pager = (current: number): string =>
  `<div class="s-pagination pager-answers">${[1, 2]
    .map((page) =>
      page === current
        ? `<div class="s-pagination--item is-selected">${page}</div>`
        : `<a class="s-pagination--item" href="${path}?page=${page}&amp;tab=scoredesc#tab-top">${page}</a>`,
    )
    .join('')}</div>`

const thread = (answers: string, page: number, isFolded = false): string =>
  `<div class="question-page"><div id="question" class="question"><div class="js-post-body"><p>How deep?</p></div>${comments(7, comment(20), isFolded)}</div><div id="answers">${answers}${pager(page)}</div></div>`

const at = '2026-03-02T09:20:05Z'
const said = (id: number) => ({ id: `comment-${id}`, author: 'Ida', at, text: `Words of ${id}.`, score: 2 })
const answered = (id: number) => ({
  id: `answer-${id}`,
  author: 'Ida',
  at,
  text: `Words of ${id}.`,
  score: 12,
})

export const recording: Recording = {
  platform: 'stackexchange',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'two pages of answers, and comments on them',
      path,
      page: thread(answer(1, comment(21)), 1),
      answers: { [`GET ${path}?page=2&tab=scoredesc`]: pageOf(thread(answer(2), 2)) },
      expected: {
        reportedCount: null,
        comments: [said(20), answered(1), { ...said(21), parent: 'answer-1' }, answered(2)],
      },
    },
    {
      title: 'comments that are folded, which nobody may ask for',
      path,
      page: thread(answer(1), 1, true).replaceAll('pager-answers', ''),
      answers: {},
      expected: { reportedCount: null, incomplete: 'shortfall', comments: [said(20), answered(1)] },
    },
  ],
}
