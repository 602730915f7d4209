import { describe, expect, it } from 'vitest'
import { replay } from './replay.ts'

const path = '/politik/2026-03/hafen'

const comment = (id: number, words: string): string =>
  `<article id="cid-${id}" class="comment js-comment-toplevel"><h4 class="comment-meta__name">Ida</h4><a class="comment-meta__date">2. März 2026, 10:20 Uhr</a><div class="comment__body"><p>${words}</p></div></article>`

const page = (...comments: readonly string[]): string =>
  `<section class="comment-section" id="comments">${comments.join('')}<nav class="pager">${[2, 3].map((number) => `<a href="{origin}${path}?page=${number}">${number}</a>`).join('')}</nav></section>`

const threadWith = (words: string) => ({
  title: 'three pages, one comment each',
  path,
  page: page(comment(1, 'Words of 1.')),
  answers: {
    [`GET ${path}?page=2`]: { body: `<html><body>${page(comment(2, words))}</body></html>` },
    [`GET ${path}?page=3`]: { body: `<html><body>${page(comment(3, 'Words of 3.'))}</body></html>` },
  },
  expected: { comments: [], reportedCount: null },
})

const megabytes = (count: number): string => 'harbour '.repeat((count * 1_000_000) / 8)

describe('a comment that is far too large', () => {
  it('of 50 MB is not read, and the other pages of its thread are', async () => {
    const { comments, reading, failures } = await replay(threadWith(megabytes(50)))
    expect(comments.map(({ nativeId }) => nativeId)).toEqual(['1', '3'])
    expect(reading?.incomplete).toBe('page_failed')
    expect(failures).toEqual(['too_large'])
  })

  it('of 3 MB is cut at a million characters, and told apart by all of them', async () => {
    const read = async (words: string) => (await replay(threadWith(words))).comments[1]
    const [whole, ...others] = [await read(megabytes(3)), await read(`${megabytes(3)}and more`)]
    expect(whole?.bodyText.length).toBeGreaterThan(999_990)
    expect(whole?.bodyText.length).toBeLessThanOrEqual(1_000_000)
    expect(whole?.wholeHash).toMatch(/^[0-9a-f]{64}$/)
    expect(others[0]?.bodyText).toBe(whole?.bodyText)
    expect(others[0]?.wholeHash).not.toBe(whole?.wholeHash)
    expect((await read('Words of 2.'))?.wholeHash).toBeUndefined()
  })
})
