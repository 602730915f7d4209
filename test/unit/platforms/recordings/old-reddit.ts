import type { Recording } from '../recording.ts'

const thing = (id: string, replies = '', edited = ''): string =>
  `<div class="thing id-t1_${id} noncollapsed comment" id="thing_t1_${id}" data-fullname="t1_${id}" data-author="ida"><p class="parent"><a name="${id}"></a></p><div class="entry unvoted"><p class="tagline"><a href="https://old.reddit.com/user/ida" class="author submitter">ida</a><span class="userattrs">[<a class="submitter" title="submitter">S</a>]</span> <span class="score dislikes" title="4">4 points</span><span class="score unvoted" title="5">5 points</span><span class="score likes" title="6">6 points</span> <time title="Mon Mar 2 09:20:05 2026 UTC" datetime="2026-03-02T09:20:05+00:00" class="live-timestamp">30 days ago</time>${edited}</p><div class="usertext-body"><div class="md"><p>Words of ${id}.</p></div></div></div><div class="child">${replies === '' ? '' : `<div class="sitetable listing">${replies}</div>`}</div></div>`

const page = (things: string): string =>
  `<div class="commentarea"><div class="sitetable nestedlisting">${things}</div></div>`

const more =
  '<div class="thing id-t1_zz morechildren"><div class="entry"><span class="morecomments"><a href="javascript:void(0)" class="button">load more comments <span class="gray">(3 replies)</span></a></span></div></div>'
const edited =
  '<time class="edited-timestamp" title="last edited" datetime="2026-03-03T09:20:05+00:00">*</time>'

const plain = { author: 'ida', at: '2026-03-02T09:20:05Z', score: 5 }

export const recording: Recording = {
  platform: 'old-reddit',
  isPrinted: true,
  secrets: [],
  threads: [
    {
      title: 'a discussion that is shown whole',
      page: page(thing('a1', thing('a2', thing('a3', '', edited))) + thing('a4')),
      answers: {},
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: 'a1', text: 'Words of a1.', marks: ['S'] },
          { ...plain, id: 'a2', parent: 'a1', text: 'Words of a2.', marks: ['S'] },
          { ...plain, id: 'a3', parent: 'a2', text: 'Words of a3.', marks: ['edited', 'S'] },
          { ...plain, id: 'a4', text: 'Words of a4.', marks: ['S'] },
        ],
      },
    },
    {
      title: 'branches that only a browser unfolds',
      page: page(thing('a1', more)),
      answers: {},
      expected: {
        reportedCount: null,
        incomplete: 'shortfall',
        comments: [{ ...plain, id: 'a1', text: 'Words of a1.', marks: ['S'] }],
      },
    },
  ],
}
