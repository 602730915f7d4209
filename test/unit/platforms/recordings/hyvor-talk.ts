import type { Recording } from '../recording.ts'

const page = '<hyvor-talk-comments website-id="77" page-id="harbour"></hyvor-talk-comments>'
const request = (offset: number): string =>
  `GET /api/data/v1/comments?website_id=77&page_identifier=harbour&sort=oldest&limit=50${
    offset === 0 ? '' : `&offset=${offset}`
  }`

const comment = (id: number, parent: number | null, more: object = {}) => ({
  id,
  parent_id: parent,
  created_at: 1772443205,
  url: `https://paper.example/harbour#ht-comment-${id}`,
  body_html: `<p>Words of ${id}.</p>`,
  upvotes: 5,
  downvotes: 2,
  status: 'published',
  is_featured: false,
  is_edited: false,
  user: {
    id: 9,
    type: 'sso',
    name: 'Ida',
    username: 'ida',
    picture_url: 'https://a.example/ida.png',
    email: 'ida@mail.example',
  },
  ...more,
})

const votes = { likes: 5, dislikes: 2, score: 3 }
const at = '2026-03-02T09:20:05Z'
const plain = { author: 'Ida', at, ...votes }

/** A page is full at 50. */
const many = Array.from({ length: 48 }, (_, index) => 100 + index)

export const recording: Recording = {
  platform: 'hyvor-talk',
  refusal: 'needs_token',
  standsFor: ['https://talk.hyvor.com'],
  secrets: ['ida.png', 'mail.example'],
  threads: [
    {
      title: 'two pages, with a reply below a deleted comment of the page before',
      page,
      answers: {
        [request(0)]: {
          body: [
            comment(1, null, { is_featured: true }),
            comment(2, 1, { status: 'deleted', body_html: '', user: null }),
            ...many.map((id) => comment(id, null)),
          ],
        },
        [request(50)]: { body: [comment(3, 2, { is_edited: true }), comment(4, 3, { status: 'pending' })] },
      },
      expected: {
        reportedCount: null,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.', marks: ['picked'] },
          { id: '2', parent: '1', at, text: '', marks: ['removed'], ...votes },
          ...many.map((id) => ({ ...plain, id: String(id), text: `Words of ${id}.` })),
          { ...plain, id: '3', parent: '2', text: 'Words of 3.', marks: ['edited'] },
          { ...plain, id: '4', parent: '3', text: 'Words of 4.', marks: ['withheld'] },
        ],
      },
    },
    {
      title: 'a website that wants its key',
      page,
      answers: { [request(0)]: { status: 403, body: { message: 'API key needed' } } },
      expected: { reportedCount: null, incomplete: 'needs_token', failures: ['blocked'], comments: [] },
    },
    {
      title: 'nothing said yet',
      page,
      answers: { [request(0)]: { body: [] } },
      expected: { reportedCount: null, comments: [] },
    },
  ],
}
