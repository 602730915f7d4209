import type { Recording } from '../recording.ts'

const page = `<link rel="stylesheet" href="{origin}/waline.css"><div id="waline"></div>
  <script type="module">import { init } from '{origin}/waline.js';
  init({ el: '#waline', serverURL: '{origin}/talk', lang: 'en', dark: 'auto' });</script>`

const request = (number: number, path = '/2026/03/harbour', endpoint = '/talk/api/comment') =>
  `GET ${endpoint}?path=${path}&pageSize=100&page=${number}&sortBy=insertedAt_desc`

const comment = (objectId: string | number, html: string, more: object = {}) => ({
  objectId,
  status: 'approved',
  comment: html,
  link: 'https://ida.example',
  nick: 'Ida',
  pid: null,
  rid: null,
  user_id: null,
  sticky: null,
  like: 0,
  browser: 'Firefox 130',
  os: 'Windows 11',
  avatar: 'https://seccdn.libravatar.org/avatar/0c83f57c786a0b4a',
  addr: 'Riga',
  time: Date.UTC(2026, 2, 2, 9, 20, 5, 250),
  ...more,
})

const list = (number: number, data: readonly object[], more: object = {}) => ({
  errno: 0,
  errmsg: '',
  data: { page: number, totalPages: 2, pageSize: 100, count: 5, data, ...more },
})

export const recording: Recording = {
  platform: 'waline',
  secrets: ['0c83f57c786a0b4a', 'Riga', 'Firefox'],
  threads: [
    {
      title: 'three levels on the first of two pages',
      page,
      answers: {
        [request(1)]: {
          body: list(1, [
            comment(1, '<p>First <strong>word</strong>.</p>\n', {
              sticky: true,
              like: 3,
              children: [
                comment(3, '<p>Third.</p>', { pid: 2, rid: 1, reply_user: { nick: 'Bo' } }),
                comment(2, '<p>Second.</p>', {
                  pid: 1,
                  rid: 1,
                  nick: 'Bo',
                  user_id: 7,
                  type: 'administrator',
                  label: 'Desk',
                }),
              ],
            }),
            comment(4, '<p>Whose <b>parent</b> waits.</p>', { children: [] }),
          ]),
        },
        [request(2)]: { body: list(2, [comment(9, '<p>Last.</p>', { children: [] })]) },
      },
      expected: {
        reportedCount: 5,
        comments: [
          {
            id: '1',
            author: 'Ida',
            at: '2026-03-02T09:20:05.250Z',
            text: 'First word.',
            marks: ['pinned'],
            likes: 3,
          },
          { id: '3', parent: '2', author: 'Ida', at: '2026-03-02T09:20:05.250Z', text: 'Third.', likes: 0 },
          {
            id: '2',
            parent: '1',
            author: 'Bo',
            at: '2026-03-02T09:20:05.250Z',
            text: 'Second.',
            marks: ['administrator', 'Desk'],
            likes: 0,
          },
          { id: '4', author: 'Ida', at: '2026-03-02T09:20:05.250Z', text: 'Whose parent waits.', likes: 0 },
          { id: '9', author: 'Ida', at: '2026-03-02T09:20:05.250Z', text: 'Last.', likes: 0 },
        ],
      },
    },
    {
      title: 'a server before version 2, and a path of its own',
      page: page.replace("lang: 'en'", "path: '/harbour'"),
      answers: {
        [request(1, '/harbour')]: { status: 404, body: 'Not Found' },
        [request(1, '/harbour', '/talk/comment')]: {
          body: {
            page: 1,
            totalPages: 1,
            pageSize: 100,
            count: 1,
            data: [
              comment('64f0c1', '<p>Old.</p>', {
                time: undefined,
                insertedAt: '2026-03-02T09:20:05.250Z',
                children: [],
              }),
            ],
          },
        },
      },
      expected: {
        reportedCount: 1,
        comments: [{ id: '64f0c1', author: 'Ida', at: '2026-03-02T09:20:05.250Z', text: 'Old.', likes: 0 }],
      },
    },
    {
      title: 'no comments, named by a theme in its settings',
      page: `<script class="next-config" data-name="waline" type="application/json">{"waline":{"enable":true,"serverURL":"{origin}\\/talk"}}</script>`,
      answers: { [request(1)]: { body: list(1, [], { totalPages: 0, count: 0 }) } },
      expected: { reportedCount: 0, comments: [] },
    },
    {
      title: 'a fault that is told with status 200',
      page,
      answers: { [request(1)]: { body: { errno: 1000, errmsg: 'the storage is full' } } },
      expected: {
        reportedCount: null,
        comments: [],
        incomplete: 'page_failed',
        failures: ['unreadable_answer'],
      },
    },
  ],
}
