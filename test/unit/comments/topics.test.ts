import { describe, expect, it } from 'vitest'
import { extract, type ArticleExtraction } from '../../../src/crawlers/extract/extraction.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { boards, xenforo2 } from './boards.ts'
import { fetchedAt } from './thread-fixture.ts'

const title = 'The harbour has a new crane'
const topicUrl = 'https://board.example/threads/harbour.7/'
const site = defineSite({ id: 'board', name: 'Board', url: 'https://board.example/' })

interface Shown {
  readonly url?: string
  readonly head?: string
}

async function read(body: string, shown: Shown = {}) {
  return (await extractionOf(body, shown)).article
}

async function extractionOf(body: string, { url = topicUrl, head = '' }: Shown = {}) {
  const html = `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><h1>${title}</h1>${body}</body></html>`
  const answer = { url, status: 200, headers: {}, body: new TextEncoder().encode(html), fetchedAt }
  const extraction = await extract({ kind: 'article', answer, site, zoneHint: null })
  // The kind of the task decides what comes back.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return extraction as ArticleExtraction
}

const posts = (first: string, second = 'Two cranes, if you ask me.'): string =>
  `<div id="XF">${xenforo2('11', 'Ann Lee', '2024-05-03T10:00:00+0200', first)}${xenforo2('12', 'Bob', '2024-05-03T11:00:00+0200', second)}</div>`

const pager = (current: number): string =>
  `<div class="pageNav">${[1, 2]
    .map(
      (page) =>
        `<li class="pageNav-page${page === current ? ' pageNav-page--current' : ''}"><a href="/threads/harbour.7/${page === 1 ? '' : `page-${page}`}">${page}</a></li>`,
    )
    .join('')}</div>`

const sentence = 'A report of the harbour, written by the newsroom, on cranes and ships. '

describe('the article of a topic', () => {
  it.each(boards)('is its opening post: $name', async ({ page, expected }) => {
    const [first = ''] = expected
    const [, , name = '', time, words = ''] = first.split(' | ')
    const article = await read(page)
    expect(article).toMatchObject({ title, authors: [name], isArticle: true })
    expect(article.publishedAt?.toISOString().slice(0, 16)).toBe(time)
    for (const line of words.split(/ \/ |\n/)) expect(article.bodyText).toContain(line)
    expect(article.bodyText).not.toMatch(/Ship ahoy|Last edited|Edited|Select all|cranes/)
    expect(article.rules).toMatchObject({ body: 'opening-post', authors: 'opening-post' })
  })

  it('holds what the post quotes', async () => {
    const { bodyHtml } = await read(posts('<blockquote><p>Old words.</p></blockquote>New words.'))
    expect(bodyHtml).toContain('<blockquote><p>Old words.</p></blockquote>')
  })

  it('holds lists of links, headings that say the title again, and all else that is in the post', async () => {
    const list = `<h3>${title}</h3><ul>${[1, 2, 3, 4].map((crane) => `<li><a href="https://cranes.example/${crane}">Crane number ${crane}</a></li>`).join('')}</ul><p>Share this.</p>`
    const { bodyText } = await read(posts(list))
    for (const words of [title, 'Crane number 4', 'Share this.']) expect(bodyText).toContain(words)
  })

  it('is what the post says, however short, whatever else the page says of it', async () => {
    const told = `<script type="application/ld+json">{"@context":"https://schema.org","@type":"DiscussionForumPosting","headline":"${title}","author":{"@type":"Person","name":"Bob"},"datePublished":"2024-05-03T11:00:00Z","articleBody":"${sentence.repeat(9)}"}</script>`
    const article = await read(posts('Look.', sentence.repeat(20)), { head: told })
    expect(article).toMatchObject({ bodyText: 'Look.', authors: ['Ann Lee'], isArticle: true })
  })

  it('is on the first page of several, and the others are none', async () => {
    expect(await read(posts('One crane.') + pager(1))).toMatchObject({
      bodyText: 'One crane.',
      isArticle: true,
    })
    const later = await read(posts(sentence.repeat(9), sentence.repeat(9)) + pager(2), {
      url: `${topicUrl}page-2`,
    })
    expect(later.isArticle).toBe(false)
  })

  it.each(['Admin', 'Tom & Jerry', 'b.scherer', 'By Night'])('is by whoever wrote it: %s', async (name) => {
    const page = posts('One crane.').replaceAll('Ann Lee', name.replace('&', '&amp;'))
    expect((await read(page)).authors).toEqual([name])
  })

  it('is by nobody who goes by a mailbox', async () => {
    expect((await read(posts('One crane.').replaceAll('Ann Lee', 'ann@quill.example'))).authors).toEqual([])
  })

  it('is as old as it says, whenever its writer joined', async () => {
    const joined = '<dl><dt>Joined</dt><dd>1 May 2024</dd></dl>'
    const { publishedAt } = await read(joined + posts('One crane.'))
    expect(publishedAt?.toISOString()).toBe('2024-05-03T08:00:00.000Z')
  })

  it('goes on on no other page', async () => {
    const { parts, thread } = await extractionOf(
      `<div class="post" id="post_1"><div class="author_information"><strong>Ann Lee</strong></div><div class="post_body" id="pid_1"><p>${sentence.repeat(9)}</p></div></div>
      <div class="pagination"><span class="pagination_current">1</span><a href="thread-7-page-2.html" class="pagination_page">2</a><a href="thread-7-page-2.html" class="pagination_next">Next</a></div>`,
      { url: 'https://board.example/thread-7.html' },
    )
    expect(parts).toBeNull()
    expect(thread?.batch?.next.map(({ url }) => url)).toEqual(['https://board.example/thread-7-page-2.html'])
  })

  it('leaves an article that posts hang under its further parts', async () => {
    const paragraphs = `<p>${sentence.repeat(4)}</p>`.repeat(4)
    const report = `<main><article><div class="text">${paragraphs}</div><a href="2/" rel="next">Read on about the crane</a></article></main>`
    const { parts } = await extractionOf(report + posts('I like it.'), {
      url: 'https://board.example/2026/03/crane/',
      head: '<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-03T07:30:00Z">',
    })
    expect(parts?.further.map(({ url }) => url)).toEqual(['https://board.example/2026/03/crane/2/'])
  })

  it('is not the first post of a page that begins with another', async () => {
    const page = boards.find(({ name }) => name === 'Discourse for crawlers')?.page ?? ''
    const around = page.replaceAll('post_1', 'post_41')
    expect(around).not.toBe(page)
    expect((await read(`<noscript>${around}</noscript>`)).isArticle).toBe(false)
  })

  it('is not the newest post, though there is one page', async () => {
    const [first = '', second = ''] = ['2024-05-03T12:00:00+0200', '2024-05-03T10:00:00+0200'].map(
      (time, place) =>
        xenforo2(String(12 - place), place === 0 ? 'Bob' : 'Ann Lee', time, sentence.repeat(3)),
    )
    const article = await read(`<div id="XF">${first}${second}</div>`)
    expect(article.rules.body).toBe('posts')
    expect(article.authors).not.toContain('Bob')
  })

  it('is not told where the newest posts come first', async () => {
    const article = await read(posts('The newest words.') + pager(2))
    expect(article.rules.body).toBe('posts')
  })

  it('is not the first comment where the posts hang under an article', async () => {
    const report = `<article><p>${sentence.repeat(5)}</p><p>${sentence.repeat(5)}</p></article>`
    const article = await read(report + posts('I like it.'))
    expect(article.bodyText).toContain('written by the newsroom')
    expect(article.bodyText).not.toContain('I like it.')
    expect(article.authors).toEqual([])
  })

  it('is not the first comment on news, wherever the posts stand', async () => {
    const news = `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"${title}","author":{"@type":"Person","name":"Ida Quill"}}</script>`
    const brief = `<article><p>${sentence.repeat(3)}</p></article>`
    const unclear = `${brief}${posts('First!')}${pager(2)}`
    for (const page of [brief + posts(sentence.repeat(9)), posts('First!') + brief, unclear]) {
      const article = await read(page, { head: news })
      expect(article.authors).toEqual(['Ida Quill'])
      expect(article.rules.body).not.toMatch(/post/)
    }
  })

  it.each([
    ['Invision', (page: string) => `</body><body data-pageapp="cms">${page}`],
    ['XenForo', (page: string) => `<html data-template="xfmg_media_view">${page}`],
  ])('is none on pages of other things that %s prints comments under', async (engine, framed) => {
    const { page = '' } = boards.find(({ name }) => name.startsWith(engine)) ?? {}
    expect((await read(framed(page))).rules.body).not.toBe('opening-post')
  })

  it('is none on pages of NodeBB that begin with a later post', async () => {
    const post = (index: number) =>
      `<div class="posts"><div component="post" data-pid="${index + 7}" data-index="${index}" data-username="Ann Lee"><div component="post/content">Words of a post.</div></div></div>`
    expect(await read(post(0))).toMatchObject({
      bodyText: 'Words of a post.',
      authors: ['Ann Lee'],
      isArticle: true,
    })
    expect((await read(post(40))).isArticle).toBe(false)
  })

  it('is on none of the further pages of answers', async () => {
    const page = `<div id="question"><div class="js-post-body"><p>Which crane?</p></div></div>
      <div id="answers"><div class="answer" id="answer-6"><div class="js-post-body"><p>The green one.</p></div></div></div>
      <div class="pager-answers"><a href="/questions/7/crane?page=1">1</a></div>`
    const url = 'https://board.example/questions/7/crane'
    expect((await read(page, { url })).isArticle).toBe(true)
    expect((await read(page, { url: `${url}?page=2` })).isArticle).toBe(false)
  })

  it('is said to be of whoever wrote on the page where the design keeps none of the names', async () => {
    const odd = posts(sentence.repeat(9)).replaceAll(/bbWrapper|message-body/g, 'odd')
    expect((await read(odd)).rules.body).toBe('posts')
  })

  it('stands below a notice of the board', async () => {
    const notice = `<div class="notice"><p>${sentence.slice(0, 60)} Please be kind.</p></div>`
    expect((await read(notice + posts(sentence.repeat(2)))).bodyText).toBe(sentence.repeat(2).trim())
  })

  it('is read where the page keeps it for readers without scripts', async () => {
    const page = boards.find(({ name }) => name === 'Discourse for crawlers')?.page ?? ''
    const article = await read(
      `<section id="main"></section><noscript data-path="/t/harbour/7">${page}</noscript>`,
    )
    expect(article).toMatchObject({ authors: ['annlee'], isArticle: true })
    expect(article.bodyText).toContain('New words.')
  })

  it.each([
    {
      engine: 'Stack Exchange',
      page: `<div id="question"><div class="js-post-body"><p>Which crane?</p></div>
        <div class="post-signature"><div class="user-details"><a>An editor</a></div></div>
        <div class="post-signature owner"><div class="user-details" itemprop="author"><a>Ann Lee</a></div></div>
        <ul><li class="comment" id="comment-5"><span class="comment-copy">The old one?</span> <a class="comment-user">Bob</a></li></ul></div>
        <div id="answers"><div class="answer" id="answer-6"><div class="js-post-body"><p>The green one.</p></div><div class="user-details" itemprop="author"><a>Cid</a></div></div></div>`,
    },
    {
      engine: 'Hacker News',
      page: `<table id="hnmain"><tr><td><table class="fatitem"><tr><td class="subtext"><a class="hnuser">Ann Lee</a> <span class="age" title="2024-05-03T08:00:00 1714723200">7 days ago</span></td></tr><tr><td><div class="toptext">Which crane?</div></td></tr></table>
        <table class="comment-tree"><tr class="athing comtr" id="9"><td class="ind" indent="0"></td><td><a class="hnuser">Bob</a> <span class="age" title="2024-05-03T09:00:00 1714726800">7 days ago</span><div class="commtext">The green one.</div></td></tr></table></td></tr></table>`,
    },
    {
      engine: 'Lemmy',
      page: `<div class="post-listing"><span class="person-listing"><span>Ann Lee</span></span> <span class="moment-time" data-tippy-content="Friday, May 3rd, 2024 at 8:00:00 AM GMT+00:00">7 days ago</span>
        <div id="postContent"><div class="md-div"><p>Which crane?</p></div></div></div>
        <ul class="comments"><li class="comment"><article id="comment-9" class="comment-node"><span class="person-listing"><span>Bob</span></span><span class="moment-time" data-tippy-content="Friday, May 3rd, 2024 at 9:00:00 AM GMT+00:00">7 days ago</span><div class="comment-content"><p>The green one.</p></div></article></li></ul>`,
    },
    {
      engine: 'the former Reddit',
      page: `<div id="siteTable" class="sitetable"><div class="thing link" id="thing_t3_7"><p class="tagline">submitted <time datetime="2024-05-03T08:00:00+00:00">7 days ago</time> by <a class="author">Ann Lee</a></p><div class="expando"><div class="usertext-body"><div class="md"><p>Which crane?</p></div></div></div></div></div>
        <div class="commentarea"><div class="thing comment" id="thing_t1_9"><div class="entry"><p class="tagline"><a class="author">Bob</a> <time datetime="2024-05-03T09:00:00+00:00">7 days ago</time></p><div class="usertext-body"><div class="md"><p>The green one.</p></div></div></div></div></div>`,
    },
  ])('has a box of its own: $engine', async ({ engine, page }) => {
    const article = await read(page)
    expect(article).toMatchObject({ authors: ['Ann Lee'], bodyText: 'Which crane?', isArticle: true })
    // Above a question stands only what the page says elsewhere.
    if (engine !== 'Stack Exchange') expect(article.publishedLocal).toMatch(/^2024-05-03T08:00/)
  })
})

describe('the article of a topic of an engine that is not known', () => {
  const said = (name: string): string =>
    `${name} has seen cranes in every harbour between here and the cape, and will tell of each of them.`
  const post = (name: string, place: number, words: string): string =>
    `<div class="row"><div class="post"><div class="name"><a href="/profile/${name}">${name}</a></div>
      <div class="shown">May ${place}, 2024, 9:37 AM</div><div class="said"><p>${words}</p></div></div></div>`
  const board = ['Ida', 'Bobo', 'Cyr', 'Dan'].map((name, index) => post(name, index + 1, said(name))).join('')
  const url = 'https://paper.example/forum/17-cranes'

  it('is said to be of whoever wrote on the page', async () => {
    expect((await read(`<div class="list">${board}</div>`, { url })).rules.body).toBe('posts')
  })

  it('is not where the posts are comments on a text, or the page is no forum', async () => {
    const report = `<article><p>${sentence.repeat(6)}</p><p>${sentence.repeat(6)}</p></article>`
    const article = await read(`${report}<section class="comments">${board}</section>`, { url })
    expect(article.bodyText).toContain('written by the newsroom')
    expect(article.rules.body).toBe('heuristic')
    const elsewhere = await read(`<div>${board}</div>`, { url: 'https://paper.example/17-cranes' })
    expect(elsewhere.rules.body).toBe('heuristic')
  })

  it.each([
    `<meta property="og:type" content="article">`,
    `<script type="application/ld+json">{"@context":"https://schema.org","@type":"BlogPosting","headline":"${title}"}</script>`,
  ])('is not where the page calls itself an article: %s', async (head) => {
    expect((await read(`<div class="list">${board}</div>`, { url, head })).rules.body).toBe('heuristic')
  })
})
