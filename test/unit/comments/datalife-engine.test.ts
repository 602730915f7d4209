import { describe, expect, it } from 'vitest'
import { datalifeEngine } from '../../../src/extractors/comments/platforms/datalife-engine/datalife-engine.ts'
import type { Ask, Batch } from '../../../src/extractors/comments/platform.ts'
import { readPager } from '../../../src/extractors/comments/platforms/datalife-engine/page.ts'
import { parsePage } from '../../../src/extractors/page.ts'
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

/** What follows when every endpoint of the script answers with `status`. */
const refused = (status: number, page = lazyPage): Batch =>
  [0, 1, 2].reduce((batch) => read('', only(batch), status), read(page, article))

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

  it('says why when neither an endpoint nor a page answers', () => {
    expect(refused(500)).toEqual({ comments: [], next: [], incomplete: 'page_failed' })
    expect(refused(429)).toEqual({ comments: [], next: [], incomplete: 'blocked' })
    const afterPages = (status: number): Batch => {
      const inPath = only(refused(status))
      expect(inPath.url).toBe('https://paper.example/page,1,2,77-harbour.html')
      const inQuery = only(read('', inPath, 404))
      expect(inQuery.url).toBe('https://paper.example/index.php?cstart=2&newsid=77')
      return read('', inQuery, 404)
    }
    expect(afterPages(0)).toEqual({ comments: [], next: [], incomplete: 'robots' })
    expect(afterPages(403).incomplete).toBe('blocked')
    expect(afterPages(200).incomplete).toBe('page_failed')
  })

  it('finds an answer unreadable at an endpoint that gave one before', () => {
    const [third] = read(list(comment(2)), only(read(lazyPage, article))).next
    expect(() => read('<html>busy</html>', third!)).toThrow(/no known shape/)
  })

  it.each([
    [`<script>var u = '/index.php?controller=ajax&mod=search'</script>`, '/index.php?controller=ajax&'],
    ['<span data-comments-ratig-layer-id="1">+3</span>', '/index.php?controller=ajax&'],
    [`<script>$.get('/engine/ajax/controller.php?mod=poll')</script>`, '/engine/ajax/controller.php?mod='],
    [`<script>$.get('/engine/ajax/vote.php')</script>`, '/engine/ajax/comments.php?'],
  ])('begins with the endpoint of the version that shows: %s', (mark, path) => {
    const first = only(read(`${lazyPage}${mark}`, article))
    expect(first.url).toContain(`https://paper.example${path}`)
    const tried = [first, only(read('', first, 404)), only(read('', only(read('', first, 404)), 404))]
    expect(new Set(tried.map(({ url }) => new URL(url).pathname)).size).toBe(3)
  })

  it('keeps the letter after a broken character', () => {
    const answered = read(
      list(comment(2).replace('Words', String.raw`HI${'\ud800'}LO`)),
      only(read(lazyPage, article)),
    )
    expect(answered.comments[0]?.bodyHtml).toBe('HI\ufffdLO 2')
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

describe('comments that a script loads where robots.txt forbids it to', () => {
  const page = only(refused(0))

  it('reads the pages that the engine has as HTML, up to the last', () => {
    const second = read(`${comment(2)}${lazyPage.replace(comment(1), '')}`, page)
    expect(ids(second)).toEqual(['2'])
    expect(second.incomplete).toBeUndefined()
    const third = read(comment(3), only(second))
    const fourth = read(comment(4), only(third))
    expect([only(second).url, only(third).url]).toEqual([
      'https://paper.example/page,1,3,77-harbour.html',
      'https://paper.example/page,1,4,77-harbour.html',
    ])
    expect(fourth).toMatchObject({ next: [] })
    expect(fourth.incomplete).toBeUndefined()
  })

  it('says that a known page is missing', () => {
    const third = only(read(comment(2), page))
    expect(read(comment(2), third)).toEqual({ comments: [], next: [], incomplete: 'robots' })
    expect(read('', third, 403)).toEqual({ comments: [], next: [], incomplete: 'blocked' })
  })

  it('takes another form of address where the first leads back to the article', () => {
    const back = { url: article.url, status: 200 }
    const inQuery = only(datalifeEngine.read(answerOf(comment(1), back), page, thread))
    expect(inQuery.url).toBe('https://paper.example/index.php?cstart=2&newsid=77')
    expect(only(read(comment(2), inQuery)).url).toBe('https://paper.example/index.php?cstart=3&newsid=77')
    expect(only(read(comment(1), page)).url).toBe(inQuery.url)
  })

  it('goes on to the first page without new comments where nothing counts them', () => {
    const counted =
      '<a id="dle-comm-link" href="/77-harbour.html#comment">2</a><div id="dle-comments-list"></div>'
    const first = only(refused(0, counted))
    expect(first.url).toBe('https://paper.example/page,1,1,77-harbour.html')
    const second = only(read(comment(1), first))
    expect(second.url).toBe('https://paper.example/page,1,2,77-harbour.html')
    const third = only(read(comment(2), second))
    expect(read(comment(2), third)).toEqual({ comments: [], next: [] })
    expect(read('', third, 404)).toEqual({ comments: [], next: [] })
    expect(read('', third, 503).incomplete).toBe('page_failed')
  })

  it('writes the number before the last name of the address', () => {
    const deep = {
      ...thread,
      data: { ...thread.data, articleUrl: 'https://paper.example/city/77-harbour.html' },
    }
    const asked = { ...only(read('', only(read('', only(read(lazyPage, article)), 0)), 0)) }
    const ask = only(datalifeEngine.read(answerOf('', { url: asked.url, status: 0 }), asked, deep))
    expect(ask.url).toBe('https://paper.example/city/page,1,2,77-harbour.html')
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

describe('the number of comments', () => {
  const own = 'https://paper.example/77-harbour.html#comment'
  const page1 = 'https://paper.example/page,1,2,77-harbour.html#comment'

  it.each([
    [`<a href="${own}">29 комм.</a>`, 29],
    [`<a href="${own}">Discuss (1 052)</a>`, 1052],
    [`<h3>Коментарі <span>8</span></h3>`, 8],
    [`<h3>Commentary 8 of the editors</h3>`, null],
    [`<a href="${own}">Ferry sails at 7:30 from pier 12</a>`, null],
  ])('is what %s says, never the number of a page', (counter, reported) => {
    const pager = `<div class="dle-comments-navigation"><span>1</span> <a href="${page1}">2</a></div>`
    expect(read(counter + comment(1) + pager, article).reportedCount ?? null).toBe(reported)
  })
})

describe('replies that may be printed as siblings', () => {
  const item = (id: number, user: string, body: string, inner = ''): string =>
    `<ol class="comments-tree-list"><li id="comments-tree-item-${id}">${said(id, user, body)}${inner}</li></ol>`
  const said = (id: number, user: string, body: string): string =>
    `<div id='comment-id-${id}'><a href="/user/${user}/">${user}</a> 1.05.2024 10:00<div id='comm-id-${id}'>${body}</div></div>`
  const quote = (text: string): string => `<!--QuoteBegin ann --><div class="quote">${text}</div>Yes`

  it('follow the words they quote where one writer wrote both what is above and beside', () => {
    const list = `<ol class="comments-tree-list"><li id="comments-tree-item-4">${said(4, 'ann', 'No, never')}</li>
      <li id="comments-tree-item-5">${said(5, 'bob', quote('It sails today'))}</li>
      <li id="comments-tree-item-6">${said(6, 'bob', quote('No, never'))}</li></ol>`
    const page = item(1, 'x', 'a', item(2, 'y', 'b', item(3, 'ann', 'It sails today, they say', list)))
    const parents = read(page, article).comments.map(({ parentNativeId }) => parentNativeId)
    expect(parents).toEqual([null, '1', '2', '3', '3', '4'])
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

  it.each([
    ['<a href="/user/1234/">1234</a> <span>(Ann Lee)</span>', '1234', 'Ann Lee'],
    ['<a href="/user/Bob/">Bob</a> <span>(Robert (junior))</span>', 'Bob', 'Robert (junior)'],
    ['<a href="/user/Bob+(old)/">Bob (old)</a> <span>(Robert)</span>', 'Bob (old)', 'Robert'],
    ['<a href="/user/Bob/">Bob</a> <a href="/user/Bob/news/">(12)</a>', 'Bob', '12'],
  ])('reads who wrote it from %s', (header, authorName, authorDisplay) => {
    const page = `<div id='comment-id-1'>${header} 1.05.2024 10:00<div id='comm-id-1'>Words</div></div>`
    expect(read(page, article).comments[0]).toMatchObject({ authorName, authorDisplay })
  })

  it('knows an account by its name, in whatever charset the site writes that into addresses', () => {
    const keys = ['%CC%E0%F1%F2%E5%F0+2000', '%D0%9C%D0%B0%D1%81%D1%82%D0%B5%D1%80%202000', '100%'].map(
      (path) => {
        const page = `<div id='comment-id-1'><a href="/user/${path}/">x</a> 1.05.2024 10:00<div id='comm-id-1'>Words</div></div>`
        return read(page, article).comments[0]?.authorKey
      },
    )
    expect(keys).toEqual(['user:мастер 2000', 'user:мастер 2000', 'user:100%'])
  })

  it('reads a quote whose text has a box of its own, as the editor of newer versions makes it', () => {
    const quoteOf = (id: number, text: string): string =>
      `<div class="quote_block"><div class="title_quote" data-commentid="${id}" data-commentuser="ann">ann wrote:</div>
        <div class="quote"><div class="quote_body contenteditable">${text}</div></div></div>`
    const page = `<div id='comment-id-9'><a href="/user/bob/">bob</a> 1.05.2024 10:00
      <div id='comm-id-9'>${quoteOf(3, `${quoteOf(2, 'Inner')}Outer`)}Words</div></div>`
    expect(read(page, article).comments[0]).toMatchObject({
      bodyText: 'Words',
      parentNativeId: '3',
      quotes: [
        { author: 'ann', text: 'Outer', nativeId: '3' },
        { author: 'ann', text: 'Inner', nativeId: '2' },
      ],
    })
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

it('a pager of thousands of elements that are never closed takes no time with their square', () => {
  const pager = `<div class="dle-comments-navigation"><div class="navigation"><span>1</span>
    <a href="/page,1,2,77-harbour.html">2</a>${'<span>2'.repeat(16_000)}</div></div>`
  const page = parsePage(pager, 'https://paper.example/77-harbour.html', new Date('2026-03-01'))
  const started = process.cpuUsage()
  expect(readPager([page.document], page.url)).toMatchObject({ current: 1, last: 2 })
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(1)
})
