import type { Recording } from '../recording.ts'

const page = '<div id="reader-comments"></div>'
const path = '/news/article-77777/Harbour.html'

const request = (offset: number): string =>
  `GET /reader-comments/p/asset/readcomments/77777?max=100&offset=${offset}&order=asc&sort=dateCreated`

const comment = (id: number, replies: readonly object[] = []) => ({
  id,
  assetId: 77777,
  userAlias: 'Ida',
  userIdentifier: '12',
  userLocation: 'Riga, Latvia',
  dateCreated: '2026-03-02T09:20:05.250Z',
  formattedDateAndTime: '09:20, 2 March 2026',
  message: `Words of ${id} & <more>.`,
  voteRating: 3,
  voteCount: 5,
  replies: { totalCount: replies.length, comments: replies },
})

const answer = (comments: readonly object[]) => ({
  body: { status: 'success', code: '200', payload: { total: 4, parentCommentsCount: 2, page: comments } },
})

const plain = { author: 'Ida', at: '2026-03-02T09:20:05.250Z', likes: 4, dislikes: 1, score: 3 }

export const recording: Recording = {
  platform: 'daily-mail',
  site: 'https://www.dailymail.co.uk',
  secrets: ['Riga'],
  threads: [
    {
      title: 'two pages of comments with their replies',
      path,
      page,
      answers: {
        [request(0)]: answer([comment(1, [comment(2, [comment(3)])])]),
        [request(1)]: answer([comment(4)]),
      },
      expected: {
        reportedCount: 4,
        comments: [
          { ...plain, id: '1', text: 'Words of 1 & <more>.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2 & <more>.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3 & <more>.' },
          { ...plain, id: '4', text: 'Words of 4 & <more>.' },
        ],
      },
    },
    {
      title: 'nothing said yet',
      path,
      page,
      answers: {
        [request(0)]: {
          body: { status: 'success', payload: { total: 0, parentCommentsCount: 0, page: [] } },
        },
      },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
