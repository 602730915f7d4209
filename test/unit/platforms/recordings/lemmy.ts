import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const node = (id: number, replies = '', fold = ''): string =>
  `<li class="comment"><article id="comment-${id}" class="details comment-node py-2 border-top border-light"><div class="ms-2"><div class="d-flex flex-wrap align-items-center"><a class="person-listing d-inline-flex align-items-baseline text-info" title="ida@far.example" href="/u/ida@far.example"><img class="overflow-hidden pictrs-image" src="/pictrs/ida.png"><span>ida</span><small>@far.example</small></a><span class="moment-time pointer unselectable" data-tippy-content="Monday, March 2nd, 2026 at 9:20:05 AM GMT+00:00">30 days ago</span></div><div class="comment-content"><div class="md-div"><p>Words of ${id}.</p></div></div></div></article>${fold}${
    replies === '' ? '' : `<ul class="comments">${replies}</ul>`
  }</li>`

const page = (nodes: string): string => `<ul class="comments">${nodes}</ul>`

const more = `<div class="details ms-1 comment-node py-2"><button class="btn btn-sm btn-link text-muted">3 more replies ➔</button></div>`

const plain = { author: 'ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'lemmy',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'a discussion that is shown whole',
      page: page(node(1, node(2, node(3))) + node(4)),
      answers: {},
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
    {
      title: 'branches that are folded, to their ends, each on the page of the comment that it goes on from',
      page: page(node(1, node(2, '', more)) + node(3, '', more)),
      answers: {
        'GET /comment/2': pageOf(page(node(2, node(4, node(5, '', more)) + node(6)))),
        'GET /comment/3': pageOf(page(node(3, node(7)))),
        'GET /comment/5': pageOf(page(node(5, node(8)))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', text: 'Words of 3.' },
          { ...plain, id: '4', parent: '2', text: 'Words of 4.' },
          { ...plain, id: '5', parent: '4', text: 'Words of 5.' },
          { ...plain, id: '6', parent: '2', text: 'Words of 6.' },
          { ...plain, id: '7', parent: '3', text: 'Words of 7.' },
          { ...plain, id: '8', parent: '5', text: 'Words of 8.' },
        ],
      },
    },
    {
      title: 'a fold that belongs to no comment',
      page: page(node(1) + more),
      answers: {},
      expected: {
        reportedCount: null,
        incomplete: 'shortfall',
        comments: [{ ...plain, id: '1', text: 'Words of 1.' }],
      },
    },
  ],
}
