import { describe, expect, it } from 'vitest'
import { dailyMail } from '../../../src/extractors/comments/platforms/daily-mail.ts'
import { located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const address = 'https://www.dailymail.co.uk/news/article-13357113/harbour.html'
const thread = {
  ...threadOf('daily-mail'),
  nativeId: '13357113',
  pageUrl: address,
  timezone: 'Europe/London',
}
const first = dailyMail.open(thread)

const node = (id: number, replies: readonly object[] = [], given: object = {}): object => ({
  id,
  userAlias: 'Ida',
  userIdentifier: '12',
  userLocation: 'Riga, Latvia',
  dateCreated: '2024-05-09T10:20:05Z',
  message: `Words of ${id} & <more>`,
  voteRating: 3,
  voteCount: 7,
  replies: { totalCount: replies.length, comments: replies },
  ...given,
})

const page = (nodes: readonly object[], roots = nodes.length): string =>
  JSON.stringify({ status: 'success', payload: { total: 9, parentCommentsCount: roots, page: nodes } })

describe("The Daily Mail's reader comments", () => {
  it('are known by their box and the number of the article', () => {
    expect(located(dailyMail, '<div id="reader-comments"></div>', address)?.nativeId).toBe('13357113')
    expect(located(dailyMail, '<p></p>', address)).toBeNull()
    expect(located(dailyMail, '<div id="reader-comments"></div>', 'https://paper.example/')).toBeNull()
  })

  it('leave their place to OpenWeb where the page says so', () => {
    const html = '<div id="reader-comments"></div><script>PageCriteria.openwebEnabled = true;</script>'
    expect(located(dailyMail, html, address)).toBeNull()
  })

  it('come with replies, and with votes by their sum and number', () => {
    const { comments, next, reportedCount } = dailyMail.read(
      answerOf(page([node(1, [node(2)]), node(3, [], { voteCount: 6 })], 40)),
      first,
      thread,
    )
    expect(comments.map((item) => [item.nativeId, item.parentNativeId])).toEqual([
      ['1', null],
      ['2', '1'],
      ['3', null],
    ])
    expect(comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:12',
      bodyText: 'Words of 1 & <more>',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      likes: 5,
      dislikes: 2,
      score: 3,
    })
    expect(comments[2]).toMatchObject({ likes: null, dislikes: null, score: 3 })
    expect(JSON.stringify(comments)).not.toContain('Riga')
    expect(reportedCount).toBe(9)
    expect(next.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['2'])
  })

  it('end, are empty, refused or of another shape', () => {
    expect(dailyMail.read(answerOf(page([node(1)])), first, thread).next).toEqual([])
    expect(dailyMail.read(answerOf(page([], 40)), first, thread)).toMatchObject({ comments: [], next: [] })
    expect(dailyMail.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(() => dailyMail.read(answerOf('{}'), first, thread)).toThrow(/daily-mail/)
  })
})
