import type { Recording } from '../recording.ts'

const page = `<script data-isso="{origin}/talk/" src="{origin}/talk/js/embed.min.js"></script>
  <section id="isso-thread" data-isso-id="/harbour"></section>`

const roots = 'GET /talk/?uri=/harbour&limit=100&nested_limit=100&sort=oldest'
const below = (parent: number, offset: number) =>
  `GET /talk/?uri=/harbour&limit=100&parent=${parent}&sort=oldest&offset=${offset}`

const created = Date.UTC(2026, 2, 2, 9, 20, 5) / 1000

const comment = (id: number, parent: number | null, text: string, more: object = {}) => ({
  id,
  parent,
  text,
  author: 'Ida',
  website: 'https://ida.example',
  mode: 1,
  created: created + 0.25,
  modified: null,
  likes: 3,
  dislikes: 1,
  notification: 0,
  hash: '0c83f57c786a',
  gravatar_image: 'https://www.gravatar.com/avatar/0c83f57c786a?d=identicon',
  ...more,
})

const at = '2026-03-02T09:20:05.250Z'
const plain = { author: 'Ida', at, likes: 3, dislikes: 1, score: 2 }

export const recording: Recording = {
  platform: 'isso',
  secrets: ['0c83f57c786a'],
  threads: [
    {
      title: 'folded replies below a deleted comment, and a second page of comments',
      page,
      answers: {
        [roots]: {
          body: {
            id: null,
            total_replies: 2,
            hidden_replies: 1,
            replies: [
              comment(1, null, '', {
                author: null,
                mode: 4,
                total_replies: 3,
                hidden_replies: 2,
                replies: [comment(2, 1, '<p>Second.</p>', { modified: created + 60 })],
              }),
            ],
          },
        },
        [below(1, 1)]: {
          body: {
            id: 1,
            total_replies: 3,
            hidden_replies: 1,
            replies: [comment(3, 1, '<p>Third.</p>', { author: null, mode: 2 })],
          },
        },
        [below(1, 2)]: {
          body: { id: 1, total_replies: 3, hidden_replies: 0, replies: [comment(4, 1, '<p>Fourth.</p>')] },
        },
        [`${roots}&offset=1`]: {
          body: {
            id: null,
            total_replies: 2,
            hidden_replies: 0,
            replies: [comment(9, null, '<p>Last.</p>', { total_replies: 0, hidden_replies: 0, replies: [] })],
          },
        },
      },
      expected: {
        reportedCount: null,
        comments: [
          { id: '1', at, text: '', marks: ['removed'], likes: 3, dislikes: 1, score: 2 },
          { ...plain, id: '2', parent: '1', text: 'Second.', marks: ['edited'] },
          { id: '3', parent: '1', at, text: 'Third.', marks: ['withheld'], likes: 3, dislikes: 1, score: 2 },
          { ...plain, id: '9', text: 'Last.' },
          { ...plain, id: '4', parent: '1', text: 'Fourth.' },
        ],
      },
    },
    {
      title: 'a page that nobody has commented on',
      page,
      answers: { [roots]: { status: 404, body: 'no comments' } },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
