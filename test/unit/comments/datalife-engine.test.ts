import { describe, expect, it } from 'vitest'
import { datalifeEngine } from '../../../src/extractors/comments/datalife-engine.ts'
import type { Ask, Batch } from '../../../src/extractors/comments/platform.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = threadOf('datalife-engine', { root: 'https://paper.example/', skin: 'Paper' })
const article = datalifeEngine.open(thread)

const comment = (id: number): string =>
  `<div id='comment-id-${id}'><a href="/user/reader/">reader</a> 1.05.2024 10:00<div id='comm-id-${id}'>Words ${id}</div></div>`

const lazyPage = `<div id="dle-comments-list">${comment(1)}</div>
  <script>dle_news_id= '77'; total_comments_pages= '4'; current_comments_page= '1';</script>`

const list = (comments: string, navigation = ''): string => JSON.stringify({ navigation, comments })

const read = (text: string, asked: Ask, status = 200): Batch =>
  datalifeEngine.read(answerOf(text, { url: asked.url, status }), asked, thread)

const only = ({ next }: Batch): Ask => {
  expect(next).toHaveLength(1)
  return next[0]!
}

const ids = ({ comments }: Batch): string[] => comments.map(({ nativeId }) => nativeId)

describe('comments that a script loads', () => {
  it('tries the endpoints of all versions, then asks the first that answers for the rest', () => {
    const first = only(read(lazyPage, article))
    expect(first.url).toBe(
      'https://paper.example/engine/ajax/controller.php?mod=comments&massact=disable&cstart=2&news_id=77&skin=Paper',
    )
    const second = only(read('<html>404</html>', first, 404))
    expect(second.url).toBe(
      'https://paper.example/index.php?controller=ajax&mod=comments&massact=disable&cstart=2&news_id=77&skin=Paper',
    )
    const third = only(read('<html>an article</html>', second))
    expect(third.url).toBe('https://paper.example/engine/ajax/comments.php?cstart=2&news_id=77&skin=Paper')
    const answered = read(list(comment(2) + comment(3)), third)
    expect(ids(answered)).toEqual(['2', '3'])
    expect(answered.next.map(({ url }) => new URL(url).searchParams.get('cstart'))).toEqual(['3', '4'])
    expect(answered.next.every(({ url }) => url.includes('/engine/ajax/comments.php'))).toBe(true)
    expect(read(list(comment(4)), answered.next[0]!).next).toEqual([])
  })

  it('says why when no endpoint answers', () => {
    const last = (status: number): Batch =>
      [0, 1, 2].reduce((batch) => read('', only(batch), status), read(lazyPage, article))
    expect(last(0)).toEqual({ comments: [], next: [], incomplete: 'robots' })
    expect(last(403).incomplete).toBe('blocked')
    expect(last(500).incomplete).toBe('page_failed')
    expect(() => last(200)).toThrow(/no known shape/)
  })

  it('reads pages that the pager of an answer adds', () => {
    const navigation = `<a href="#" onclick="CommentsPage('6', '77', ''); return false;">6</a>`
    const probed = read(list(comment(2), navigation), only(read(lazyPage, article)))
    expect(probed.next).toHaveLength(4)
  })

  it('asks for the list when the page counts comments and shows none', () => {
    const page =
      '<a id="dle-comm-link" href="/77-harbour.html#comment">12</a><div id="dle-comments-list"></div>'
    expect(only(read(page, article)).url).toContain('cstart=1')
    expect(read('<div id="dle-comments-list"></div>', article).next).toEqual([])
  })

  it('does not nest pages without end', () => {
    const endless = read(lazyPage.replace("'4'", "'900000000'"), article)
    const next = read(list(comment(2)), only(endless)).next
    expect(next).toHaveLength(198)
  })
})

describe('comment pages', () => {
  const pager = (current: number, last: number): string =>
    `${comment(current)}<div class="dle-comments-navigation"><span>${current}</span>
    <a href="/page,1,${last},77-harbour.html#comment">${last}</a></div>`

  it('asks for every page once, and later only for pages that came to be meanwhile', () => {
    const first = read(pager(1, 4), article)
    expect(first.next.map(({ url }) => url)).toEqual(
      [2, 3, 4].map((page) => `https://paper.example/page,1,${page},77-harbour.html`),
    )
    expect(read(pager(2, 4), first.next[0]!).next).toEqual([])
    expect(read(pager(2, 5), first.next[0]!).next.map(({ url }) => url)).toEqual([
      'https://paper.example/page,1,5,77-harbour.html',
    ])
  })

  it.each([
    [0, 'robots'],
    [403, 'blocked'],
    [429, 'blocked'],
    [503, 'page_failed'],
  ])('reports a page answered with %i', (status, incomplete) => {
    expect(read('', read(pager(1, 2), article).next[0]!, status)).toEqual({
      comments: [],
      next: [],
      incomplete,
    })
  })
})

describe('markup', () => {
  it('reads a comment once when it is printed twice', () => {
    expect(ids(read(comment(5) + comment(5), article))).toEqual(['5'])
  })

  it('keeps no address of a guest, not even as the name', () => {
    const page = `<div id='comment-id-1'><h4><a href="mailto:ann@mail.example">ann@mail.example</a></h4> 1.05.2024 10:00
      <div id='comm-id-1'>Words</div></div>`
    const [guest] = read(page, article).comments
    expect(guest?.authorName).toBeNull()
    expect(JSON.stringify(guest)).not.toContain('mail.example')
  })

  it('works without any box around the text', () => {
    const page = '<div><p>ann</p><p>1.05.2024 10:00</p><div id="comm-id-1">Words</div></div>'
    expect(read(page, article).comments[0]).toMatchObject({
      authorName: 'ann',
      bodyText: 'Words',
      nativeId: '1',
    })
  })

  it('reads 500 levels of replies and of quotes', () => {
    const deep = Array.from(
      { length: 500 },
      (_, index) => `<ol class="comments-tree-list"><li id="comments-tree-item-${index}">${comment(index)}`,
    )
    const comments = read(deep.join(''), article).comments
    expect(comments).toHaveLength(500)
    expect(comments.at(-1)?.parentNativeId).toBe('498')
    const quotes = `<div id='comm-id-1'>${'<div class="quote">q'.repeat(500)}</div>`
    expect(read(quotes, article).comments[0]?.quotes).toHaveLength(500)
  })
})
