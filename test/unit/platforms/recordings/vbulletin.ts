import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/showthread.php?7-The-harbour'
const oldPath = '/showthread.php?t=7'

/** Version 4. */
const post = (id: number, body: string, more = ''): string =>
  `<li class="postbitlegacy postbitim postcontainer old" id="post_${id}"><div class="posthead"><span class="postdate old"><span class="date">03-02-2026,&nbsp;<span class="time">09:20 AM</span></span></span></div>
    <div class="postdetails"><div class="userinfo"><div class="username_container"><a class="username offline popupctrl" href="member.php?5-Ida"><strong>Ida</strong></a> <span class="usertitle">Captain</span></div></div>
    <div class="postbody"><h2 class="title icon">Re: The harbour</h2><div class="content"><div id="post_message_${id}"><blockquote class="postcontent restore">${body}</blockquote></div></div>${more}<blockquote class="signature restore"><div class="signaturecontainer">Ahoy</div></blockquote></div></div></li>`

const thread = (current: number, posts: string): string =>
  `<div class="pagination_top"><form class="pagination popupmenu nohovermenu">${[1, 2, 3]
    .map((page) =>
      page === current
        ? `<span class="selected"><a href="javascript://" title="Results ${page}">${page}</a></span>`
        : `<span><a href="showthread.php?7-The-harbour${page === 1 ? '' : `/page${page}`}&amp;s=ab12">${page}</a></span>`,
    )
    .join('')}</form></div><ol id="posts" class="posts">${posts}</ol>`

const quote =
  '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class="bbcode_quote_container"></div><div class="bbcode_postedby"><img src="q.png" alt="Quote"> Originally Posted by <strong>Ida</strong> <a href="showthread.php?p=1#post1" rel="nofollow"></a></div><div class="message">Words of 1.</div></div></div></div>'

/** Version 3. */
const oldPost = (id: number): string =>
  `<table id="post${id}" class="tborder"><tr><td class="thead"><a name="post${id}"><img alt="Old"></a> 03-02-2026, 09:20 AM</td></tr><tr><td><div id="postmenu_${id}"><a class="bigusername" href="member.php?u=5">Ida</a></div></td>
    <td class="alt1" id="td_post_${id}"><div id="post_message_${id}">Words of ${id}.</div></td></tr></table>`
const oldThread = (current: number, posts: string): string =>
  `${posts}<div class="pagenav"><table><tr><td class="vbmenu_control">Page ${current} of 2</td>${[1, 2]
    .map((page) =>
      page === current
        ? `<td class="alt2"><span class="smallfont"><strong>${page}</strong></span></td>`
        : `<td class="alt1"><a class="smallfont" href="showthread.php?t=7${page === 1 ? '' : `&amp;page=${page}`}">${page}</a></td>`,
    )
    .join('')}</tr></table></div>`

const plain = { author: 'Ida', at: '2026-03-02T09:20:00Z' }

export const recording: Recording = {
  platform: 'vbulletin',
  isPrinted: true,
  secrets: ['ab12'],
  threads: [
    {
      title: 'three pages of version 4',
      path,
      page: thread(1, post(1, 'Words of 1.') + post(2, 'Words of 2.')),
      answers: {
        [`GET ${path}/page2`]: pageOf(thread(2, post(3, `${quote}Words of 3.`))),
        [`GET ${path}/page3`]: pageOf(thread(3, post(4, 'Words of 4.'))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.' },
          { ...plain, id: '3', text: 'Words of 3.', quotes: ['Ida: Words of 1.'] },
          { ...plain, id: '4', text: 'Words of 4.' },
        ],
      },
    },
    {
      title: 'two pages of version 3',
      path: oldPath,
      page: oldThread(1, oldPost(1)),
      answers: { [`GET ${oldPath}&page=2`]: pageOf(oldThread(2, oldPost(2))) },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.' },
        ],
      },
    },
  ],
}
