import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/r/harbour/comments/h7/the_harbour/'

const thing = (id: string, replies = '', edited = ''): string =>
  `<div class="thing id-t1_${id} noncollapsed comment" id="thing_t1_${id}" data-fullname="t1_${id}" data-author="ida"><p class="parent"><a name="${id}"></a></p><div class="entry unvoted"><p class="tagline"><a href="https://old.reddit.com/user/ida" class="author submitter">ida</a><span class="userattrs">[<a class="submitter" title="submitter">S</a>]</span> <span class="score dislikes" title="4">4 points</span><span class="score unvoted" title="5">5 points</span><span class="score likes" title="6">6 points</span> <time title="Mon Mar 2 09:20:05 2026 UTC" datetime="2026-03-02T09:20:05+00:00" class="live-timestamp">30 days ago</time>${edited}</p><div class="usertext-body"><div class="md"><p>Words of ${id}.</p></div></div></div><div class="child">${replies === '' ? '' : `<div class="sitetable listing">${replies}</div>`}</div></div>`

const page = (things: string): string =>
  `<div class="commentarea"><div class="sitetable nestedlisting">${things}</div></div>`

const more = (call: string): string =>
  `<div class="thing id-t1_zz morechildren"><div class="entry"><span class="morecomments"><a style="font-size: smaller" class="button" id="more_t1_zz" href="javascript:void(0)"${call}>load more comments <span class="gray">(3 replies)</span></a></span></div></div>`

const moreOf = (ids: string): string =>
  more(` onclick="return morechildren(this, 't3_h7', 'confidence', '${ids}', 1, 'False')"`)

const deeper = (id: string): string =>
  `<div class="thing morerecursion"><div class="entry"><span class="deepthread"><a href="${path}${id}/">continue this thread</a></span></div></div>`

const asked = (ids: string): string =>
  `GET /api/morechildren.json?api_type=json&raw_json=1&limit_children=false&link_id=t3_h7&children=${ids}`

const loaded = (id: string, parent: string, given: object = {}) => ({
  kind: 't1',
  data: {
    id,
    parent_id: parent,
    author: 'ida',
    author_fullname: 't2_secret',
    body: `Words of ${id}.`,
    body_html: `<div class="md"><p>Words of ${id}.</p>\n</div>`,
    created_utc: 1_772_443_205,
    edited: false,
    score: 5,
    score_hidden: false,
    is_submitter: true,
    distinguished: null,
    stickied: false,
    ...given,
  },
})

const left = (parent: string, children: readonly string[]) => ({
  kind: 'more',
  data: { id: children[0] ?? '_', count: children.length, parent_id: parent, children },
})

const things = (...given: readonly object[]) => ({ body: { json: { errors: [], data: { things: given } } } })

const edited =
  '<time class="edited-timestamp" title="last edited" datetime="2026-03-03T09:20:05+00:00">*</time>'

const plain = { author: 'ida', at: '2026-03-02T09:20:05Z', score: 5 }

export const recording: Recording = {
  platform: 'old-reddit',
  isPrinted: true,
  secrets: ['t2_secret'],
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
      title: 'branches that are folded, in the page and in what is loaded, to their ends',
      path,
      page: page(thing('a1', moreOf('b1,t1_b2')) + thing('a2', thing('a3', deeper('a3'))) + moreOf('c1')),
      answers: {
        [asked('b1,b2')]: things(
          loaded('b1', 't1_a1', { edited: 1_772_529_605, distinguished: 'moderator', is_submitter: false }),
          loaded('b3', 't1_b1', { score_hidden: true, stickied: true }),
          left('t1_b1', ['b4']),
          left('t1_b3', []),
        ),
        [asked('b4')]: things(loaded('b4', 't1_b1')),
        [asked('c1')]: things(loaded('c1', 't3_h7')),
        [`GET ${path}a3/`]: pageOf(page(thing('a3', thing('d1', deeper('d1'))))),
        [`GET ${path}d1/`]: pageOf(page(thing('d1', thing('d2')))),
        [`GET ${path}b3/`]: pageOf(page(thing('b3', thing('e1')))),
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: 'a1', text: 'Words of a1.', marks: ['S'] },
          { ...plain, id: 'a2', text: 'Words of a2.', marks: ['S'] },
          { ...plain, id: 'a3', parent: 'a2', text: 'Words of a3.', marks: ['S'] },
          { ...plain, id: 'b1', parent: 'a1', text: 'Words of b1.', marks: ['edited', 'M'] },
          {
            id: 'b3',
            parent: 'b1',
            author: 'ida',
            at: plain.at,
            text: 'Words of b3.',
            marks: ['pinned', 'S'],
          },
          { ...plain, id: 'd1', parent: 'a3', text: 'Words of d1.', marks: ['S'] },
          { ...plain, id: 'c1', text: 'Words of c1.', marks: ['S'] },
          { ...plain, id: 'b4', parent: 'b1', text: 'Words of b4.', marks: ['S'] },
          { ...plain, id: 'e1', parent: 'b3', text: 'Words of e1.', marks: ['S'] },
          { ...plain, id: 'd2', parent: 'd1', text: 'Words of d2.', marks: ['S'] },
        ],
      },
    },
    {
      title: 'a branch whose page is gone',
      path,
      page: page(thing('a1', deeper('a1'))),
      answers: { [`GET ${path}a1/`]: { status: 404, body: '' } },
      expected: {
        reportedCount: null,
        incomplete: 'page_failed',
        failures: ['http_error'],
        comments: [{ ...plain, id: 'a1', text: 'Words of a1.', marks: ['S'] }],
      },
    },
    {
      title: 'branches that only a browser unfolds',
      page: page(thing('a1', more(''))),
      answers: {},
      expected: {
        reportedCount: null,
        incomplete: 'shortfall',
        comments: [{ ...plain, id: 'a1', text: 'Words of a1.', marks: ['S'] }],
      },
    },
  ],
}
