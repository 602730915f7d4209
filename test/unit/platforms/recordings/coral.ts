import { oneStory } from '../../../../src/extractors/comments/platforms/coral/queries.ts'
import type { Recording } from '../recording.ts'

const page = `<div id="coral_thread"></div><script src="{origin}/assets/js/embed.js"></script>
  <script>Coral.createStreamEmbed({ id: 'coral_thread', rootURL: '{origin}', storyID: 's1' }).render()</script>`

const request = (after: string | null): string =>
  `POST /api/graphql ${JSON.stringify({ query: oneStory(true), variables: { id: 's1', after } })}`

const next = '2026-03-02T09:20:05.250Z'

const node = (id: string, parent: string | null, more: object = {}) => ({
  id,
  body: `<div>Words of ${id}.</div>`,
  createdAt: '2026-03-02T09:20:05.250Z',
  author: { id: 'u1', username: 'Ida', avatar: 'https://a.example/ida.png', badges: [] },
  status: 'APPROVED',
  parent: parent === null ? null : { id: parent },
  replyCount: 0,
  editing: { edited: false },
  actionCounts: { reaction: { total: 0 } },
  tags: [],
  deleted: false,
  ...more,
})

const list = (nodes: readonly object[], endCursor: string | null = null) => ({
  edges: nodes.map((item) => ({ node: item, cursor: '' })),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
})

const root = (id: string, replies: readonly object[], more: object = {}) =>
  node(id, null, { replies: list(replies), ...more })

const story = (roots: readonly object[], endCursor: string | null = null) => ({
  data: {
    story: { isClosed: true, commentCounts: { totalPublished: 4 }, comments: list(roots, endCursor) },
  },
})

const edited = node('c2', 'c1', { editing: { edited: true } })
const deleted = node('c3', 'c2', { deleted: true, body: null, author: null })
const pick = { code: 'FEATURED' }

const refused = {
  errors: [{ message: 'only known queries', extensions: { code: 'RAW_QUERY_NOT_AUTHORIZED' } }],
}

export const recording: Recording = {
  platform: 'coral',
  secrets: ['ida.png'],
  threads: [
    {
      title: 'two pages with replies of any depth',
      page,
      answers: {
        [request(null)]: {
          body: story(
            [root('c1', [edited, deleted], { actionCounts: { reaction: { total: 3 } }, tags: [pick] })],
            next,
          ),
        },
        [request(next)]: { body: story([root('c4', [])]) },
      },
      expected: {
        reportedCount: 4,
        closed: true,
        comments: [
          {
            id: 'c1',
            author: 'Ida',
            at: '2026-03-02T09:20:05.250Z',
            text: 'Words of c1.',
            marks: ['picked'],
            likes: 3,
          },
          {
            id: 'c2',
            parent: 'c1',
            author: 'Ida',
            at: '2026-03-02T09:20:05.250Z',
            text: 'Words of c2.',
            marks: ['edited'],
            likes: 0,
          },
          { id: 'c3', parent: 'c2', at: '2026-03-02T09:20:05.250Z', text: '', marks: ['removed'], likes: 0 },
          { id: 'c4', author: 'Ida', at: '2026-03-02T09:20:05.250Z', text: 'Words of c4.', likes: 0 },
        ],
      },
    },
    {
      title: 'a server that takes known queries only',
      page,
      answers: {
        [request(null)]: { body: refused },
        'GET /api/story/count?id=s1': { body: { count: 12 } },
      },
      expected: { reportedCount: 12, incomplete: 'needs_consent', comments: [] },
    },
  ],
}
