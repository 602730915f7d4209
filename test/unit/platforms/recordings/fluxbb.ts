import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/viewtopic.php?id=7'

const post = (id: number, body = `<p>Words of ${id}.</p>`, edited = ''): string =>
  `<div id="p${id}" class="blockpost rowodd"><h2><span><span class="conr">#${id}</span> <a href="viewtopic.php?pid=${id}#p${id}">2026-03-02 09:20:05</a></span></h2><div class="box"><div class="inbox"><div class="postbody"><div class="postleft"><dl><dt><strong><a href="profile.php?id=5">Ida</a></strong></dt><dd class="usertitle"><strong>Captain</strong></dd></dl></div>
    <div class="postright"><h3>Re: The harbour</h3><div class="postmsg">${body}${edited}</div><div class="postsignature postmsg"><hr><p>Ahoy</p></div></div></div></div></div></div>`

const thread = (current: number, posts: string): string =>
  `<div id="pun" class="pun"><div class="linkst"><p class="pagelink conl"><span class="pages-label">Pages: </span>${[
    1, 2, 3,
  ]
    .map((page) =>
      page === current
        ? `<strong>${page}</strong>`
        : `<a href="viewtopic.php?id=7&amp;p=${page}">${page}</a>`,
    )
    .join(' ')}</p></div>${posts}</div>`

const quote =
  '<div class="quotebox"><cite>Ida wrote:</cite><blockquote><div><p>Words of 1.</p></div></blockquote></div>'
const edited = '<p class="postedit"><em>Last edited by Ida (2026-03-03 08:00:00)</em></p>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'fluxbb',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'three pages',
      path,
      page: thread(1, post(1) + post(2, '<p>Words of 2.</p>', edited)),
      answers: {
        [`GET ${path}&p=2`]: pageOf(thread(2, post(3, `${quote}<p>Words of 3.</p>`))),
        [`GET ${path}&p=3`]: pageOf(thread(3, post(4))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.', marks: ['edited'] },
          { ...plain, id: '3', text: 'Words of 3.', quotes: ['Ida: Words of 1.'] },
          { ...plain, id: '4', text: 'Words of 4.' },
        ],
      },
    },
  ],
}
