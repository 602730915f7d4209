import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/item?id=7'

const row = (id: number, indent: number, words = `Words of ${id}.`): string =>
  `<tr class="athing comtr" id="${id}"><td><table border="0"><tr><td class="ind" indent="${indent}"><img src="s.gif" height="1" width="${indent * 40}"></td><td class="votelinks"></td><td class="default"><div><span class="comhead"><a href="user?id=ida" class="hnuser">ida</a> <span class="age" title="2026-03-02T09:20:05 1772443205"><a href="item?id=${id}">30 days ago</a></span> <span class="navs"> | <a href="#1" class="clicky">parent</a></span></span></div><br><div class="comment"><div class="commtext c00">${words}</div><div class="reply"><p><font size="1"><u><a href="reply?id=${id}">reply</a></u></font></div></div></td></tr></table></td></tr>`

const thread = (next: number | null, rows: string): string =>
  `<table id="hnmain"><tr><td><table class="comment-tree">${rows}${
    next === null
      ? ''
      : `<tr class="morespace"></tr><tr><td></td><td class="title"><a href="item?id=7&amp;p=${next}" class="morelink" rel="next">More</a></td></tr>`
  }</table></td></tr></table>`

const plain = { author: 'ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'hacker-news',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three pages, each linked by the one before',
      path,
      page: thread(2, row(1, 0) + row(2, 1) + row(3, 2)),
      answers: {
        'GET /item?id=7&p=2': pageOf(thread(3, row(4, 0, 'Words of 4.<p>And more.') + row(5, 1))),
        'GET /item?id=7&p=3': pageOf(thread(null, row(6, 0))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
          { ...plain, id: '4', text: 'Words of 4.\n\nAnd more.' },
          { ...plain, id: '5', parent: '4', text: 'Words of 5.' },
          { ...plain, id: '6', text: 'Words of 6.' },
        ],
      },
    },
  ],
}
