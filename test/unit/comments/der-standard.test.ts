import { describe, expect, it } from 'vitest'
import { derStandard } from '../../../src/extractors/comments/platforms/der-standard.ts'
import { located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = { ...threadOf('der-standard'), nativeId: '3000000217777' }
const first = derStandard.open(thread)

const forum = (total: number): string =>
  JSON.stringify({ data: { getForumByContextUri: { id: 'f1', totalPostingCount: total } } })

const posting = (id: string, replies: readonly object[] = [], given: object = {}): object => ({
  id,
  lifecycleStatus: 'Published',
  title: 'High <water>',
  text: `Words of ${id}\nMore`,
  author: { id: 'm1', name: 'Ida' },
  history: { created: '2024-05-09T10:20:05.250Z' },
  reactions: { aggregated: [{ name: 'positive', value: 4 }] },
  replies,
  ...given,
})

const page = (nodes: readonly object[], nextCursor: string | null = null): string =>
  JSON.stringify({
    data: {
      getForumRootPostingsV2: {
        pageInfo: { nextCursor, hasNextPage: nextCursor !== null },
        edges: nodes.map((node) => ({ node })),
      },
    },
  })

const postings = derStandard.read(answerOf(forum(3)), first, thread).next[0]!

describe('Der Standard', () => {
  it('has a forum for every story', () => {
    const address = 'https://www.derstandard.at/story/3000000217777/harbour'
    expect(located(derStandard, '', address)?.nativeId).toBe('3000000217777')
    expect(located(derStandard, '', 'https://www.derstandard.at/international')).toBeNull()
    expect(located(derStandard, '', 'https://notderstandard.at/story/3000000217777/')).toBeNull()
  })

  it('asks for the forum, then for its postings', () => {
    expect(first.json).toMatchObject({
      variables: { contextUri: 'https://www.derstandard.at/story/3000000217777' },
    })
    expect(derStandard.read(answerOf(forum(3)), first, thread)).toMatchObject({ reportedCount: 3 })
    expect(postings.json).toMatchObject({ variables: { id: 'f1', nextCursor: null } })
  })

  it('reads postings three deep and goes on', () => {
    const deleted = posting('3', [], { lifecycleStatus: 'Deleted' })
    const batch = derStandard.read(
      answerOf(page([posting('1', [posting('2', [deleted])])], 'c2')),
      postings,
      thread,
    )
    expect(batch.comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['1', null, 'visible'],
      ['2', '1', 'visible'],
      ['3', '2', 'removed'],
    ])
    expect(batch.comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:m1',
      bodyText: 'High <water>\n\nWords of 1\nMore',
      publishedAt: new Date('2024-05-09T10:20:05.250Z'),
      likes: 4,
      dislikes: 0,
      score: 4,
    })
    expect(batch.comments[2]).toMatchObject({ authorName: null, bodyText: '' })
    expect(batch.next[0]?.json).toMatchObject({ variables: { id: 'f1', nextCursor: 'c2' } })
    expect(derStandard.read(answerOf(page([], 'c3')), postings, thread).next).toEqual([])
  })

  it('knows a story without a forum, an empty one and faults', () => {
    const fault = (message: string): string => JSON.stringify({ errors: [{ message }] })
    expect(derStandard.read(answerOf(fault('Forum not found.')), first, thread).reportedCount).toBe(0)
    expect(derStandard.read(answerOf(forum(0)), first, thread).next).toEqual([])
    expect(derStandard.read(answerOf(fault('PersistedQueryOnly')), first, thread).incomplete).toBe(
      'unsupported',
    )
    expect(derStandard.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(() => derStandard.read(answerOf('{}'), first, thread)).toThrow(/der-standard/)
  })
})
