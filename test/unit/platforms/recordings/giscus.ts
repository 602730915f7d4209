import type { Recording } from '../recording.ts'

const page = `<script src="https://giscus.app/client.js" data-repo="paper/talk" data-repo-id="R_1"
  data-category="Articles" data-category-id="DIC_1" data-mapping="pathname" data-strict="1" data-lang="en" async></script>`

const request = (term: string, after = '', number = '0', strict = 'true') =>
  `GET /api/discussions?repo=paper/talk&term=${term}&category=Articles&number=${number}&strict=${strict}&first=50${after}`

const none = { count: 0, viewerHasReacted: false }

const comment = (id: string, bodyHTML: string, more: object = {}) => ({
  id,
  author: { avatarUrl: 'https://avatars.example/u/7', login: 'ida', url: 'https://github.com/ida' },
  viewerDidAuthor: false,
  createdAt: '2026-03-02T09:20:05Z',
  url: `https://github.com/paper/talk/discussions/4#discussioncomment-${id}`,
  authorAssociation: 'NONE',
  lastEditedAt: null,
  deletedAt: null,
  isMinimized: false,
  bodyHTML,
  reactions: { THUMBS_UP: { ...none, count: 2 }, THUMBS_DOWN: none, HEART: none },
  upvoteCount: 1,
  ...more,
})

const reply = (id: string, bodyHTML: string, more: object = {}) => ({
  ...comment(id, bodyHTML),
  upvoteCount: undefined,
  replyToId: 'D1',
  ...more,
})

const discussion = (comments: readonly object[], more: object = {}) => ({
  viewer: { login: 'giscus[bot]' },
  discussion: {
    id: 'D_4',
    url: 'https://github.com/paper/talk/discussions/4',
    locked: false,
    totalCommentCount: 2,
    totalReplyCount: 2,
    pageInfo: { startCursor: 'a', hasNextPage: false, hasPreviousPage: false, endCursor: 'z' },
    comments,
    ...more,
  },
})

const at = '2026-03-02T09:20:05Z'

export const recording: Recording = {
  platform: 'giscus',
  standsFor: ['https://giscus.app'],
  secrets: ['avatars.example'],
  threads: [
    {
      title: 'replies below a deleted comment, over two pages',
      page,
      answers: {
        [request('2026/03/harbour')]: {
          body: discussion(
            [
              comment('D1', '', {
                deletedAt: '2026-03-03T00:00:00Z',
                replyCount: 2,
                replies: [
                  reply('D2', '<p dir="auto">Second.</p>', {
                    lastEditedAt: '2026-03-02T10:00:00Z',
                    authorAssociation: 'COLLABORATOR',
                  }),
                  reply(
                    'D3',
                    '<blockquote>\n<p dir="auto">Second.</p>\n</blockquote>\n<p dir="auto">Third.</p>',
                    {
                      author: null,
                      isMinimized: true,
                    },
                  ),
                ],
              }),
            ],
            { pageInfo: { hasNextPage: true, endCursor: 'Y3Vyc29y' } },
          ),
        },
        [request('2026/03/harbour', '&after=Y3Vyc29y')]: {
          body: discussion([comment('D9', '<p dir="auto">Last.</p>', { replyCount: 0, replies: [] })], {
            totalReplyCount: 0,
          }),
        },
      },
      expected: {
        reportedCount: null,
        comments: [
          { id: 'D1', author: 'ida', at, text: '', marks: ['removed'], likes: 2, dislikes: 0, score: 1 },
          {
            id: 'D2',
            parent: 'D1',
            author: 'ida',
            at,
            text: 'Second.',
            marks: ['edited', 'collaborator'],
            likes: 2,
            dislikes: 0,
          },
          {
            id: 'D3',
            parent: 'D1',
            at,
            text: 'Third.',
            marks: ['withheld'],
            likes: 2,
            dislikes: 0,
            quotes: [': Second.'],
          },
          { id: 'D9', author: 'ida', at, text: 'Last.', likes: 2, dislikes: 0, score: 1 },
        ],
      },
    },
    {
      title: 'a locked discussion by its number, with more replies than the server gives',
      page: page.replace('"pathname"', '"number" data-term="4"'),
      answers: {
        [request('', '', '4')]: {
          body: discussion([comment('D1', '<p>One.</p>', { replyCount: 101, replies: [] })], {
            locked: true,
            totalCommentCount: 1,
            totalReplyCount: 101,
          }),
        },
      },
      expected: {
        reportedCount: 102,
        closed: true,
        incomplete: 'shortfall',
        comments: [{ id: 'D1', author: 'ida', at, text: 'One.', likes: 2, dislikes: 0, score: 1 }],
      },
    },
    {
      title: 'an article that nobody has commented on, by its own title, in the element',
      page: '<giscus-widget repo="paper/talk" mapping="og:title" category="Articles"></giscus-widget>',
      answers: {
        [request('Harbour works', '', '0', 'false')]: {
          status: 404,
          body: { error: 'Discussion not found' },
        },
      },
      expected: { reportedCount: 0, comments: [] },
    },
    {
      title: 'a repository without Giscus',
      page: page.replace('"pathname"', '"specific" data-term="the harbour"'),
      answers: {
        [request('the harbour')]: {
          status: 403,
          body: { error: 'giscus is not installed on this repository' },
        },
      },
      expected: { reportedCount: null, comments: [], incomplete: 'blocked', failures: ['blocked'] },
    },
  ],
}
