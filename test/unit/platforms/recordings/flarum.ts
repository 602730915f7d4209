import type { Recording } from '../recording.ts'

const at = '2026-03-02T09:20:05.000000Z'

const post = (number: number, contentHtml: string, more: object = {}, user: string | null = '7') => ({
  type: 'posts',
  id: String(900 + number),
  attributes: { number, createdAt: at, contentType: 'comment', contentHtml, editedAt: null, ...more },
  relationships: { user: { data: user === null ? null : { type: 'users', id: user } } },
})

const users = [
  {
    type: 'users',
    id: '7',
    attributes: {
      username: 'ida',
      displayName: 'Ida Quill',
      avatarUrl: 'https://board.example/assets/avatars/ida-face.png',
      bio: 'Writes of harbours.',
    },
  },
  { type: 'users', id: '8', attributes: { username: 'bo', displayName: 'bo' } },
]

const mention = (number: number, name: string): string =>
  `<a href="https://board.example/d/42-harbour/${number}" class="PostMention" data-id="${900 + number}">${name}</a>`

const state = (ids: readonly number[], included: readonly object[], more: object = {}) => ({
  resources: [
    { type: 'groups', id: '1', attributes: {} },
    { type: 'forums', id: '1', attributes: { title: 'Board', apiUrl: '{origin}/forum/api' } },
  ],
  session: { userId: 0, csrfToken: 'board-csrf' },
  apiDocument: {
    data: {
      type: 'discussions',
      id: '42',
      attributes: {
        title: 'Harbour',
        slug: '42-harbour',
        commentCount: ids.length,
        isLocked: false,
        ...more,
      },
      relationships: { posts: { data: ids.map((number) => ({ type: 'posts', id: String(900 + number) })) } },
    },
    included,
  },
})

const pageWith = (given: object): string =>
  `<noscript id="flarum-content"><h1>Harbour</h1><article><div class="PostUser"><h3 class="PostUser-name">ida</h3></div><div class="Post-body"><p>First.</p></div></article></noscript>
  <script id="flarum-json-payload" type="application/json">${JSON.stringify(given).replaceAll('</', String.raw`<\/`)}</script>`

const numbers = Array.from({ length: 25 }, (_, index) => index + 6)
const postsRequest = (given: readonly number[]): string =>
  `GET /forum/api/posts?filter[id]=${given.map((number) => 900 + number).join(',')}`

const plain = { author: 'Ida Quill', at: '2026-03-02T09:20:05Z' }

export const recording: Recording = {
  platform: 'flarum',
  secrets: ['ida-face', 'Writes of harbours', 'board-csrf'],
  threads: [
    {
      title: 'what the page holds, then the other posts by their ids',
      page: pageWith(
        state(
          [1, 2, 3, 4, ...numbers],
          [
            ...users,
            post(1, '<p>First.</p>'),
            post(
              2,
              `<p>${mention(1, 'Ida Quill')} Second.</p>`,
              { editedAt: '2026-03-03T10:00:00Z', likesCount: 3 },
              '8',
            ),
            post(
              3,
              `<blockquote class="uncited"><div><p>${mention(2, 'bo')} Second.</p></div></blockquote><p>Third.</p>`,
            ),
            post(4, '', { isHidden: true }, null),
            { ...post(5, ''), attributes: { number: 5, createdAt: at, contentType: 'discussionRenamed' } },
          ],
        ),
      ),
      answers: {
        [postsRequest(numbers.slice(0, 20))]: {
          body: {
            data: numbers.slice(0, 20).map((number) => post(number, `<p>${number}</p>`)),
            included: users,
          },
        },
        [postsRequest(numbers.slice(20))]: {
          body: {
            data: numbers.slice(20).map((number) => post(number, `<p>${number}</p>`)),
            included: users,
          },
        },
      },
      expected: {
        reportedCount: 29,
        comments: [
          { ...plain, id: '901', text: 'First.' },
          {
            id: '902',
            parent: '901',
            author: 'bo',
            at: plain.at,
            text: 'Ida Quill Second.',
            marks: ['edited'],
            likes: 3,
          },
          { ...plain, id: '903', text: 'Third.', quotes: ['bo: Second.'] },
          { id: '904', at: plain.at, text: '', marks: ['removed'] },
          ...numbers.map((number) => ({ ...plain, id: String(900 + number), text: String(number) })),
        ],
      },
    },
    {
      title: 'a locked discussion of one post',
      page: pageWith(state([1], [...users, post(1, '<p>First.</p>')], { isLocked: true })),
      answers: {},
      expected: { reportedCount: 1, closed: true, comments: [{ ...plain, id: '901', text: 'First.' }] },
    },
  ],
}
