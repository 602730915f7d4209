import type { Recording } from '../recording.ts'

const page =
  '<comentario-comments></comentario-comments><script defer src="{origin}/c/comentario.js"></script>'
const request = 'POST /c/api/embed/comments {"host":"{host}","path":"/2026/03/harbour"}'

const ids = ['1b2c', '2c3d', '3d4e', '4e5f'].map((start) => `${start}0000-0000-4000-8000-000000000001`)
const [first = '', second = '', third = '', fourth = ''] = ids
const idaId = 'aaaa0000-0000-4000-8000-00000000000a'
const anonymousId = '00000000-0000-0000-0000-000000000000'

const comment = (id: string, parentId: string | null, html: string, more: object = {}) => ({
  id,
  parentId,
  pageId: '9999',
  markdown: html,
  html,
  score: 2,
  isSticky: false,
  isApproved: true,
  isPending: false,
  isDeleted: false,
  createdTime: '2026-03-02T09:20:05.000Z',
  userCreated: idaId,
  authorCountry: 'LV',
  authorIp: '203.0.113.7',
  ...more,
})

const pageInfo = { domainId: '1', pageId: '9999', isDomainReadonly: false, isPageReadonly: false }

export const recording: Recording = {
  platform: 'comentario',
  secrets: ['ida@example.com', '203.0.113.7', '"LV"'],
  threads: [
    {
      title: 'three levels below a deleted comment, in one answer',
      page,
      answers: {
        [request]: {
          body: {
            comments: [
              comment(first, null, '', {
                isDeleted: true,
                userCreated: undefined,
                deletedTime: '2026-03-03T00:00:00Z',
              }),
              comment(second, first, '<p>Second.</p>', {
                isSticky: true,
                editedTime: '2026-03-02T10:00:00.000Z',
              }),
              comment(third, second, '<p>Third.</p>', {
                userCreated: anonymousId,
                authorName: 'Passer-by',
                score: -1,
              }),
              comment(fourth, third, '<p>Waits.</p>', { isPending: true, isApproved: false }),
            ],
            commenters: [
              {
                id: idaId,
                name: 'Ida',
                email: 'ida@example.com',
                hasAvatar: true,
                isCommenter: true,
                isModerator: true,
              },
              { id: anonymousId, name: 'Anonymous', isCommenter: true },
            ],
            pageInfo,
          },
        },
      },
      expected: {
        reportedCount: 4,
        comments: [
          { id: first, at: '2026-03-02T09:20:05Z', text: '', marks: ['removed'], score: 2 },
          {
            id: second,
            parent: first,
            author: 'Ida',
            at: '2026-03-02T09:20:05Z',
            text: 'Second.',
            marks: ['edited', 'pinned', 'moderator'],
            score: 2,
          },
          {
            id: third,
            parent: second,
            author: 'Passer-by',
            at: '2026-03-02T09:20:05Z',
            text: 'Third.',
            score: -1,
          },
          {
            id: fourth,
            parent: third,
            author: 'Ida',
            at: '2026-03-02T09:20:05Z',
            text: 'Waits.',
            marks: ['withheld', 'moderator'],
            score: 2,
          },
        ],
      },
    },
    {
      title: 'an empty page that is closed, under another name',
      page: page.replace('<comentario-comments>', '<comentario-comments page-id="/harbour">'),
      answers: {
        [request.replace('/2026/03/harbour', '/harbour')]: {
          body: { comments: null, commenters: null, pageInfo: { ...pageInfo, isPageReadonly: true } },
        },
      },
      expected: { reportedCount: 0, comments: [], closed: true },
    },
  ],
}
