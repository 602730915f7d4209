import { getOuterHTML } from 'domutils'
import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/extractors/article/article.ts'
import { type ExtractionSite, extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const fetchedAt = new Date('2024-03-12T09:00:00Z')
const sentence =
  'The harbour office said on Monday that the ferry, which had been laid up since the autumn, would sail again.'

function extract(
  html: string,
  url = 'https://paper.example/news/ferry',
  site: Partial<ExtractionSite> = {},
): Article {
  const defaults = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://paper.example/',
  }
  return extractArticle(parsePage(html, url, fetchedAt), { ...defaults, ...site })
}

const pageOf = (body: string, head = ''): string =>
  `<html lang="en"><head><title>Ferry sails again</title>${head}</head><body>${body}</body></html>`

describe('the order of rules', () => {
  const head = `<meta property="og:title" content="From metadata">
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"From JSON-LD"}</script>`
  const body = `<h1>From the page</h1><b class="layout-title">From the layout</b><p>${sentence}</p>`

  it('asks the layout, then the JSON-LD of a news article, then the visible headline, then metadata', () => {
    const layouts = [{ title: '.layout-title' }]
    const [ofLayout, ofJson, ofMeta, ofPage] = [
      extract(pageOf(body, head), undefined, { layouts }),
      extract(pageOf(body, head)),
      extract(pageOf(body.replace(/<h1>.*<\/h1>/, ''), head.replace(/<script.*/s, ''))),
      extract(pageOf(body, head.replace(/<script.*/s, ''))),
    ]
    expect([ofLayout, ofJson, ofMeta, ofPage].map((article) => article?.title)).toEqual([
      'From the layout',
      'From JSON-LD',
      'From metadata',
      'From the page',
    ])
    expect([ofLayout, ofJson, ofMeta, ofPage].map((article) => article?.rules.title)).toEqual([
      'layout',
      'json-ld',
      'metadata',
      'heuristic',
    ])
  })

  it('goes on where a rule gives what is no value', () => {
    const article = extract(
      pageOf(
        `<h1>Ferry</h1><time datetime="2024-03-11T22:40:00Z">Monday</time><p>${sentence}</p>`,
        '<meta property="article:published_time" content="soon">',
      ),
    )
    expect(article.publishedAt).toEqual(new Date('2024-03-11T22:40:00Z'))
    expect(article.rules.publishedAt).toBe('heuristic')
  })
})

describe('layouts', () => {
  const html = pageOf(
    `<div class="new"><h1>Ferry</h1><p>${sentence}</p><div class="box">${sentence} Box.</div></div>
     <span class="who" data-name="Ann Lee">A. L.</span>`,
  )

  it('takes body, boxes to drop and attributes by selector', () => {
    const layouts = [{ body: '.new', drop: ['.box'], authors: '.who@data-name' }]
    const article = extract(html, undefined, { layouts })
    expect(article.bodyText).toBe(sentence)
    expect(article.authors).toEqual(['Ann Lee'])
    expect([article.rules.body, article.rules.authors]).toEqual(['layout', 'layout'])
  })

  it('finds the text itself when the body selector matches nothing', () => {
    const article = extract(html, undefined, { layouts: [{ body: '.gone' }] })
    expect(article.bodyText).toContain(sentence)
    expect(article.rules.body).toBe('heuristic')
  })
})

describe('the body', () => {
  const outside = [
    ['a comment list of DataLife Engine', '<div id="dle-comments-list"><div id="comm-id-5">LEAK</div></div>'],
    ['a lone comment of DataLife Engine', '<div id="comm-id-5">LEAK</div>'],
    ['a comment list of WordPress', '<ol class="commentlist"><li>LEAK</li></ol>'],
    ['a comment area', '<div class="comments-area"><p>LEAK</p></div>'],
    ['a comment block', '<div class="wp-block-comments"><p>LEAK</p></div>'],
    ['a Disqus thread', '<div id="disqus_thread"><p>LEAK</p></div>'],
    ['a reply form', '<div id="respond"><p>LEAK</p></div>'],
    ['navigation', '<nav><p>LEAK</p></nav>'],
    ['an aside', '<aside><p>LEAK</p></aside>'],
    ['a related box', '<div class="related-posts"><p>LEAK</p></div>'],
    ['a share bar', '<div class="share-bar">LEAK</div>'],
    ['a newsletter box', '<div class="newsletter"><p>LEAK</p></div>'],
    ['a script', '<script>LEAK</script>'],
    ['a caption', '<figure><img src="/a.jpg"><figcaption>LEAK</figcaption></figure>'],
    ['the repeated title', '<h2>Ferry sails again, LEAK</h2>'],
    ['a promotion', '<p>Read more: <a href="/b">LEAK</a></p>'],
    ['a login notice', '<p>Dear reader, to leave comments on the publication, you must sign in. LEAK</p>'],
    [
      'a notice for guests',
      '<p>Посетители, находящиеся в группе Гости, не могут оставлять комментарии. LEAK</p>',
    ],
  ]
  it.each(outside)('leaves out %s', (_what, box) => {
    const html = pageOf(
      `<h1>Ferry sails again, LEAK</h1><article><p>${sentence}</p>${box}<p>${sentence} Twice.</p></article>`,
    )
    expect(extract(html).bodyText).toBe(`${sentence}\n\n${sentence} Twice.`)
  })

  it('leaves out comments that are far longer than the article', () => {
    const comment = `<li id="comment-1"><p>LEAK ${sentence} ${sentence}</p></li>`
    const html = pageOf(
      `<h1>Ferry</h1><div class="post"><p>${sentence}</p></div><div id="comments"><ol>${comment.repeat(50)}</ol></div>`,
    )
    expect(extract(html).bodyText).toBe(sentence)
  })

  it('keeps text under names that only speak of comments', () => {
    const html = pageOf(`<div class="post has-comments comments-open"><h1>Ferry</h1><p>${sentence}</p></div>`)
    expect(extract(html).bodyText).toBe(sentence)
  })

  it('keeps lists, quotes, subheadings and embedded posts, and pictures in the HTML only', () => {
    const html = pageOf(
      `<article><h1>Ferry</h1><p>${sentence}</p><h2>Prices</h2><ul><li>One way, 4 coins</li><li>Both ways, 7</li></ul>
       <blockquote class="twitter-tweet social-embed"><p>See you on board.</p></blockquote>
       <div class="wp-caption"><img src="/boat.jpg" alt="Boat"><p class="wp-caption-text">The boat</p></div>
       <p>${sentence} Twice.</p></article>`,
    )
    const { bodyText, bodyHtml } = extract(html)
    expect(bodyText).toBe(
      `${sentence}\n\nPrices\n\nOne way, 4 coins\nBoth ways, 7\n\nSee you on board.\n\n${sentence} Twice.`,
    )
    expect(bodyHtml).toContain('<img src="https://paper.example/boat.jpg" alt="Boat" />')
    expect(bodyHtml).toContain('<figcaption>The boat</figcaption>')
  })

  it('joins a body that advertisements cut into several containers', () => {
    const chunk = (words: string): string =>
      `<div class="chunk"><p>${sentence} ${words}</p><p>${sentence}</p></div>`
    const html = pageOf(
      `<h1>Ferry</h1><main><div>${chunk('One.')}</div><div class="ad"><a href="/x">Boots</a></div><div>${chunk('Two.')}</div></main>`,
    )
    expect(extract(html).bodyText.match(/One\.|Two\./g)).toEqual(['One.', 'Two.'])
  })

  it('takes the JSON-LD text where the markup has none', () => {
    const json = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Ferry',
      articleBody: `${sentence}\n${sentence} <b>`,
    })
    const article = extract(
      pageOf('<div id="app"></div>', `<script type="application/ld+json">${json}</script>`),
    )
    expect(article.bodyText).toBe(`${sentence}\n\n${sentence}`)
    expect(article.rules.body).toBe('json-ld')
  })

  it('marks stubs of pages behind a wall, and only stubs', () => {
    const json =
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry","isAccessibleForFree":"False"}</script>'
    expect(extract(pageOf(`<h1>Ferry</h1><p>${sentence}</p>`, json)).isWalled).toBe(true)
    expect(extract(pageOf(`<h1>Ferry</h1><p>${sentence}</p>`.repeat(20), json)).isWalled).toBe(false)
    expect(extract(pageOf(`<h1>Ferry</h1><p>${sentence}</p>`)).isWalled).toBe(false)
  })
})

describe('lines that are no part of the text', () => {
  const text = `${sentence}\n\n${sentence} Twice.`
  const around = (above: string, below: string): string =>
    pageOf(`<div class="dpad"><h1>Ferry sails again</h1>${above}
      <div class="maincont"><p>${sentence}</p><p>${sentence} Twice.</p></div>${below}</div>`)
  const counters = [
    '<div class="mlink">Comments: <a id="dle-comm-link" href="/news/ferry#comment">1</a></div>',
    '<div class="mlink">Discuss it: <a href="/news/ferry#comment">1 024</a></div>',
    '<div><a href="#respond">Leave a comment</a></div>',
    '<p>Комментариев: 3</p>',
    '<p>Просмотров: 1 120</p>',
    '<div>Views: 120 | Comments: 3</div>',
    '<span class="post__meta_views">4321</span>',
    '<ul><li>Прочитали 120 раз</li><li>Поделились: 7</li></ul>',
    '<div class="rating">(votes: 12)</div>',
    '<p>5 minutes ago</p>',
    '<div><span>Обновлено</span> 5 минут назад</div>',
    'Views: 120<br>Comments: <a id="dle-comm-link" href="#comment">1</a>',
  ]
  it.each(counters)('leaves out %s wherever it stands', (counter) => {
    expect(extract(around('', counter)).bodyText).toBe(text)
    expect(extract(around(counter, '')).bodyText).toBe(text)
    const between = `<article><h1>Ferry</h1><p>${sentence}</p><div>${counter}</div><p>${sentence} Twice.</p></article>`
    expect(extract(pageOf(between)).bodyText).toBe(text)
  })

  const bylines = [
    '<p class="binfo">Author: <a href="/user/Bob/">Bob</a> on 11 March 2024 10:00</p>',
    `<p class="binfo"><a onclick="ShowProfile('Bob'); return false;" href="/index.php?x=1">Bob</a>, 11 March 2024</p>`,
    '<div>Автор: <a href="/user/Bob/">Bob</a> | Категория: <a href="/news/">Новости</a> | Просмотров: 5</div>',
  ]
  it.each(bylines)('takes the author from %s and leaves the line out', (byline) => {
    const article = extract(around(byline, ''))
    expect(article.bodyText).toBe(text)
    expect(article.authors).toEqual(['Bob'])
  })

  it.each([
    '<div class="fmeta"><span>11-03-2024, 10:00</span> <a href="/news/">Harbour</a> <span>61 300</span></div>',
    '<ul class="info"><li>11 March 2024, 10:00</li><li><a href="/user/Bob/">Bob</a></li></ul>',
  ])('leaves out %s under a headline as long as a sentence', (line) => {
    const long = 'The ferry that was laid up since the autumn sails again, the harbour office says on Monday'
    const html = around(line, '').replaceAll('Ferry sails again', long)
    expect(
      extract(html.replace('class="dpad"', 'class="full-text"').replace(' class="maincont"', '')),
    ).toMatchObject({
      title: long,
      bodyText: text,
      publishedAt: new Date('2024-03-11T10:00:00Z'),
    })
  })

  it.each([
    '<div class="err">Заметили ошибку? Выделите её мышью и нажмите Ctrl+Enter</div>',
    '<p>Noticed a mistake? Select it and press <b>Ctrl + Enter</b></p>',
  ])('leaves out how to report a mistake: %s', (notice) => {
    expect(extract(around('', notice)).bodyText).toBe(text)
    const html = around('', '').replace('</p></div>', `</p>${notice}</div>`)
    expect(html).toContain(notice)
    expect(extract(html).bodyText).toBe(text)
  })

  it('finds the date in a long line that tells nothing but author, date and counts', () => {
    const line =
      '<table><tr><td>Автор: <a href="/user/Bob/">Инженер-механик</a> | 11 марта 2024, 10:00 | Просмотров: 183 595 | Комментарии (30)</td></tr></table>'
    expect(extract(around(line, '')).publishedAt).toEqual(new Date('2024-03-11T10:00:00Z'))
  })

  it('takes for the headline, where no h1 is, the heading with which the title begins', () => {
    const html = pageOf(
      `<h3>Menu of the day</h3><div><h3 class="btl"><span>Ferry sails again</span></h3><p>${sentence}</p></div>`,
    ).replace('</title>', ' » The Paper</title>')
    expect(extract(html)).toMatchObject({ title: 'Ferry sails again', bodyText: sentence })
  })

  it.each(['guest', 'spectr', 'admin'])(
    'leaves out the byline of %s, whether or not it is a name',
    (name) => {
      expect(extract(around(`<p>Автор: ${name}</p>`, '')).bodyText).toBe(text)
      expect(extract(around('', `<div>Автор: <a href="/user/${name}/">${name}</a></div>`)).bodyText).toBe(
        text,
      )
    },
  )

  it('takes the author from a line under the text, but not from other accounts there', () => {
    const below = (line: string): string =>
      around('', `${'<div><p>Last in the harbour</p></div>'.repeat(30)}<div>${line}</div>`)
    expect(extract(below('Author: <a href="/user/Bob/">Bob</a>')).authors).toEqual(['Bob'])
    expect(extract(below('<a href="/user/Bob/">Bob</a> has been here')).authors).toEqual([])
    expect(extract(below('<a href="/user/login">Author</a>')).authors).toEqual([])
  })

  it.each([
    'The council counted 120 votes.',
    'About 300 comments came in on Monday.',
    'She left 5 minutes ago, he said.',
    '11 March 2024',
    'Author: a word from Latin.',
  ])('keeps the line of text "%s"', (line) => {
    const html = pageOf(
      `<article><h1>Ferry</h1><p>${sentence}</p><p>${line}</p><p>${sentence} Twice.</p></article>`,
    )
    expect(extract(html).bodyText).toBe(`${sentence}\n\n${line}\n\n${sentence} Twice.`)
  })
})

describe('advertisements', () => {
  const ads = [
    'class="banner-full-story"',
    'class="full-story-banner content"',
    'id="adfox_1"',
    'id="yandex_rtb_R-A-1"',
  ]
  it.each(ads)('leaves out the box with %s, in and under the text', (name) => {
    const box = `<div ${name}>ADVERT spam</div>`
    const inside = `<div class="full-text"><p>${sentence}</p>${box}<p>${sentence} Twice.</p></div>`
    const html = pageOf(`<article class="full"><h1>Ferry</h1>${inside}${box}</article>`)
    const expected = `${sentence}\n\n${sentence} Twice.`
    expect(extract(html).bodyText).toBe(expected)
    expect(extract(html, undefined, { layouts: [{ body: '.full-text' }] }).bodyText).toBe(expected)
  })

  it('keeps a text whose box only says that it has a banner', () => {
    const box = `<div class="content has-banner"><p>${sentence}</p></div>`
    expect(extract(pageOf(`<article><h1>Ferry</h1>${box}</article>`)).bodyText).toBe(sentence)
  })
})

describe('hostile pages', () => {
  it('reads markup that is nested thousands deep', () => {
    const depth = 5_000
    const html = pageOf(`<h1>Ferry</h1>${'<div>'.repeat(depth)}<p>${sentence}</p>${'</div>'.repeat(depth)}`)
    expect(extract(html).bodyText).toBe(sentence)
  })

  it('never throws, and leaves the page as it was', () => {
    const piece = constantFrom(
      '<p>',
      '</p>',
      '<div class="comments">',
      '<div itemscope itemprop="author">',
      '</div>',
      '<h1>Ferry</h1>',
      '<span>',
      '<ul><li>',
      '<br>',
      '<a href="::">x</a>',
      '<time datetime="2024-99-99">',
      '<meta property="og:url" content="http://[">',
      '<link rel="canonical" href="http://[">',
      sentence,
    )
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        const page = parsePage(pieces.join(''), 'https://paper.example/a', fetchedAt)
        const before = getOuterHTML(page.document)
        const site = { layouts: [], language: null, timezone: 'UTC', articlePath: null, url: page.url }
        expect(extractArticle(page, site).canonicalUrl).toBe('https://paper.example/a')
        expect(getOuterHTML(page.document)).toBe(before)
      }),
    )
  })
})
