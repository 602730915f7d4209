import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberedPager } from '../../../src/extractors/comments/printed/numbered-pages.ts'
import { selector } from '../../../src/extractors/selector.ts'
import { parseHtml } from '../../../src/extractors/page.ts'
import { readPageOf } from './printed-pages.ts'

const links = selector('a[href]')
const linksTo = (...hrefs: readonly string[]): ReturnType<typeof parseHtml> =>
  parseHtml(hrefs.map((href) => `<a href="${href.replaceAll('&', '&amp;')}">x</a>`).join(''))

const addresses = (body: string, url: string): readonly string[] =>
  readPageOf(body, { url }).next.map((ask) => ask.url)

describe('the pages of a discussion', () => {
  it('XenForo: all that the pager spans, also those without a link', () => {
    const post =
      '<div id="XF"><article class="message message--post" id="js-post-1"><div class="bbWrapper">Words.</div></article>'
    const body = `${post}<nav class="pageNav"><a href="/threads/harbour.7/page-2">2</a><a href="/threads/harbour.7/page-4">4</a><a href="/threads/other.8/page-9">9</a></nav></div>`
    expect(addresses(body, 'https://board.example/threads/harbour.7/')).toEqual([
      'https://board.example/threads/harbour.7/page-2',
      'https://board.example/threads/harbour.7/page-3',
      'https://board.example/threads/harbour.7/page-4',
    ])
  })

  it('phpBB: counts comments, and leaves the number of the visit out', () => {
    const post =
      '<div id="phpbb"><div class="post" id="p1"><div class="postbody"><div class="content">Words.</div></div></div>'
    const body = `${post}<div class="pagination"><a href="./viewtopic.php?f=2&amp;t=7&amp;sid=abc&amp;start=15">2</a><a href="./viewtopic.php?f=2&amp;t=7&amp;sid=abc&amp;start=45">4</a></div></div>`
    expect(addresses(body, 'https://board.example/viewtopic.php?t=7')).toEqual([
      'https://board.example/viewtopic.php?f=2&t=7&start=15',
      'https://board.example/viewtopic.php?f=2&t=7&start=30',
      'https://board.example/viewtopic.php?f=2&t=7&start=45',
    ])
  })

  it('Invision: with the path in the query', () => {
    const post =
      '<div class="ipsApp"><article class="ipsComment" id="elComment_1"><div class="ipsType_richText">Words.</div></article>'
    const body = `${post}<ul class="ipsPagination"><li><a href="/index.php?/topic/7-harbour/page/2/#comments">2</a></li></ul></div>`
    expect(addresses(body, 'https://board.example/index.php?/topic/7-harbour/')).toEqual([
      'https://board.example/index.php?/topic/7-harbour/page/2/',
    ])
  })

  it('MyBB: whatever page of the forum the way back to it is on', () => {
    const body = `<div class="pagination pagination_breadcrumb"><a href="forum-3-page-4.html">4</a><a class="pagination_current" href="forum-3-page-5.html">5</a></div>
      <div class="pagination"><span class="pagination_current">1</span><a href="thread-7-page-2.html">2</a><a href="thread-7-page-5.html">5</a></div>
      <div class="post" id="post_1"><div class="post_body" id="pid_1">Words.</div></div>`
    expect(addresses(body, 'https://board.example/thread-7.html')).toEqual(
      [2, 3, 4, 5].map((page) => `https://board.example/thread-7-page-${page}.html`),
    )
  })

  it('Drupal: counts from nought', () => {
    const body =
      '<div class="comment-wrapper"><article class="comment js-comment" id="comment-1" typeof="schema:Comment"><div class="field--name-comment-body">Words.</div></article></div><ul class="pager"><li><a href="?page=1">2</a></li><li><a href="?page=2">3</a></li></ul>'
    expect(addresses(body, 'https://paper.example/node/7')).toEqual([
      'https://paper.example/node/7?page=1',
      'https://paper.example/node/7?page=2',
    ])
  })

  it('asks for the first page when a later one was found', () => {
    const pages = { links, number: /(\/page-)(\d+)/, first: 1 } as const
    const pager = numberedPager(
      linksTo('/t/7/page-2', '/t/7/page-3'),
      pages,
      'https://board.example/t/7/page-3',
    )
    expect(pager).toMatchObject({ current: 3, last: 3 })
  })

  it('never throws, and never leaves the site', () => {
    const pages = { links, number: /([?&]page=)(\d+)/, first: 1 } as const
    const href = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string(),
      fc.nat().map((page) => `?page=${page}`),
    )
    fc.assert(
      fc.property(fc.array(href, { maxLength: 8 }), (hrefs) => {
        const page = linksTo(...hrefs.map((words) => words.replaceAll('"', '')))
        const pager = numberedPager(page, pages, 'https://board.example/t/7')
        if (pager !== null) expect(pager.template).toMatch(/^https:\/\/board\.example\/t\/7/)
      }),
    )
  })
})
