import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/2026/03/harbour.html'

const comment = (id: number, replies = '', words = `Words of ${id}.`, kind = ''): string =>
  `<li class="comment" id="c${id}"><div class="avatar-image-container"><img src="//blogger.googleusercontent.com/ida.png"></div><div class="comment-block"><div class="comment-header"><cite class="user"><a href="https://www.blogger.com/profile/05" rel="nofollow">Ida</a></cite><span class="icon user"></span><span class="datetime secondary-text"><a rel="nofollow" href="${path}?showComment=1772443205955#c${id}">2 March 2026 at 09:20</a></span></div><p class="comment-content">${kind === '' ? words : `<span class="${kind}">${words}</span>`}</p><span class="comment-actions secondary-text"><a class="comment-reply">Reply</a></span></div><div class="comment-replies"><div class="comment-thread inline-thread"><ol>${replies}</ol></div></div></li>`

const link = (page: number, words: string): string =>
  `<a class="paging-control" href="{origin}${path}?commentPage=${page}">${words}</a>`

const thread = (links: string, comments: string): string =>
  `<section class="comments threaded" id="comments"><h4>5 comments:</h4><div class="comments-content"><ol id="top-ra">${comments}</ol></div><span class="paging-control-container">${links}</span></section>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:05.955Z' }
const removed = 'This comment has been removed by the author.'

export const recording: Recording = {
  platform: 'blogger',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'three pages from the oldest on',
      path,
      page: thread(
        `1–2 of 5 ${link(2, 'Newer›')} ${link(3, 'Newest»')}`,
        comment(1, comment(2, '', removed, 'deleted-comment')),
      ),
      answers: {
        [`GET ${path}?commentPage=2`]: pageOf(
          thread(`${link(1, '‹Older')} ${link(3, 'Newer›')}`, comment(3) + comment(4)),
        ),
        [`GET ${path}?commentPage=3`]: pageOf(
          thread(`${link(1, '«Oldest')} ${link(2, '‹Older')}`, comment(5)),
        ),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: removed, marks: ['removed'] },
          { ...plain, id: '3', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Words of 4.' },
          { ...plain, id: '5', text: 'Words of 5.' },
        ],
      },
    },
    {
      title: 'an article that shows the newest page',
      path,
      page: thread(`${link(1, '«Oldest')} ${link(2, '‹Older')}`, comment(5)),
      answers: {
        [`GET ${path}?commentPage=1`]: pageOf(
          thread(`${link(2, 'Newer›')} ${link(3, 'Newest»')}`, comment(1)),
        ),
        [`GET ${path}?commentPage=2`]: pageOf(
          thread(`${link(1, '‹Older')} ${link(3, 'Newer›')}`, comment(3)),
        ),
        [`GET ${path}?commentPage=3`]: pageOf(
          thread(`${link(1, '«Oldest')} ${link(2, '‹Older')}`, comment(5)),
        ),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: '5', text: 'Words of 5.' },
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '3', text: 'Words of 3.' },
        ],
      },
    },
  ],
}
