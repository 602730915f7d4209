import { describe, expect, it } from 'vitest'
import { nameWeight, nameWords } from '../../../src/extractors/article/body/name-words.ts'

describe('names of elements', () => {
  it('are words, and pairs of words that stand together', () => {
    expect(nameWords('post-body js_x9 main')).toEqual(['post', 'body', 'post-body', 'js', 'main'])
  })

  it('speak for articles or against them', () => {
    expect(nameWeight('')).toBe(0)
    expect(nameWeight('article-body')).toBeGreaterThan(0)
    expect(nameWeight('site-footer')).toBeLessThan(-1)
    expect(nameWeight('zqx-unheard-of-zzz')).toBe(0)
  })
})
