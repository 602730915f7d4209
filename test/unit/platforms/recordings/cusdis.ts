import type { Recording } from '../recording.ts'

const page = `<div id="cusdis_thread" data-host="{origin}" data-app-id="app-7" data-page-id="harbour"
  data-page-url="{origin}/2026/03/harbour" data-page-title="Harbour"></div>
  <script async defer src="{origin}/js/cusdis.es.js"></script>`

const request = (number: number) => `GET /api/open/comments?appId=app-7&pageId=harbour&page=${number}`

const none = { commentCount: 0, pageSize: 10, pageCount: 1, data: [] }

const comment = (id: string, content: string, more: object = {}) => ({
  id,
  createdAt: '2026-03-02T09:20:05.125Z',
  content,
  by_nickname: 'Ida',
  by_email: 'ida@example.com',
  moderatorId: null,
  moderator: null,
  parsedContent: `<p>${content}</p>\n`,
  parsedCreatedAt: '2026-03-02 11:20',
  replies: none,
  ...more,
})

const some = (...data: readonly object[]) => ({ ...none, commentCount: data.length, data })

export const recording: Recording = {
  platform: 'cusdis',
  secrets: ['ida@example.com'],
  threads: [
    {
      title: 'three levels on the first of two pages',
      page,
      answers: {
        [request(1)]: {
          body: {
            data: {
              commentCount: 3,
              pageSize: 2,
              pageCount: 2,
              data: [
                comment('r1', 'First.', {
                  replies: some(
                    comment('r2', 'Second.', {
                      moderatorId: 'm1',
                      moderator: { displayName: 'The paper' },
                      by_nickname: 'Hidden Name',
                      replies: some(comment('r3', 'Third.')),
                    }),
                  ),
                }),
                comment('r4', '1 < 2 & so on\n\nnext', { parsedContent: '' }),
              ],
            },
          },
        },
        [request(2)]: { body: { data: { ...some(comment('r5', 'Last.')), commentCount: 3, pageCount: 2 } } },
      },
      expected: {
        reportedCount: null,
        comments: [
          { id: 'r1', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: 'First.' },
          {
            id: 'r2',
            parent: 'r1',
            author: 'The paper',
            at: '2026-03-02T09:20:05.125Z',
            text: 'Second.',
            marks: ['moderator'],
          },
          { id: 'r3', parent: 'r2', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: 'Third.' },
          { id: 'r4', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: '1 < 2 & so on\n\nnext' },
          { id: 'r5', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: 'Last.' },
        ],
      },
    },
    {
      title: 'replies that the server leaves out',
      page,
      answers: {
        [request(1)]: {
          body: {
            data: some(
              comment('r1', 'First.', { replies: { ...some(comment('r2', 'One.')), commentCount: 12 } }),
            ),
          },
        },
      },
      expected: {
        reportedCount: null,
        incomplete: 'shortfall',
        comments: [
          { id: 'r1', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: 'First.' },
          { id: 'r2', parent: 'r1', author: 'Ida', at: '2026-03-02T09:20:05.125Z', text: 'One.' },
        ],
      },
    },
    {
      title: 'no comments',
      page,
      answers: { [request(1)]: { body: { data: none } } },
      expected: { reportedCount: 0, comments: [] },
    },
    {
      title: 'a project that was deleted',
      page,
      answers: { [request(1)]: { status: 404, body: { data: { ...none, pageCount: 0 } } } },
      expected: { reportedCount: null, comments: [], incomplete: 'not_found', failures: ['http_error'] },
    },
  ],
}
