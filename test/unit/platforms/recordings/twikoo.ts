import type { Recording } from '../recording.ts'

const page = `<div id="tcomment"></div><script src="{origin}/twikoo.min.js"></script>
  <script>twikoo.init({ envId: '{origin}/talk', el: '#tcomment', lang: 'en' })</script>`

const request = 'POST /talk {"event":"COMMENT_GET","url":"/2026/03/harbour"}'
const requestBefore = (before: number) => `${request.slice(0, -1)},"before":${before}}`

const at = (minute: number): number => Date.UTC(2026, 2, 2, 9, minute, 5, 250)
const iso = (minute: number): string => `2026-03-02T09:${minute}:05.250Z`

const comment = (id: string, created: number, html: string, more: object = {}) => ({
  id,
  nick: 'Ida',
  avatar: 'https://cravatar.cn/avatar/0c83f57c786a0b4a?d=initials',
  mailMd5: '0c83f57c786a0b4a',
  link: '',
  comment: html,
  os: 'Windows 11',
  browser: 'Firefox 130',
  ipRegion: 'Riga',
  master: false,
  like: 0,
  ups: 0,
  downs: 0,
  liked: false,
  replies: [],
  rid: '',
  pid: '',
  ruser: null,
  isSpam: false,
  created,
  updated: created,
  ...more,
})

const plain = { author: 'Ida', likes: 0, dislikes: 0, score: 0 }

export const recording: Recording = {
  platform: 'twikoo',
  secrets: ['0c83f57c786a0b4a', 'Riga', 'Firefox', 'a-token-of-the-server'],
  threads: [
    {
      title: 'three levels over two pages, a pinned comment before all',
      page,
      answers: {
        [request]: {
          body: {
            data: [
              comment('top', at(10), '<p>Rules.</p>', { top: true, master: true, nick: 'Desk' }),
              comment('b', at(50), '<p>Newest.</p>', { ups: 4, downs: 1, like: 2 }),
              comment('a', at(40), '<p>First.</p>', {
                replies: [
                  comment('a1', at(41), '<p>Second.</p>', { rid: 'a', pid: 'a', nick: 'Bo' }),
                  comment('a2', at(42), '<p>Third.</p>', { rid: 'a', pid: 'a1', ruser: 'Bo' }),
                ],
              }),
            ],
            more: true,
            count: 4,
            accessToken: 'a-token-of-the-server',
          },
        },
        [requestBefore(at(40))]: {
          body: { data: [comment('old', at(30), '<p>Oldest.</p>', { isSpam: true })], more: false, count: 4 },
        },
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: 'top', author: 'Desk', at: iso(10), text: 'Rules.', marks: ['pinned', 'master'] },
          { ...plain, id: 'b', at: iso(50), text: 'Newest.', likes: 4, dislikes: 1, score: 3 },
          { ...plain, id: 'a', at: iso(40), text: 'First.' },
          { ...plain, id: 'a1', parent: 'a', author: 'Bo', at: iso(41), text: 'Second.' },
          { ...plain, id: 'a2', parent: 'a1', at: iso(42), text: 'Third.' },
          { ...plain, id: 'old', at: iso(30), text: 'Oldest.', marks: ['withheld'] },
        ],
      },
    },
    {
      title: 'no comments',
      page,
      answers: {
        [request]: { body: { data: [], more: false, count: 0, accessToken: 'a-token-of-the-server' } },
      },
      expected: { reportedCount: 0, comments: [] },
    },
    {
      title: 'a fault that is told with status 200',
      page,
      answers: { [request]: { body: { data: [], message: 'the database is away' } } },
      expected: {
        reportedCount: null,
        comments: [],
        incomplete: 'page_failed',
        failures: ['unreadable_answer'],
      },
    },
    {
      title: 'an environment without an address',
      page: page.replace('{origin}/talk', 'paper-8gqk3p5a'),
      answers: {},
      expected: { reportedCount: null, comments: [], incomplete: 'needs_token' },
    },
  ],
}
