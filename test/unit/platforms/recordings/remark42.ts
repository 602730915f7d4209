import type { Recording } from '../recording.ts'

const page = `<div id="remark42"></div>
  <script>var remark_config = { host: '{origin}/talk', site_id: 'paper', components: ['embed'] }</script>
  <script>!function(e,n){for(var o=0;o<e.length;o++){}}(remark_config.components||['embed'],document);</script>`

const locator = { site: 'paper', url: '{origin}/2026/03/harbour' }
const find = '/talk/api/v1/find?site=paper&url={origin}/2026/03/harbour&sort=+time&format=tree&limit=500'

const user = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  picture: 'https://talk.example/api/v1/avatar/6fa4a372c50c66a0.image',
  ip: 'd5f1c2a9e7',
  admin: false,
  site_id: 'paper',
  ...more,
})

const comment = (id: string, pid: string, text: string, more: object = {}) => ({
  id,
  pid,
  text,
  orig: text,
  user: user('github_ida', 'Ida'),
  locator,
  score: 0,
  vote: 0,
  time: '2026-03-02T10:20:05.123456789+01:00',
  ...more,
})

const info = (more: object) => ({
  url: locator.url,
  count: 5,
  first_time: '2026-03-02T10:20:05+01:00',
  last_time: '2026-03-03T10:20:05+01:00',
  ...more,
})

export const recording: Recording = {
  platform: 'remark42',
  secrets: ['6fa4a372c50c66a0', 'd5f1c2a9e7'],
  threads: [
    {
      title: 'three levels below a deleted comment, in two parts',
      page,
      answers: {
        [`GET ${find}`]: {
          body: {
            comments: [
              {
                comment: comment('c1', '', '', {
                  delete: true,
                  user: user('deleted', 'deleted'),
                  time: '2026-03-02T09:20:05Z',
                }),
                replies: [
                  {
                    comment: comment('c2', 'c1', '<p>So <em>late</em> in the year?</p>\n', {
                      score: -2,
                      edit: { time: '2026-03-02T11:00:00+01:00', summary: 'spelling' },
                    }),
                    replies: [
                      {
                        comment: comment(
                          'c3',
                          'c2',
                          '<blockquote>\n<p>So late</p>\n</blockquote>\n<p>It is.</p>\n',
                          {
                            user: user('google_bo', 'Bo <b>', {
                              admin: true,
                              verified: true,
                              paid_sub: true,
                            }),
                            score: 4,
                          },
                        ),
                      },
                    ],
                  },
                ],
              },
              { comment: comment('c4', '', '<p>Pinned word.</p>\n', { pin: true }) },
            ],
            info: info({ count_left: 1, last_comment: 'c4' }),
          },
        },
        [`GET ${find}&offset_id=c4`]: {
          body: {
            comments: [{ comment: comment('disqus-77', '', '<p>From the old system.</p>\n') }],
            info: info({ count_left: 0, last_comment: 'disqus-77' }),
          },
        },
      },
      expected: {
        reportedCount: 5,
        comments: [
          { id: 'c1', at: '2026-03-02T09:20:05Z', text: '', marks: ['removed'], score: 0 },
          {
            id: 'c2',
            parent: 'c1',
            author: 'Ida',
            at: '2026-03-02T09:20:05.123Z',
            text: 'So late in the year?',
            marks: ['edited'],
            score: -2,
          },
          {
            id: 'c3',
            parent: 'c2',
            author: 'Bo <b>',
            at: '2026-03-02T09:20:05.123Z',
            text: 'It is.',
            marks: ['admin', 'verified', 'paid subscriber'],
            score: 4,
            quotes: [': So late'],
          },
          {
            id: 'c4',
            author: 'Ida',
            at: '2026-03-02T09:20:05.123Z',
            text: 'Pinned word.',
            marks: ['pinned'],
            score: 0,
          },
          {
            id: 'disqus-77',
            author: 'Ida',
            at: '2026-03-02T09:20:05.123Z',
            text: 'From the old system.',
            score: 0,
          },
        ],
      },
    },
    {
      title: 'an empty thread that is closed, on a server that knows no parts',
      page: page.replace("site_id: 'paper'", 'site_id: "paper", url: "{origin}/2026/03/harbour#top"'),
      answers: {
        [`GET ${find}`]: {
          body: { comments: [], info: { url: locator.url, count: 0, read_only: true } },
        },
      },
      expected: { reportedCount: 0, comments: [], closed: true },
    },
  ],
}
