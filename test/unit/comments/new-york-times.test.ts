import { describe, expect, it } from 'vitest'
import { newYorkTimes } from '../../../src/extractors/comments/platforms/new-york-times.ts'
import { located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const address = 'https://www.nytimes.com/2024/05/09/world/harbour.html'
const thread = { ...threadOf('new-york-times'), nativeId: address }
const first = newYorkTimes.open(thread)

const state = (status: string): string =>
  `<script>window.__preloadedData = {"commentProperties":{"status":"${status}","prompt":"","approvedCommentsCount":31}}</script>`

const node = (id: number, replies: readonly object[] = [], given: object = {}): object => ({
  commentID: id,
  parentID: null,
  userID: 5,
  userDisplayName: 'Ida',
  userLocation: 'Riga',
  commentBody: `Words of ${id}<br/>More`,
  createDate: '1715250005',
  recommendations: 7,
  replyCount: replies.length,
  editorsSelection: false,
  trusted: 0,
  commentType: 'comment',
  replies,
  ...given,
})

const page = (comments: readonly object[], roots = comments.length): string =>
  JSON.stringify({
    status: 'OK',
    results: { comments, totalCommentsFound: 31, totalParentCommentsFound: roots },
  })

describe("The New York Times' comments", () => {
  it('are known by the state of the page, and read by permission only', () => {
    expect(newYorkTimes.restriction).toBe('needs_consent')
    expect(located(newYorkTimes, state('ACCEPT_AND_DISPLAY_COMMENTS'), `${address}?smid=1`)).toMatchObject({
      nativeId: address,
      reportedCount: 31,
      closed: false,
    })
    expect(located(newYorkTimes, state('DISPLAY_COMMENTS'), address)?.closed).toBe(true)
    expect(located(newYorkTimes, state('DO_NOT_DISPLAY'), address)).toBeNull()
    expect(located(newYorkTimes, state('ACCEPT_AND_DISPLAY_COMMENTS'), 'https://paper.example/')).toBeNull()
    expect(located(newYorkTimes, '<p></p>', address)).toBeNull()
  })

  it('come with replies three deep', () => {
    const pick = { editorsSelection: true, trusted: 1, commentType: 'reporterReply' }
    const { comments, reportedCount } = newYorkTimes.read(
      answerOf(page([node(1, [node(2, [node(3)], pick)])])),
      first,
      thread,
    )
    expect(comments.map((item) => [item.nativeId, item.parentNativeId])).toEqual([
      ['1', null],
      ['2', '1'],
      ['3', '2'],
    ])
    expect(comments[1]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:5',
      authorBadges: ['trusted', 'reporter'],
      bodyText: 'Words of 2\nMore',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      likes: 7,
      isPicked: true,
      permalink: 'https://paper.example/77-harbour.html#permid=2',
    })
    expect(JSON.stringify(comments)).not.toContain('Riga')
    expect(reportedCount).toBe(31)
  })

  it('go on with folded replies and the next page', () => {
    const { next } = newYorkTimes.read(
      answerOf(page([node(1, [node(2)], { replyCount: 5 })], 300)),
      first,
      thread,
    )
    expect(next.map(({ url }) => Object.fromEntries(new URL(url).searchParams))).toMatchObject([
      { cmd: 'GetRepliesBySequence', commentSequence: '1', offset: '1' },
      { cmd: 'GetCommentsAll', offset: '1' },
    ])
    const replies = newYorkTimes.read(answerOf(page([node(8)])), next[0]!, thread)
    expect(replies.comments[0]?.parentNativeId).toBe('1')
    expect(replies.next).toEqual([])
    expect(newYorkTimes.read(answerOf(page([], 300)), first, thread).next).toEqual([])
  })

  it('may be refused or of another shape', () => {
    expect(newYorkTimes.read(answerOf('', { status: 403 }), first, thread).incomplete).toBe('blocked')
    expect(() => newYorkTimes.read(answerOf('{}'), first, thread)).toThrow(/new-york-times/)
  })
})
