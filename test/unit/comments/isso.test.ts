import { describe, expect, it } from 'vitest'
import { isso } from '../../../src/extractors/comments/platforms/isso.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = { ...threadOf('isso', { server: 'https://talk.example/' }), nativeId: '/posts/tides' }
const first = isso.open(thread)

const root = {
  id: 1,
  parent: null,
  text: '<p>High water at <b>noon</b>.</p>',
  author: 'Ida',
  mode: 1,
  created: 1715250005.5,
  likes: 3,
  dislikes: 1,
  hash: 'c0ffee',
  gravatar_image: 'https://www.gravatar.com/avatar/c0ffee',
  total_replies: 3,
  hidden_replies: 1,
  replies: [
    {
      id: 2,
      parent: 1,
      text: '<p>Thanks.</p>',
      author: null,
      mode: 1,
      created: 1715250100,
      likes: 0,
      dislikes: 0,
    },
    { id: 3, parent: 1, text: '', author: null, mode: 4, created: 1715250200, likes: 0, dislikes: 0 },
  ],
}

const listOf = (replies: readonly object[], hidden = 0): string =>
  JSON.stringify({ id: null, total_replies: replies.length + hidden, hidden_replies: hidden, replies })

describe('Isso', () => {
  it('keeps the letter after a broken character', () => {
    const text = '<p>HI\ud800LO</p>'
    const [comment] = isso.read(answerOf(listOf([{ ...root, text, replies: [] }])), first, thread).comments
    expect(comment).toMatchObject({ bodyHtml: '<p>HI\ufffdLO</p>', bodyText: 'HI\ufffdLO' })
  })

  it('reads comments with their replies and asks for the folded ones', () => {
    const batch = isso.read(answerOf(listOf([root])), first, thread)
    expect(
      batch.comments.map((comment) => [comment.nativeId, comment.parentNativeId, comment.state]),
    ).toEqual([
      ['1', null, 'visible'],
      ['2', '1', 'visible'],
      ['3', '1', 'removed'],
    ])
    expect(batch.comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'name:ida',
      bodyText: 'High water at noon.',
      publishedAt: new Date('2024-05-09T10:20:05.500Z'),
      publishedPrecision: 'second',
      score: 2,
      permalink: 'https://paper.example/77-harbour.html#isso-1',
    })
    expect(JSON.stringify(batch.comments)).not.toContain('c0ffee')
    expect(batch.reportedCount).toBe(4)
    expect(batch.next.map(({ url }) => url)).toEqual([
      'https://talk.example/?uri=%2Fposts%2Ftides&limit=100&parent=1&sort=oldest&offset=2',
    ])
  })

  it('goes on after the roots that it has', () => {
    const batch = isso.read(answerOf(listOf([{ ...root, hidden_replies: 0 }], 5)), first, thread)
    expect(batch.reportedCount).toBeUndefined()
    expect(batch.next.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['1'])
    const last = isso.read(answerOf(listOf([], 5)), batch.next[0]!, thread)
    expect(last.next).toEqual([])
  })

  it('knows a page without comments from a refusal and from another shape', () => {
    expect(isso.read(answerOf('', { status: 404 }), first, thread)).toEqual({
      comments: [],
      next: [],
      reportedCount: 0,
      isNotFound: true,
    })
    const counted = { ...thread, reportedCount: 4 }
    expect(isso.read(answerOf('', { status: 404 }), first, counted).incomplete).toBe('not_found')
    const [further] = isso.read(answerOf(listOf([root])), first, thread).next
    expect(isso.read(answerOf('', { status: 404 }), further ?? first, thread)).toEqual({
      comments: [],
      next: [],
      incomplete: 'page_failed',
    })
    expect(isso.read(answerOf('', { status: 0 }), first, thread).incomplete).toBe('robots')
    expect(() => isso.read(answerOf('{"comments":[]}'), first, thread)).toThrow(/isso/)
  })
})
