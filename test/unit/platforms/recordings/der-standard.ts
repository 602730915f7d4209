import { derStandard } from '../../../../src/extractors/comments/platforms/der-standard.ts'
import type { Ask, Thread } from '../../../../src/extractors/comments/platform.ts'
import type { Recording } from '../recording.ts'

const story = '3000000217777'
const thread: Thread = {
  platform: 'der-standard',
  nativeId: story,
  pageUrl: `https://www.derstandard.at/story/${story}/harbour`,
  reportedCount: null,
  closed: false,
  timezone: 'Europe/Vienna',
  data: {},
}

const keyOf = ({ json }: Ask): string => `POST /forum-serve-graphql/v1/ ${JSON.stringify(json)}`

const forum = { data: { getForumByContextUri: { id: 'f1', totalPostingCount: 4 } } }

const answer = {
  url: '',
  status: 200,
  headers: {},
  text: JSON.stringify(forum),
  fetchedAt: new Date('2026-03-02T09:20:05Z'),
}
const opening = derStandard.open(thread)
const [firstPage] = derStandard.read(answer, opening, thread).next

/** The query is long and the platform's own; what is recorded is where it starts. */
function askAt(cursor: string | null): string {
  const { query } = Object(firstPage?.json)
  const variables = { id: 'f1', first: 'Max', nextCursor: cursor, sortOrder: 'ByTime' }
  return `POST /forum-serve-graphql/v1/ ${JSON.stringify({ operationName: 'ThreadsByForumQuery', query, variables })}`
}

const posting = (id: string, replies: readonly object[] = [], more: object = {}) => ({
  id,
  lifecycleStatus: 'Published',
  title: 'High <water>',
  text: `Words of ${id}.`,
  author: { id: 'm1', name: 'Ida' },
  history: { created: '2026-03-02T09:20:05.250Z' },
  reactions: {
    aggregated: [
      { name: 'positive', value: 4 },
      { name: 'negative', value: 1 },
    ],
  },
  replies,
  ...more,
})

const page = (nodes: readonly object[], nextCursor: string | null) => ({
  body: {
    data: {
      getForumRootPostingsV2: {
        pageInfo: { nextCursor, hasNextPage: nextCursor !== null },
        edges: nodes.map((node) => ({ node })),
      },
    },
  },
})

const deleted = (replies: readonly object[]) =>
  posting('2', replies, { lifecycleStatus: 'Deleted', title: null, text: null, author: null })
const plain = { author: 'Ida', at: '2026-03-02T09:20:05.250Z', likes: 4, dislikes: 1, score: 3 }

export const recording: Recording = {
  platform: 'der-standard',
  site: 'https://www.derstandard.at',
  standsFor: ['https://api-gateway.prod.cloud.ds.at'],
  secrets: [],
  threads: [
    {
      title: 'two pages, and a reply below a removed posting',
      path: `/story/${story}/harbour`,
      page: '',
      answers: {
        [keyOf(opening)]: { body: forum },
        [askAt(null)]: page([posting('1', [deleted([posting('3')])])], 'c2'),
        [askAt('c2')]: page([posting('4')], null),
      },
      expected: {
        reportedCount: 4,
        comments: [
          { ...plain, id: '1', text: 'High <water>\n\nWords of 1.' },
          {
            id: '2',
            parent: '1',
            at: plain.at,
            text: '',
            marks: ['removed'],
            likes: 4,
            dislikes: 1,
            score: 3,
          },
          { ...plain, id: '3', parent: '2', text: 'High <water>\n\nWords of 3.' },
          { ...plain, id: '4', text: 'High <water>\n\nWords of 4.' },
        ],
      },
    },
    {
      title: 'a story without a forum',
      path: `/story/${story}/harbour`,
      page: '',
      answers: { [keyOf(opening)]: { body: { errors: [{ message: 'Forum not found.' }], data: null } } },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
