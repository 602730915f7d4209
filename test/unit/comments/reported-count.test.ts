import { describe, expect, it } from 'vitest'
import { countInCounter, countInHeading } from '../../../src/extractors/comments/marks/reported-count.ts'

describe('countInHeading', () => {
  it.each([
    ['3 thoughts on “The 10 best harbours”', 3],
    ['One thought on “Rates”', 1],
    ['Ein Kommentar zu Frühling', 1],
    ['1,041 Comments', 1041],
    ['1 204 комментария', 1204],
    ['Комментарии (47)', 47],
    ['Comments: 12', 12],
    ['0 comments', 0],
    ['Leave a comment', null],
    ['10 things I wish I knew', null],
    ['uncommented 5', null],
  ])('%s', (text, count) => {
    expect(countInHeading(text)).toBe(count)
  })

  it('takes a number alone from a counter only', () => {
    expect(countInCounter(' 1 204 ')).toBe(1204)
    expect(countInHeading('1 204')).toBeNull()
  })
})
