import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/topic/7-the-harbour/'

const post = (id: number, body: string): string =>
  `<a id="findComment-${id}"></a><article id="elComment_${id}" class="cPost ipsBox ipsComment ipsComment_parent"><aside class="ipsComment_author"><h3 class="cAuthorPane_author"><strong><a href="/profile/5-ida/" class="ipsType_break">Ida</a></strong></h3>
    <ul class="cAuthorPane_info"><li><a class="ipsUserPhoto" href="/profile/5-ida/"><img src="/uploads/ida.png" alt="Ida"></a></li></ul></aside>
    <div class="ipsColumn"><div id="comment-${id}_wrap" data-controller="core.front.core.comment" data-commentid="${id}" class="ipsComment_content"><div class="ipsComment_meta"><a href="${path}?do=findComment&amp;comment=${id}">Posted <time datetime="2026-03-02T09:20:05Z" title="03/02/26 09:20 AM">March 2</time></a></div>
    <div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_richText">${body}</div></div>
    <div class="ipsReact"><span class="ipsReact_reactCount">3</span></div></div></div></article>`

const link = (page: number): string => `${path}${page === 1 ? '' : `page/${page}/`}`

const thread = (current: number, posts: string): string =>
  `<div class="ipsApp ipsLayout_container"><ul class="ipsPagination" data-pages="3"><li class="ipsPagination_prev"><a href="${link(Math.max(1, current - 1))}" rel="prev">Prev</a></li>${[
    1, 2, 3,
  ]
    .map(
      (page) =>
        `<li class="ipsPagination_page${page === current ? ' ipsPagination_active' : ''}"><a href="${link(page)}" data-page="${page}">${page}</a></li>`,
    )
    .join(
      '',
    )}<li class="ipsPagination_next"><a href="${link(Math.min(3, current + 1))}" rel="next">Next</a></li></ul>${posts}</div>`

const quote =
  '<blockquote class="ipsQuote" data-ipsquote="" data-ipsquote-contentcommentid="1" data-ipsquote-username="Ida"><div class="ipsQuote_citation">On 3/2/2026 at 9:20 AM, Ida said:</div><div class="ipsQuote_contents"><p>Words of 1.</p></div></blockquote>'
const note =
  '<span class="ipsType_reset ipsType_medium ipsType_light" data-excludequote=""><strong>Edited <time datetime="2026-03-03T09:20:05Z">March 3</time> by Ida</strong></span>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z', likes: 3 }

export const recording: Recording = {
  platform: 'invision',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'three pages',
      path,
      page: thread(1, post(1, '<p>Words of 1.</p>') + post(2, `<p>Words of 2.</p>${note}`)),
      answers: {
        [`GET ${path}page/2/`]: pageOf(thread(2, post(3, `${quote}<p>Words of 3.</p>`))),
        [`GET ${path}page/3/`]: pageOf(thread(3, post(4, '<p>Words of 4.</p>'))),
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
