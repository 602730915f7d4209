import { describe, expect, it } from 'vitest'
import { boards, xenforo2 } from './boards.ts'
import { readPageOf, told, withoutData } from './printed-pages.ts'

describe('pages of discussions', () => {
  it.each(boards)('$name', ({ platform, page, expected, quotes = [] }) => {
    const read = readPageOf(page)
    expect(read.platform).toBe(platform)
    expect(told(read.comments)).toEqual(expected)
    expect(read.comments.flatMap((comment) => comment.quotes)).toEqual(
      quotes.map(([author, text, nativeId]) => ({ author, text, nativeId })),
    )
  })

  it.each(boards)('$name, stripped of attributes for scripts', ({ page, expected }) => {
    expect(told(readPageOf(withoutData(page)).comments)).toEqual(expected)
  })

  it('marks what was changed, and keeps signatures out', () => {
    const [comment] = readPageOf(
      `<div id="XF">${xenforo2('11', 'Ann', '2024-05-03T10:00:00+0200', 'Words.')}</div>`,
    ).comments
    expect(comment).toMatchObject({ isEdited: true, bodyText: 'Words.', state: 'visible' })
  })

  it('takes no page for a discussion that only speaks like one', () => {
    expect(readPageOf('<style>.bbWrapper{}</style><p class="message">A message</p>').platform).toBeNull()
    expect(
      readPageOf('<div class="post" id="post-title"><div class="post_body">Text</div></div>').platform,
    ).toBeNull()
  })
})
