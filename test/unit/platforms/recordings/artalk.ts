import type { Recording } from '../recording.ts'

const page = `<link href="{origin}/Artalk.css" rel="stylesheet"><div id="Comments"></div><script src="{origin}/Artalk.js"></script>
  <script>Artalk.init({ el: '#Comments', pageKey: '/harbour', pageTitle: 'Harbour', server: '{origin}', site: 'Paper' })</script>`

const request = (offset: number, key = '/harbour') =>
  `GET /api/v2/comments?page_key=${key}&site_name=Paper&limit=100&offset=${offset}&flat_mode=true&sort_by=date_asc`

const comment = (id: number, rid: number, html: string, more: object = {}) => ({
  id,
  content: html,
  content_marked: `<p>${html}</p>\n`,
  user_id: 12,
  nick: 'Ida',
  email_encrypted: '0c83f57c786a0b4a39efab23731c7ebc',
  link: '',
  ua: 'Mozilla/5.0 (X11)',
  date: '2026-03-02 17:20:05',
  is_collapsed: false,
  is_pending: false,
  is_pinned: false,
  is_allow_reply: true,
  is_verified: false,
  rid,
  badge_name: '',
  badge_color: '',
  ip_region: 'Kurzeme',
  visible: true,
  vote_up: 0,
  vote_down: 0,
  page_key: '/harbour',
  site_name: 'Paper',
  ...more,
})

const time = '2026-03-02T09:20:05Z'
const plain = { author: 'Ida', at: time, likes: 0, dislikes: 0, score: 0 }

export const recording: Recording = {
  platform: 'artalk',
  secrets: ['0c83f57c786a0b4a39efab23731c7ebc', 'Kurzeme', 'Mozilla'],
  threads: [
    {
      title: 'three levels over two pages, on the clock of Shanghai',
      page,
      answers: {
        [request(0)]: {
          body: {
            comments: [
              comment(1, 0, 'First.', { is_pinned: true, vote_up: 5, vote_down: 2 }),
              comment(2, 1, 'Second.', { nick: 'Bo', user_id: 1, badge_name: 'Desk' }),
              comment(3, 2, 'Third.', { is_pending: true }),
            ],
            count: 101,
            roots_count: 2,
            page: { id: 4, admin_only: false, key: '/harbour', title: 'Harbour', pv: 9 },
          },
        },
        [request(100)]: {
          body: { comments: [comment(200, 77, 'Below a comment that is gone.')], count: 101, roots_count: 2 },
        },
      },
      expected: {
        reportedCount: 101,
        comments: [
          { ...plain, id: '1', text: 'First.', marks: ['pinned'], likes: 5, dislikes: 2, score: 3 },
          { ...plain, id: '2', parent: '1', author: 'Bo', text: 'Second.', marks: ['Desk'] },
          { ...plain, id: '3', parent: '2', text: 'Third.', marks: ['withheld'] },
          { ...plain, id: '200', parent: '77', text: 'Below a comment that is gone.' },
        ],
      },
    },
    {
      title: 'a page of its own path, empty and for the newsroom only',
      page: page.replace("pageKey: '/harbour'", 'pageKey: location.pathname'),
      answers: {
        [request(0, '/2026/03/harbour')]: {
          body: { comments: null, count: 0, roots_count: 0, page: { admin_only: true } },
        },
      },
      expected: { reportedCount: 0, comments: [], closed: true },
    },
  ],
}
