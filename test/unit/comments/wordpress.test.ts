import { describe, expect, it } from 'vitest'
import type { Answer, Ask, Batch } from '../../../src/extractors/comments/platform.ts'
import { wordpress } from '../../../src/extractors/comments/platforms/wordpress/wordpress.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = threadOf('wordpress', { post: '77' })
const article = wordpress.open(thread)

const rendered =
  '<p>It&#8217;s <a href="http://a.example/?x=1&#038;y=2" rel="nofollow ugc">there</a> <img src="/wp-includes/images/smilies/frownie.png" alt=":-(" class="wp-smiley" /></p>\n<blockquote><p>Said before</p></blockquote>\n<p>Line<br />\nbreak</p>\n'

const item = (id: number): string =>
  `<li id="comment-${id}" class="comment depth-1"><article id="div-comment-${id}" class="comment-body"><footer class="comment-meta">
  <div class="comment-author vcard"><b class="fn">Tom &amp; Ann</b> <span class="says">says:</span></div><div class="comment-metadata">
  <a href="https://paper.example/77-harbour.html/comment-page-2/#comment-${id}"><time datetime="2024-05-09T18:20:05+02:00">9 May</time></a></div></footer>
  <div class="comment-content">${rendered}</div></article></li>`

const head = '<link rel="https://api.w.org/" href="https://paper.example/wp-json/">'
const feedLink =
  '<link rel="alternate" type="application/rss+xml" href="https://paper.example/77-harbour.html/feed/">'

const pager = '<a href="/77-harbour.html/comment-page-3/#comments">3</a>'

const page = (ids: readonly number[], count: number, more = ''): string =>
  `${head}<div id="comments"><h2>${count} comments</h2><ol>${ids.map(item).join('')}</ol>${more}</div>`

const rest = (id: number, parent = 0): object => ({
  id,
  post: 77,
  parent,
  author_name: 'Tom &amp; Ann',
  date: '2024-05-09T18:20:05',
  date_gmt: '2024-05-09T16:20:05',
  content: { rendered },
  type: 'comment',
  status: 'approved',
})

const read = (text: string, asked: Ask, given: Partial<Answer> = {}): Batch =>
  wordpress.read(answerOf(text, given), asked, thread)

const only = ({ next }: Batch): Ask => {
  expect(next).toHaveLength(1)
  return next[0]!
}

describe('WordPress', () => {
  it('asks for nothing more when the page shows all', () => {
    expect(read(page([1, 2], 2), article).next).toEqual([])
  })

  it('reads the same comment from the page and from REST', () => {
    const shown = read(page([5], 3), article)
    const asked = only(shown)
    const answered = read(JSON.stringify([rest(5)]), asked)
    expect(shown.comments[0]?.bodyText).toBe('It’s there :-(\n\nLine\nbreak')
    expect(shown.comments[0]?.quotes).toEqual([{ author: null, text: 'Said before', nativeId: null }])
    expect({ ...answered.comments[0], publishedRaw: null }).toEqual({
      ...shown.comments[0],
      publishedRaw: null,
    })
  })

  it('follows the pages of REST and counts pings with them', () => {
    const ping =
      '<li id="comment-9" class="pingback"><div class="comment-body">Pingback: <a class="url">B</a></div></li>'
    const asked = only(read(page([5], 201, ping), article))
    expect(asked.url).toBe(
      'https://paper.example/wp-json/wp/v2/comments?post=77&per_page=100&page=1&order=asc&orderby=date_gmt',
    )
    const headers = { 'x-wp-total': '201', 'x-wp-totalpages': '3' }
    const first = read(JSON.stringify([rest(5), rest(6, 5), { ...rest(8), post: 78 }]), asked, { headers })
    expect(first.comments.map(({ nativeId, parentNativeId }) => [nativeId, parentNativeId])).toEqual([
      ['5', null],
      ['6', '5'],
    ])
    expect(first.reportedCount).toBe(202)
    expect(first.next.map(({ url }) => new URL(url).searchParams.get('page'))).toEqual(['2', '3'])
    expect(read('[]', first.next[0]!, { headers }).next).toEqual([])
    expect(read('', first.next[0]!, { status: 500 }).incomplete).toBe('page_failed')
  })

  it('looks for pings on the other pages when the page counts more than REST', () => {
    const asked = only(read(page([5], 12, pager), article))
    const answered = read(JSON.stringify([rest(5)]), asked, { headers: { 'x-wp-total': '10' } })
    expect(answered.reportedCount).toBeUndefined()
    expect(answered.next.map(({ url }) => new URL(url).pathname)).toEqual(
      [1, 2, 3].map((number) => `/77-harbour.html/comment-page-${number}/`),
    )
    const ping =
      '<li id="comment-9" class="pingback"><div class="comment-body">Pingback: <a class="url">B</a></div></li>'
    const { comments, next } = read(page([7], 12, ping + pager), answered.next[0]!)
    expect(comments.map(({ nativeId, isPing }) => [nativeId, isPing])).toEqual([['9', true]])
    expect(next).toEqual([])
  })

  it('takes the plain route where the site has no permalinks', () => {
    const text = page([5], 3).replace('/wp-json/', '/index.php?rest_route=/')
    expect(new URL(only(read(text, article)).url).searchParams.get('rest_route')).toBe('/wp/v2/comments')
  })

  it.each([
    ['refused', { status: 401 }, '{"code":"rest_forbidden"}'],
    ['forbidden by robots.txt', { status: 0 }, ''],
    ['not JSON', {}, '<html>'],
    ['of another post', {}, JSON.stringify([{ ...rest(5), post: 78 }])],
  ])('reads the comment pages when REST is %s', (_, given, text) => {
    const asked = only(read(page([5], 30, pager), article))
    expect(read(text, asked, given).next.map(({ url }) => url)).toEqual(
      [1, 2, 3].map((number) => `https://paper.example/77-harbour.html/comment-page-${number}/`),
    )
  })

  it('reads the feed when nothing else holds the rest', () => {
    const asked = only(read(feedLink + page([5], 2), article))
    const feedAsk = only(read('', asked, { status: 404 }))
    expect(feedAsk.url).toBe('https://paper.example/77-harbour.html/feed/')
    const entry = (id: number): string =>
      `<item><link>https://paper.example/77-harbour.html/#comment-${id}</link><dc:creator><![CDATA[Ben]]></dc:creator>
      <pubDate>Thu, 09 May 2024 16:20:05 +0000</pubDate><content:encoded><![CDATA[<p>From the feed</p>]]></content:encoded></item>`
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel>${entry(6)}${entry(5)}</channel></rss>`
    const [added, ...others] = read(feed, feedAsk).comments
    expect(others).toEqual([])
    expect(added).toMatchObject({
      nativeId: '6',
      authorName: 'Ben',
      bodyText: 'From the feed',
      parentConfidence: 'low',
      publishedAt: new Date('2024-05-09T16:20:05Z'),
    })
    expect(() => read('<html></html>', feedAsk)).toThrow(/no known shape/)
  })

  it('keeps neither an e-mail address nor an avatar', () => {
    const text = page([5], 1).replace(
      '<b class="fn">',
      '<img class="avatar" src="https://secure.gravatar.com/avatar/abc"><a href="mailto:tom@mail.example">@</a><b class="fn">',
    )
    expect(JSON.stringify(read(text, article).comments)).not.toMatch(/gravatar|mail\.example/)
  })
})
