import type { Recording } from '../recording.ts'

const node = (id: number, replies = ''): string =>
  `<li class="comment"><article id="comment-${id}" class="details comment-node py-2 border-top border-light"><div class="ms-2"><div class="d-flex flex-wrap align-items-center"><a class="person-listing d-inline-flex align-items-baseline text-info" title="ida@far.example" href="/u/ida@far.example"><img class="overflow-hidden pictrs-image" src="/pictrs/ida.png"><span>ida</span><small>@far.example</small></a><span class="moment-time pointer unselectable" data-tippy-content="Monday, March 2nd, 2026 at 9:20:05 AM GMT+00:00">30 days ago</span></div><div class="comment-content"><div class="md-div"><p>Words of ${id}.</p></div></div></div></article>${
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
      title: 'branches that only a browser unfolds',
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
