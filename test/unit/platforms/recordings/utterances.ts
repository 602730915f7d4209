import type { Recording } from '../recording.ts'

const page = `<script src="https://utteranc.es/client.js" repo="paper/talk" issue-term="pathname" theme="github-light"
  crossorigin="anonymous" async></script>`

const search = (term: string) =>
  `GET /search/issues?q="${term}" type:issue in:title repo:paper/talk&sort=created&order=asc`
const commentsOf = (page: number) => `GET /repos/paper/talk/issues/4/comments?page=${page}&per_page=100`

const issue = { id: 99, number: 4, title: '2026/03/harbour', locked: false, comments: 101, state: 'open' }

const comment = (id: number, body_html: string, more: object = {}) => ({
  id,
  url: `https://api.github.com/repos/paper/talk/issues/comments/${id}`,
  html_url: `https://github.com/paper/talk/issues/4#issuecomment-${id}`,
  user: { login: 'ida', id: 7, avatar_url: 'https://avatars.example/u/7', type: 'User' },
  created_at: '2026-03-02T09:20:05Z',
  updated_at: '2026-03-02T09:20:05Z',
  author_association: 'NONE',
  body_html,
  reactions: { total_count: 1, '+1': 1, '-1': 0, heart: 0 },
  ...more,
})

const at = '2026-03-02T09:20:05Z'
const plain = { author: 'ida', at, likes: 1, dislikes: 0 }
const full = Array.from({ length: 100 }, (_, index) => comment(1000 + index, `<p>Number ${index}.</p>`))

export const recording: Recording = {
  platform: 'utterances',
  standsFor: ['https://api.github.com'],
  secrets: ['avatars.example'],
  threads: [
    {
      title: 'an issue found by the path, over two pages',
      page,
      answers: {
        [search('2026/03/harbour')]: { body: { total_count: 1, incomplete_results: false, items: [issue] } },
        [commentsOf(1)]: { body: full },
        [commentsOf(2)]: {
          body: [
            comment(2000, '<blockquote><p>Number 1.</p></blockquote><p>Why?</p>', {
              user: null,
              updated_at: '2026-03-02T10:00:00Z',
              author_association: 'OWNER',
            }),
          ],
        },
      },
      expected: {
        reportedCount: 101,
        comments: [
          ...full.map(({ id }, index) => ({ ...plain, id: String(id), text: `Number ${index}.` })),
          {
            id: '2000',
            at,
            text: 'Why?',
            marks: ['edited', 'owner'],
            likes: 1,
            dislikes: 0,
            quotes: [': Number 1.'],
          },
        ],
      },
    },
    {
      title: 'a locked issue by its number',
      page: page.replace('issue-term="pathname"', 'issue-number="4"'),
      answers: {
        'GET /repos/paper/talk/issues/4': { body: { ...issue, locked: true, comments: 1 } },
        [commentsOf(1)]: { body: [comment(1, '<p>One.</p>')] },
      },
      expected: { reportedCount: 1, closed: true, comments: [{ ...plain, id: '1', text: 'One.' }] },
    },
    {
      title: 'an article that nobody has commented on, by its title',
      page: page.replace('"pathname"', '"title"'),
      answers: { [search('The harbour is dredged')]: { body: { total_count: 0, items: [] } } },
      expected: { reportedCount: 0, comments: [] },
    },
    {
      title: 'the sixty requests of an hour used up',
      page,
      answers: {
        [search('2026/03/harbour')]: {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1775044800' },
          body: { message: 'API rate limit exceeded' },
        },
      },
      expected: { reportedCount: null, comments: [], incomplete: 'blocked', failures: ['blocked'] },
    },
  ],
}
