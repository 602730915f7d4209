import type { Recording } from '../recording.ts'

const site = 'https://www.nytimes.com'
const path = '/2026/03/01/world/harbour.html'
const handler = 'GET /svc/community/V3/requestHandler'

const pageWith = (status: string): string =>
  `<script>window.__preloadedData = {"commentProperties":{"status":"${status}","approvedCommentsCount":5}}</script>`

const roots = (offset: number): string =>
  `${handler}?cmd=GetCommentsAll&url=${site}${path}&sort=oldest&offset=${offset}&limit=100&includeReplies=true`
const repliesTo = (parent: number, offset: number): string =>
  `${handler}?cmd=GetRepliesBySequence&url=${site}${path}&commentSequence=${parent}&offset=${offset}&limit=100`

const comment = (
  id: number,
  parent: number | null,
  replies: readonly object[] = [],
  replyCount = replies.length,
) => ({
  commentID: id,
  commentSequence: id,
  parentID: parent,
  userID: 5,
  userDisplayName: 'Ida',
  userLocation: 'Riga',
  picURL: 'https://a.example/ida.png',
  commentBody: `Words of ${id}.<br/>More.`,
  createDate: '1772443205',
  updateDate: '1772443300',
  recommendations: 7,
  replyCount,
  editorsSelection: id === 4,
  trusted: 0,
  status: 'approved',
  commentType: parent === null ? 'comment' : 'userReply',
  replies,
})

const answer = (comments: readonly object[]) => ({
  body: {
    status: 'OK',
    results: { comments, totalCommentsFound: 5, totalParentCommentsFound: 2, replyCount: 3 },
  },
})

const plain = { author: 'Ida', at: '2026-03-02T09:20:05Z', likes: 7 }

export const recording: Recording = {
  platform: 'new-york-times',
  site,
  secrets: ['Riga', 'ida.png'],
  threads: [
    {
      title: 'two pages, and replies that are folded',
      path,
      page: pageWith('ACCEPT_AND_DISPLAY_COMMENTS'),
      answers: {
        [roots(0)]: answer([comment(1, null, [comment(2, 1, [comment(3, 2)])], 2)]),
        [repliesTo(1, 1)]: answer([comment(5, 1)]),
        [roots(1)]: answer([comment(4, null)]),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: '1', text: 'Words of 1.\nMore.' },
          { ...plain, id: '2', parent: '1', text: 'Words of 2.\nMore.' },
          { ...plain, id: '3', parent: '2', text: 'Words of 3.\nMore.' },
          { ...plain, id: '5', parent: '1', text: 'Words of 5.\nMore.' },
          { ...plain, id: '4', text: 'Words of 4.\nMore.', marks: ['picked'] },
        ],
      },
    },
    {
      title: 'a thread that takes no more comments',
      path,
      page: pageWith('DISPLAY_COMMENTS'),
      answers: { [roots(0)]: answer([comment(1, null)]), [roots(1)]: answer([]) },
      expected: {
        reportedCount: 5,
        closed: true,
        comments: [{ ...plain, id: '1', text: 'Words of 1.\nMore.' }],
      },
    },
  ],
}
