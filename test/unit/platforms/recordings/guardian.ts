import type { Recording } from '../recording.ts'

const api = 'https://discussion.theguardian.com'

const page = `<script>window.guardian = {"config":{"page":{"shortUrlId":"/p/q3b4a",
  "discussionApiUrl":"${api}/discussion-api","commentable":true}}}</script>`

const roots = (number: number, isTree = true): string =>
  `GET /discussion-api/discussion/p/q3b4a?orderBy=oldest&pageSize=100&displayThreaded=${isTree}${
    isTree ? '&maxResponses=100' : ''
  }&page=${number}`

const reply = (id: number, to: number | null, more: object = {}) => ({
  id,
  body: `<p>Words of ${id}.</p>`,
  date: '2 March 2026 09:20',
  isoDateTime: '2026-03-02T09:20:05Z',
  status: 'visible',
  webUrl: `https://discussion.theguardian.com/comment-permalink/${id}`,
  numRecommends: 6,
  isHighlighted: false,
  userProfile: { userId: '12', displayName: 'Ida', avatar: 'https://a.example/ida.png', badge: [] },
  ...(to === null ? {} : { responseTo: { displayName: 'Ida', commentId: String(to) } }),
  ...more,
})

const root = (id: number, responses: readonly object[], responseCount = responses.length) =>
  reply(id, null, { responses, metaData: { responseCount } })

const discussion = (comments: readonly object[], currentPage: number, pages: number, more: object = {}) => ({
  body: {
    status: 'ok',
    currentPage,
    pages,
    orderBy: 'oldest',
    discussion: { key: '/p/q3b4a', commentCount: 5, isClosedForComments: false, comments, ...more },
  },
})

const blocked = { status: 'blocked', body: '<p>This comment was removed by a moderator.</p>' }
const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z', likes: 6 }

export const recording: Recording = {
  platform: 'guardian',
  site: 'https://www.theguardian.com',
  standsFor: [api],
  secrets: ['ida.png'],
  threads: [
    {
      title: 'two pages, folded replies and a comment that moderators took down',
      page,
      answers: {
        [roots(1)]: discussion([root(1, [reply(2, 1, blocked)], 2)], 1, 2),
        'GET /discussion-api/comment/1?displayThreaded=true&displayResponses=true': {
          body: {
            status: 'ok',
            comment: root(1, [reply(2, 1, blocked), reply(3, 2, { isHighlighted: true })]),
          },
        },
        [roots(2)]: discussion([root(4, [reply(5, 4)])], 2, 2, { isClosedForComments: true }),
      },
      expected: {
        reportedCount: 5,
        closed: true,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          {
            ...plain,
            id: '2',
            parent: '1',
            text: 'This comment was removed by a moderator.',
            marks: ['removed'],
          },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.', marks: ['picked'] },
          { ...plain, id: '4', text: 'Words of 4.' },
          { ...plain, id: '5', parent: '4', text: 'Words of 5.' },
        ],
      },
    },
    {
      title: 'a discussion that is only kept as a list',
      page,
      answers: {
        [roots(1)]: {
          status: 409,
          body: { status: 'error', errorCode: 'DISCUSSION_ONLY_AVAILABLE_IN_LINEAR_FORMAT' },
        },
        [roots(1, false)]: discussion([reply(1, null), reply(2, 1)], 1, 2),
        [roots(2, false)]: discussion([reply(3, 2)], 2, 2),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.' },
        ],
      },
    },
    {
      title: 'an article that nobody has commented on',
      page,
      answers: { [roots(1)]: { status: 404, body: { status: 'error', errorCode: 'DISCUSSION_NOT_FOUND' } } },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
