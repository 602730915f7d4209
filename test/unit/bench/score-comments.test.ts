import { describe, expect, it } from 'vitest'
import { leakedComments } from '../../bench/comments/leaks.ts'
import type { CommentPage, ReadComment, TruthComment } from '../../bench/comments/page.ts'
import { scorePage, sumScores } from '../../bench/comments/score/score.ts'
import { sameTime } from '../../bench/comments/score/time.ts'
import { withoutData } from '../../bench/comments/strip-data.ts'
import { scoreDetection } from '../../bench/comments/detection.ts'

const words = 'The harbour was closed for nine days, and nobody told us why.'

function truth(id: string, given: Partial<TruthComment> = {}): TruthComment {
  return {
    id,
    parent: null,
    author: 'Rosa',
    published: '2024-05-01T10:00+02:00',
    publishedRaw: null,
    text: `${words} ${id}`,
    title: null,
    isPing: false,
    isOpening: false,
    isAnswer: false,
    ...given,
  }
}

function read(id: string, given: Partial<ReadComment> = {}): ReadComment {
  return {
    id,
    parent: null,
    author: 'rosa',
    published: '2024-05-01T08:00:00Z',
    text: `${words} ${id}`,
    ...given,
  }
}

function page(...comments: TruthComment[]): CommentPage {
  const fetchedAt = new Date('2024-06-01')
  const rest = { timezone: null, kind: 'article', platform: 'wordpress' } as const
  return { key: 'own/a', file: 'a.html', url: 'https://paper.example/a', fetchedAt, ...rest, comments }
}

describe('scorePage', () => {
  it('finds a page perfect when comments, authors, times and parents are right, whatever ids are called', () => {
    const score = scorePage(page(truth('1'), truth('2', { parent: '1' })), {
      comments: [read('x-1', { text: `${words} 1` }), read('x-2', { text: `${words} 2`, parent: 'x-1' })],
    })
    expect(score).toMatchObject({ needed: 2, given: 2, matched: 2, isPerfect: true })
  })

  it('tells a wrong author, time and parent apart', () => {
    const comments = [
      read('1', { author: 'Tom' }),
      read('2', { published: '2024-05-01T08:01:00Z' }),
      read('3', { parent: '1' }),
    ]
    const score = scorePage(page(truth('1'), truth('2'), truth('3')), { comments })
    expect([score.author, score.time, score.parent].map(({ right }) => right)).toEqual([2, 2, 2])
    expect(score.isPerfect).toBe(false)
  })

  it('takes no text for another that shares less than nine tenths of its words', () => {
    const score = scorePage(page(truth('1')), { comments: [read('1', { text: words.slice(0, 30) })] })
    expect(score).toMatchObject({ matched: 0, given: 1 })
  })

  it('asks for no pings, and blames nobody who gives them', () => {
    const pinged = page(truth('1'), truth('9', { isPing: true, author: 'A blog', text: '', published: null }))
    const ping = read('9', { author: 'A blog', text: '' })
    expect(scorePage(pinged, { comments: [read('1')] }).isPerfect).toBe(true)
    expect(scorePage(pinged, { comments: [read('1'), ping] }).isPerfect).toBe(true)
    expect(scorePage(pinged, { comments: [ping] })).toMatchObject({ matched: 0, given: 0 })
  })

  it('counts a reply to the opening post as a root', () => {
    const forum = page(truth('1', { isOpening: true }), truth('2'))
    expect(scorePage(forum, { comments: [read('1'), read('2', { parent: '1' })] }).parent.right).toBe(1)
  })

  it('tells equal texts apart by id', () => {
    const same = page(truth('1', { text: 'Thanks!', author: 'Ann' }), truth('2', { text: 'Thanks!' }))
    const comments = [read('2', { text: 'Thanks!' }), read('1', { text: 'Thanks!', author: 'Ann' })]
    expect(scorePage(same, { comments }).author).toEqual({ right: 2, of: 2 })
  })
})

describe('sumScores', () => {
  it('counts what was read on a page without comments apart', () => {
    const scores = [
      scorePage(page(), { comments: [read('5')] }),
      scorePage(page(truth('1'), truth('2')), { comments: [read('1')] }),
    ]
    const sums = sumScores(scores)
    expect(sums).toMatchObject({ precision: 1, recall: 0.5, falseComments: 1, pagePerfect: 0 })
    expect(sums.f1).toBeCloseTo(2 / 3)
  })
})

describe('sameTime', () => {
  it.each([
    ['2024-05-01T10:00+02:00', '2024-05-01T08:00:59Z', true, true],
    ['2024-05-01T10:00:00+02:00', '2024-05-01T08:00:59Z', false, false],
    ['2024-05-01T10:00', '2024-05-01T10:00:00+03:00', true, true],
    ['2024-05-01T10:00', '2024-05-01T07:00:00Z', false, true],
    ['2024-05-01T10:00', '2024-05-01T07:01:00Z', false, false],
    ['2024-05-01', '2024-05-01T23:00:00-08:00', true, true],
    ['2024-05-01', '2024-05-03', false, false],
    ['2024-05', '2024-05-09', true, true],
    ['2024-05-01T10:00', '2024-05-01', false, false],
    ['2024-05-01', null, false, false],
  ])('%s and %s', (told, given, exact, inAnyZone) => {
    expect(sameTime(told, given)).toEqual({ exact, inAnyZone })
  })

  it('has nothing to say where the truth is no time', () => {
    expect(sameTime(null, '2024-05-01')).toBeNull()
  })
})

describe('leakedComments', () => {
  it('sees a comment in the text of its article', () => {
    const articleText = `It rained. ${words} one. More news.`
    const read = { platform: null, comments: [], fault: null, articleText }
    const thread = page(
      truth('one'),
      truth('2', { text: 'Short.' }),
      truth('3', { text: 'Nothing at all of this is in there, is it now?' }),
    )
    expect(leakedComments(thread, read)).toEqual({ right: 1, of: 2 })
  })
})

describe('withoutData', () => {
  it('takes data attributes out of tags, and nothing else', () => {
    const html = `<p data-a="1 > 0" class='data-x' data-b=2 data-c>data-d="3"</p><br data-e>`
    expect(withoutData(html)).toBe(`<p class='data-x'>data-d="3"</p><br>`)
  })
})

describe('scoreDetection', () => {
  it('counts what was told, what was missed and what was mistaken', () => {
    const carrier = { file: '', url: '' }
    const pages = [
      { ...carrier, key: 'a', expected: 'coral' },
      { ...carrier, key: 'b', expected: null },
      { ...carrier, key: 'c', expected: null },
      { ...carrier, key: 'd', expected: 'disqus' },
    ]
    const told = new Map([
      ['a', 'coral'],
      ['b', 'disqus'],
      ['d', null],
    ])
    const { accuracy, recall, falseThreads, rows } = scoreDetection(pages, told)
    expect({ accuracy, recall, falseThreads }).toEqual({ accuracy: 0.5, recall: 0.5, falseThreads: 1 })
    expect(rows).toEqual([
      { platform: 'coral', pages: 1, found: 1, mistaken: 0 },
      { platform: 'disqus', pages: 1, found: 0, mistaken: 1 },
    ])
  })
})
