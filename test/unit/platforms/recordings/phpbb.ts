import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/viewtopic.php?f=2&t=7'

const post = (id: number, body: string, more = ''): string =>
  `<div id="p${id}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile${id}"><dt><a href="./memberlist.php?mode=viewprofile&amp;u=5&amp;sid=ab12" class="username">Ida</a></dt><dd class="profile-posts"><strong>Posts:</strong> 12</dd></dl>
    <div class="postbody"><div id="post_content${id}"><h3 class="first"><a href="./viewtopic.php?p=${id}&amp;sid=ab12#p${id}">Re: The harbour</a></h3>
    <p class="author"><a class="unread" href="./viewtopic.php?p=${id}#p${id}"></a><span class="responsive-hide">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u=5" class="username">Ida</a></strong> » </span><time datetime="2026-03-02T09:20:05+00:00">Mon Mar 02, 2026 9:20 am</time></p>
    <div class="content">${body}</div>${more}<div id="sig${id}" class="signature">Ahoy</div></div></div></div></div>`

const link = (page: number): string =>
  `<li><a class="button" href="./viewtopic.php?f=2&amp;t=7&amp;sid=ab12${page === 1 ? '' : `&amp;start=${(page - 1) * 2}`}" role="button">${page}</a></li>`

const thread = (current: number, posts: string): string =>
  `<div id="phpbb" class="phpbb"><div class="action-bar"><div class="pagination">5 posts <ul>${[1, 2, 3]
    .map((page) => (page === current ? `<li class="active"><span>${page}</span></li>` : link(page)))
    .join('')}</ul></div></div>${posts}</div>`

const quote =
  '<blockquote><div><cite><a href="./memberlist.php?mode=viewprofile&amp;u=5">Ida</a> wrote: <a href="./viewtopic.php?p=1#p1" data-post-id="1">↑</a><span class="responsive-hide">Mon Mar 02, 2026 9:20 am</span></cite>Words of 1.</div></blockquote>'
const notice =
  '<div class="notice">Last edited by <a class="username">Ida</a> on Tue Mar 03, 2026 8:00 am, edited 1 time in total.</div>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'phpbb',
  isPrinted: true,
  secrets: ['ab12'],
  threads: [
    {
      title: 'three pages, counted in posts, with the id of the visit in their links',
      path,
      page: thread(1, post(1, 'Words of 1.') + post(2, 'Words of 2.', notice)),
      answers: {
        'GET /viewtopic.php?f=2&t=7&start=2': pageOf(
          thread(2, post(3, `${quote}Words of 3.`) + post(4, 'Words of 4.')),
        ),
        'GET /viewtopic.php?f=2&t=7&start=4': pageOf(thread(3, post(5, 'Words of 5.'))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.', marks: ['edited'] },
          { ...plain, id: '3', text: 'Words of 3.', quotes: ['Ida: Words of 1.'] },
          { ...plain, id: '4', text: 'Words of 4.' },
          { ...plain, id: '5', text: 'Words of 5.' },
        ],
      },
    },
  ],
}
