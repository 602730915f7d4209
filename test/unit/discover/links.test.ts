import { describe, expect, it } from 'vitest'
import { findArticleLinks, findFeedLinks } from '../../../src/crawlers/discover/links.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const pageOf = (body: string, url = 'https://harbour.example/') =>
  parsePage(`<html><body>${body}</body></html>`, url, new Date('2026-03-10T12:00:00Z'))

const site = { url: 'https://harbour.example/', articlePath: null }
const linksOf = (body: string, url?: string) => findArticleLinks(pageOf(body, url), site)
const paths = (body: string) => linksOf(body).map((link) => link.url.replace('https://harbour.example', ''))

describe('links that look like articles', () => {
  it.each([
    ['/1234-the-old-crane-is-sold.html'],
    ['/news/1234-crane.html'],
    ['/2026/03/09/crane/'],
    ['/2026/03/crane-is-sold/'],
    ['/harbour/2026/mar/09/crane'],
    ['/2026/03/09/crane/?ref=front'],
    ['/stories/3376705/'],
    ['/898682/crane/'],
    ['/article/2026-03-09-crane-sold/'],
    ['/harbour/old-crane-sold-to-the-highest-bidder-in-spring'],
    ['/politics/crane-sold-11223344'],
    ['/Crane-sold/!5928990/'],
    ['/threads/crane.17/'],
    ['/board/viewtopic.php?f=3&t=17'],
    ['/showthread.php?t=17'],
    ['/forum/t/crane/17'],
    ['/forums/topic/17-crane/'],
    ['/community/topic/17/crane'],
    ['/discuss/d/17-crane'],
    ['/board/index.php?topic=17.0'],
    ['/forum/questions/17/crane'],
    ['/forum/discussion/17/crane'],
  ])('%s stands on its own', (path) => {
    expect(paths(`<a href="${path}">The old crane is sold</a>`)).toEqual([path])
  })

  it.each([
    ['/'],
    ['/category/harbour-news-and-all-the-rest/'],
    ['/tag/the-old-crane-of-the-harbour/'],
    ['/author/anna-maria-van-der-berg/'],
    ['/page/2/'],
    ['/2026/03/09/crane/comment-page-2/'],
    ['/page,1,2,1234-the-old-crane.html'],
    ['/print:page,1,1234-the-old-crane.html'],
    ['/user/the-old-man-and-the-crane/'],
    ['/login?next=/2026/03/09/crane/'],
    ['/threads/the-old-crane-of-the-harbour.17/page-4'],
    ['/board/viewtopic.php?f=3&t=17&start=15'],
    ['/showthread.php?t=17&page=2'],
    ['/topic/cranes-of-the-harbour/'],
    ['/topics/1717-crane/'],
    ['/topic/2024-elections/'],
    ['/tag/topic/1717-things/'],
    ['/topic/1717-annual-report.pdf'],
    ['/topic/1717-crane/?do=findComment&comment=55'],
    ['/board/viewtopic.php?f=3&t=17&view=print'],
    ['/board/index.php?action=post&topic=17.0'],
    ['/login/t/crane/1717'],
    ['/2026/03/09/crane/?replytocom=17'],
    ['/2026/03/09/crane/feed/'],
    ['/uploads/2026/03/the-old-crane-is-sold.jpg'],
    ['/rss.xml'],
    ['mailto:desk@harbour.example'],
    ['https://elsewhere.example/2026/03/09/crane/'],
    ['https://harbour.example:8443/2026/03/09/crane/'],
    ['/calendar-of-all-the-harbour-events?month=2026-03'],
    ['/calendar-of-all-the-harbour-events?day=9'],
    ['/events/?view=month&date=2026-04-01'],
    ['/2026/03/09/news/news/news/crane-is-sold.html'],
    [`/2026/03/09/${Array.from({ length: 20 }, (_, index) => `a${index}/`).join('')}crane-is-sold.html`],
    [`/2026/03/09/crane-${'sold-'.repeat(400)}.html`],
  ])('%s never', (href) => {
    expect(paths(`<h2><a href="${href}">The old crane of the harbour</a></h2>`)).toEqual([])
  })

  it('lets the place speak where the address says little', () => {
    expect(
      paths(`<nav><a href="/nav/crane-sold-today-again">Crane sold today, again</a></nav>
        <article><h2><a href="/crane">The old crane is sold</a></h2></article>
        <div><a href="/tides"><div><h3>High tides all week long</h3></div></a></div>
        <h2><a href="/sport/">Sport</a></h2>
        <footer><a href="/work-with-us-at-harbour">Work with us at Harbour</a></footer>`),
    ).toEqual(['/crane', '/tides'])
  })

  it('takes engines that name an article by number', () => {
    expect(paths('<h2><a href="/index.php?newsid=17">Crane</a></h2>')).toEqual(['/index.php?newsid=17'])
  })

  it('joins the links of one article, at the first place, under its headline', () => {
    const body = `
      <a href="/12-the-crane-is-sold.html"><img src="x.jpg"></a>
      <a href="/13-second-story-here.html">Second story here today</a>
      <h2><a href="/12-the-crane-is-sold.html?utm_medium=x">The crane is sold</a></h2>
      <a href="/12-the-crane-is-sold.html#comment">12 comments on this story so far</a>`
    expect(linksOf(body)).toEqual([
      {
        url: 'https://harbour.example/12-the-crane-is-sold.html',
        publishedAt: null,
        modifiedAt: null,
        title: 'The crane is sold',
        commentCount: null,
      },
      {
        url: 'https://harbour.example/13-second-story-here.html',
        publishedAt: null,
        modifiedAt: null,
        title: 'Second story here today',
        commentCount: null,
      },
    ])
  })

  it('resolves against the base element and leaves out the page itself', () => {
    const body = `<base href="/sub/"><a href="12-the-crane-is-sold.html">x</a><a href="/sub/list-of-the-crane-stories.html">x</a>`
    expect(
      linksOf(body, 'https://harbour.example/sub/list-of-the-crane-stories.html').map(({ url }) => url),
    ).toEqual(['https://harbour.example/sub/12-the-crane-is-sold.html'])
  })

  it('believes the declared path alone', () => {
    const body = `<a href="/n/17">x</a><h2><a href="/2026/03/09/the-old-crane-is-sold.html">Crane</a></h2>`
    const declared = { url: 'https://www.harbour.example/', articlePath: '^/n/(\\d+)$' }
    expect(findArticleLinks(pageOf(body), declared).map(({ url }) => url)).toEqual([
      'https://harbour.example/n/17',
    ])
  })

  it('believes no declared path in addresses that grow without end', () => {
    const path = '/story/deep/deep/deep/77'
    const page = parsePage(`<h2><a href="${path}">Crane</a></h2>`, 'https://harbour.example/', new Date(0))
    expect(findArticleLinks(page, { url: 'https://harbour.example/', articlePath: '^/story/' })).toEqual([])
  })

  it('ends a link where the next one begins, and takes no longer for thousands that are never closed', () => {
    const started = process.cpuUsage()
    const body = Array.from({ length: 5000 }, (_, id) => `<a href="/${id}-the-crane.html"><b>Crane ${id}</b>`)
    const links = linksOf(body.join(''))
    expect(links.slice(0, 2).map(({ title }) => title)).toEqual(['Crane 0', 'Crane 1'])
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2.5)
  })

  it('stops at 500', () => {
    const body = Array.from({ length: 700 }, (_, id) => `<a href="/${id}-the-crane.html">x</a>`).join('')
    expect(linksOf(body)).toHaveLength(500)
  })
})

describe('feeds that a page names', () => {
  it('takes RSS, Atom and JSON feeds, but none of comments', () => {
    const head = `
      <link rel="alternate" type="application/rss+xml" title="Harbour" href="/feed/">
      <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="https://feeds.example/harbour">
      <link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Comments Feed" href="/all/feed/">
      <link rel="alternate" type="application/rss+xml" title="Harbour » Kommentar-Feed" href="/k/feed/">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="alternate" hreflang="de" href="/de/">
      <link rel="stylesheet" type="application/rss+xml" href="/x">
      <link rel="alternate" type="application/rss+xml" href="/feed/#again">`
    expect(findFeedLinks(pageOf(head, 'https://harbour.example/start/'))).toEqual([
      'https://harbour.example/feed/',
      'https://feeds.example/harbour',
      'https://harbour.example/start/feed.json',
    ])
  })
})
