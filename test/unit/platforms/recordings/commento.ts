import type { Recording } from '../recording.ts'

const page = '<div id="commento"></div><script defer src="{origin}/js/commento.js"></script>'
const host = '{origin}'

const request = `POST /api/comment/list {"commenterToken":"anonymous","domain":"{host}","path":"/2026/03/harbour"}`

const comment = (commentHex: string, parentHex: string, html: string, more: object = {}) => ({
  commentHex,
  domain: host,
  url: '/2026/03/harbour',
  commenterHex: 'aa11',
  markdown: html,
  html,
  parentHex,
  score: 1,
  state: 'approved',
  creationDate: '2026-03-02T09:20:05.25Z',
  direction: 0,
  deleted: false,
  ...more,
})

export const recording: Recording = {
  platform: 'commento',
  secrets: ['c0ffee.png'],
  threads: [
    {
      title: 'three levels below a deleted comment, in one answer',
      page,
      answers: {
        [request]: {
          body: {
            success: true,
            domain: host,
            comments: [
              comment('e3', 'e2', '<p>Third.</p>', { commenterHex: 'bb22' }),
              comment('e1', 'root', '<p>[deleted]</p>', {
                markdown: '[deleted]',
                deleted: true,
                commenterHex: '',
              }),
              comment('e2', 'e1', '<p>Second &amp; on.</p>'),
              comment('e4', 'root', '<p>Nobody in particular.</p>', { commenterHex: 'anonymous', score: 0 }),
            ],
            commenters: {
              aa11: {
                commenterHex: 'aa11',
                name: 'Ida',
                link: 'undefined',
                photo: 'c0ffee.png',
                provider: 'google',
              },
              bb22: { commenterHex: 'bb22', name: 'Bo', photo: 'undefined', isModerator: true },
            },
            requireModeration: false,
            isFrozen: false,
            isModerator: false,
            attributes: { isLocked: false, stickyCommentHex: 'e2', commentCount: 4, title: '' },
          },
        },
      },
      expected: {
        reportedCount: 4,
        comments: [
          {
            id: 'e3',
            parent: 'e2',
            author: 'Bo',
            at: '2026-03-02T09:20:05.250Z',
            text: 'Third.',
            marks: ['moderator'],
            score: 1,
          },
          { id: 'e1', at: '2026-03-02T09:20:05.250Z', text: '', marks: ['removed'], score: 1 },
          {
            id: 'e2',
            parent: 'e1',
            author: 'Ida',
            at: '2026-03-02T09:20:05.250Z',
            text: 'Second & on.',
            marks: ['pinned'],
            score: 1,
          },
          { id: 'e4', at: '2026-03-02T09:20:05.250Z', text: 'Nobody in particular.', score: 0 },
        ],
      },
    },
    {
      title: 'an empty page that is locked, under another name',
      page: page.replace('<script', '<script data-page-id="/harbour"'),
      answers: {
        [request.replace('/2026/03/harbour', '/harbour')]: {
          body: { success: true, comments: null, commenters: {}, attributes: { isLocked: true } },
        },
      },
      expected: { reportedCount: 0, comments: [], closed: true },
    },
    {
      title: 'a domain that the server does not know',
      page,
      answers: { [request]: { body: { success: false, message: 'This domain is not registered.' } } },
      expected: {
        reportedCount: null,
        comments: [],
        incomplete: 'page_failed',
        failures: ['unreadable_answer'],
      },
    },
  ],
}
