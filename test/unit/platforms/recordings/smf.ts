import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/index.php?topic=7.0'

const post = (id: number, body = `Words of ${id}.`, more = ''): string =>
  `<div class="windowbg" id="msg${id}"><div class="post_wrapper"><div class="poster"><h4><a href="/index.php?action=profile;u=5" title="View the profile of Ida">Ida</a></h4><ul class="user_info"><li class="postgroup">Captain</li></ul></div>
    <div class="postarea"><div class="keyinfo"><div id="subject_${id}" class="subject_title"><a href="/index.php?msg=${id}">Re: The harbour</a></div><div class="postinfo"><span class="messageicon"></span><a href="/index.php?msg=${id}" rel="nofollow" class="smalltext">March 02, 2026, 09:20:05 AM</a>${more}</div></div><div class="post"><div class="inner" data-msgid="${id}" id="msg_${id}">${body}</div></div></div></div></div>`

const thread = (current: number, posts: string): string =>
  `<div class="pagesection"><div class="pagelinks">${[1, 2, 3]
    .map((page) =>
      page === current
        ? `<span class="current_page">${page}</span>`
        : `<a class="nav_page" href="{origin}/index.php?PHPSESSID=ab12&amp;topic=7.${(page - 1) * 15}">${page}</a>`,
    )
    .join(' ')}</div></div><div id="forumposts">${posts}</div>`

const quote =
  '<blockquote class="bbc_standard_quote"><cite><a href="/index.php?msg=1">Quote from: Ida on March 02, 2026, 09:20:05 AM</a></cite>Words of 1.</blockquote>'
const edited = '<span class="smalltext modified" id="modified_2"><em>Last Edit</em>: March 03, 2026</span>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'smf',
  isPrinted: true,
  secrets: ['ab12'],
  threads: [
    {
      title: 'three pages, counted in posts',
      path,
      page: thread(1, post(1) + post(2, 'Words of 2.', edited)),
      answers: {
        'GET /index.php?topic=7.15': pageOf(thread(2, post(3, `${quote}Words of 3.`))),
        'GET /index.php?topic=7.30': pageOf(thread(3, post(4))),
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
