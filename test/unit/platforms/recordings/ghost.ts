import type { Recording } from '../recording.ts'

const page = `<script defer src="https://cdn.jsdelivr.net/ghost/comments-ui@~1/umd/comments-ui.min.js"
  data-ghost-comments="{origin}/" data-api="{origin}/ghost/api/content/" data-admin="{origin}/ghost/" data-key="abc"
  data-title="null" data-count="true" data-post-id="p7" data-color-scheme="auto" crossorigin="anonymous"></script>`

const roots = (number: number) => `GET /members/api/comments/post/p7/?limit=100&page=${number}`
const replies = (root: string, after: string) =>
  `GET /members/api/comments/${root}/replies/?limit=100&filter=id:>'${after}'`

const comment = (id: string, html: string | null, more: object = {}) => ({
  id,
  parent_id: null,
  in_reply_to_id: null,
  status: 'published',
  html,
  created_at: '2026-03-02T09:20:05.000Z',
  edited_at: null,
  member: {
    id: 'm1',
    uuid: 'b5f2-uuid',
    name: 'Ida',
    expertise: 'Harbour pilot',
    avatar_image: 'https://www.gravatar.com/avatar/0c83f57c786a0b4a',
  },
  count: { replies: 0, likes: 0 },
  liked: false,
  replies: [],
  ...more,
})

const meta = (next: number | null, total: number) => ({
  pagination: { page: 1, limit: 100, pages: next ?? 1, total, next, prev: null },
})

const at = '2026-03-02T09:20:05Z'
const plain = { author: 'Ida', at, likes: 0 }

export const recording: Recording = {
  platform: 'ghost',
  secrets: ['0c83f57c786a0b4a', 'Harbour pilot'],
  threads: [
    {
      title: 'folded replies below a deleted comment, over two pages',
      page,
      answers: {
        [roots(1)]: {
          body: {
            comments: [
              comment('c1', null, {
                status: 'deleted',
                member: null,
                count: { replies: 4, likes: 0 },
                replies: [
                  comment('c2', '<p>Second.</p>', {
                    parent_id: 'c1',
                    edited_at: '2026-03-02T10:00:00.000Z',
                    count: { likes: 3 },
                  }),
                  comment('c3', '<p>Third.</p>', { parent_id: 'c1', in_reply_to_id: 'c2' }),
                ],
              }),
            ],
            meta: meta(2, 2),
          },
        },
        [replies('c1', 'c3')]: {
          body: {
            comments: [comment('c4', null, { parent_id: 'c1', in_reply_to_id: 'c3', status: 'hidden' })],
            meta: meta(2, 2),
          },
        },
        [replies('c1', 'c4')]: {
          body: { comments: [comment('c5', '<p>Fifth.</p>', { parent_id: 'c1' })], meta: meta(null, 1) },
        },
        [roots(2)]: { body: { comments: [comment('c9', '<p>Last.</p>')], meta: meta(null, 2) } },
      },
      expected: {
        reportedCount: null,
        comments: [
          { id: 'c1', at, text: '', marks: ['removed'], likes: 0 },
          { ...plain, id: 'c2', parent: 'c1', text: 'Second.', marks: ['edited'], likes: 3 },
          { ...plain, id: 'c3', parent: 'c2', text: 'Third.' },
          { ...plain, id: 'c4', parent: 'c3', text: '', marks: ['withheld'] },
          { ...plain, id: 'c9', text: 'Last.' },
          { ...plain, id: 'c5', parent: 'c1', text: 'Fifth.' },
        ],
      },
    },
    {
      title: 'no comments',
      page,
      answers: { [roots(1)]: { body: { comments: [], meta: meta(null, 0) } } },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
