import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/discussion/7/the-harbour'

const box = (kind: 'Comment' | 'Discussion', id: number, body = `Words of ${id}.`): string =>
  `<${kind === 'Comment' ? 'li' : 'div'} class="Item Item${kind}" id="${kind}_${id}"><div class="${kind}"><div class="Item-Header ${kind}Header"><div class="AuthorWrap"><span class="Author"><a title="Ida" href="/profile/Ida" class="PhotoWrap"><img src="/uploads/ida.png" alt="Ida"></a><a href="/profile/Ida" class="Username">Ida</a></span></div><div class="Meta"><span class="MItem DateCreated"><a href="${path}"><time title="March 2, 2026 9:20AM" datetime="2026-03-02T09:20:05+00:00">March 2</time></a></span></div></div><div class="Item-BodyWrap"><div class="Item-Body"><div class="Message userContent">${body}</div></div></div></div></${kind === 'Comment' ? 'li' : 'div'}>`

const thread = (current: number, first: string, comments: string): string =>
  `<div id="Content">${first}<div class="CommentsWrap"><span class="BeforeCommentHeading"><div role="navigation" id="PagerBefore" class="Pager NumberedPager">${[
    1, 2, 3,
  ]
    .map(
      (page) =>
        `<a href="{origin}${path}${page === 1 ? '' : `/p${page}`}" class="${page === current ? 'Highlight ' : ''}Pager-p p-${page}">${page}</a>`,
    )
    .join('')}</div></span><ul class="MessageList DataList Comments">${comments}</ul></div></div>`

const quote =
  '<blockquote class="Quote UserQuote blockquote"><div class="QuoteAuthor"><a href="/profile/Ida">Ida</a> said:</div><div class="QuoteText">Words of 1.</div></blockquote>'

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'vanilla',
  isPrinted: true,
  secrets: ['ida.png'],
  threads: [
    {
      title: 'three pages, the first with what opened the discussion',
      path,
      page: thread(1, box('Discussion', 7), box('Comment', 1)),
      answers: {
        [`GET ${path}/p2`]: pageOf(thread(2, '', box('Comment', 2, `${quote}Words of 2.`))),
        [`GET ${path}/p3`]: pageOf(thread(3, '', box('Comment', 3))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: 'Discussion_7', text: 'Words of 7.' },
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', text: 'Words of 2.', quotes: ['Ida: Words of 1.'] },
          { ...plain, id: '3', text: 'Words of 3.' },
        ],
      },
    },
  ],
}
