import { describe, expect, it } from 'vitest'
import { guardian } from '../../../src/extractors/comments/platforms/guardian.ts'
import { located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const server = 'https://discussion.theguardian.com/discussion-api'
const thread = { ...threadOf('guardian', { server }), nativeId: 'p/q3b4a' }
const first = guardian.open(thread)

const reply = (id: number, to: number | null, given: object = {}): object => ({
  id,
  body: `<p>Words of ${id}</p>`,
  date: '9 May 2024 11:20',
  isoDateTime: '2024-05-09T10:20:05Z',
  status: 'visible',
  webUrl: `https://discussion.theguardian.com/comment-permalink/${id}`,
  numRecommends: 6,
  isHighlighted: false,
  userProfile: {
    userId: '12',
    displayName: 'Ida',
    avatar: 'https://a.example/ida.png',
    badge: [{ name: 'Staff' }],
  },
  ...(to === null ? {} : { responseTo: { displayName: 'X', commentId: String(to) } }),
  ...given,
})

const root = (id: number, responses: readonly object[], responseCount = responses.length): object =>
  reply(id, null, { responses, metaData: { responseCount } })

const page = (comments: readonly object[], given: object = {}): string =>
  JSON.stringify({
    status: 'ok',
    currentPage: 1,
    pages: 1,
    discussion: { key: '/p/q3b4a', commentCount: 8, isClosedForComments: false, comments, ...given },
    ...given,
  })

const settings = (commentable: boolean): string =>
  `<script>window.guardian = {"config":{"page":{"shortUrlId":"/p/q3b4a","discussionApiUrl":"${server}","commentable":${commentable}}}}</script>`
const address = 'https://www.theguardian.com/world/2024/feb/24/harbour'

describe('The Guardian', () => {
  it('is known by its settings, where comments are taken', () => {
    expect(located(guardian, settings(true), address)).toMatchObject({
      nativeId: 'p/q3b4a',
      data: { server },
    })
    expect(located(guardian, settings(false), address)).toBeNull()
    expect(located(guardian, settings(true), 'https://paper.example/1')).toBeNull()
    expect(located(guardian, '<p>Nothing</p>', address)).toBeNull()
  })

  it('reads roots and replies to replies', () => {
    const blocked = { status: 'blocked', body: '<p>This comment was removed by a moderator.</p>' }
    const roots = [root(1, [reply(2, 1, { isHighlighted: true }), reply(3, 2, blocked)])]
    const batch = guardian.read(answerOf(page(roots)), first, thread)
    expect(batch.comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['1', null, 'visible'],
      ['2', '1', 'visible'],
      ['3', '2', 'removed'],
    ])
    expect(batch.comments[1]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:12',
      authorBadges: ['Staff'],
      bodyText: 'Words of 2',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      likes: 6,
      isPicked: true,
      permalink: 'https://discussion.theguardian.com/comment-permalink/2',
    })
    expect(JSON.stringify(batch.comments)).not.toContain('ida.png')
    expect(batch).toMatchObject({ reportedCount: 8, closed: false, next: [] })
  })

  it('goes on to folded replies and to the next page', () => {
    const { next } = guardian.read(answerOf(page([root(1, [reply(2, 1)], 150)], { pages: 2 })), first, thread)
    expect(next.map(({ url }) => url.replace(server, ''))).toEqual([
      '/comment/1?displayThreaded=true&displayResponses=true',
      '/discussion/p/q3b4a?orderBy=oldest&pageSize=100&displayThreaded=true&maxResponses=100&page=2',
    ])
    const whole = JSON.stringify({ status: 'ok', comment: root(1, [reply(2, 1), reply(9, 2)]) })
    const replies = guardian.read(answerOf(whole), next[0]!, thread)
    expect(replies.comments.map((item) => [item.nativeId, item.parentNativeId])).toEqual([
      ['1', null],
      ['2', '1'],
      ['9', '2'],
    ])
    expect(guardian.read(answerOf(page([], { pages: 9 })), next[1]!, thread).next).toEqual([])
  })

  it('asks for a list where there is no tree', () => {
    const fault = JSON.stringify({ status: 'error', errorCode: 'DISCUSSION_ONLY_AVAILABLE_IN_LINEAR_FORMAT' })
    const [again] = guardian.read(answerOf(fault, { status: 409 }), first, thread).next
    expect(new URL(again!.url).searchParams.get('displayThreaded')).toBe('false')
    const batch = guardian.read(answerOf(page([reply(1, null), reply(2, 1)])), again!, thread)
    expect(batch.comments.map(({ parentNativeId }) => parentNativeId)).toEqual([null, '1'])
  })

  it('knows an empty, a closed and an unreadable discussion', () => {
    expect(guardian.read(answerOf('{}', { status: 404 }), first, thread)).toMatchObject({
      reportedCount: 0,
      isNotFound: true,
    })
    expect(guardian.read(answerOf(page([], { isClosedForComments: true })), first, thread).closed).toBe(true)
    expect(guardian.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(() => guardian.read(answerOf('{}'), first, thread)).toThrow(/guardian/)
  })
})
