import { describe, expect, it } from 'vitest'
import { indexedPage } from '../../../src/extractors/element-index.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { structuredData } from '../../../src/extractors/comments/platforms/structured-data/structured-data.ts'
import { wordpress } from '../../../src/extractors/comments/platforms/wordpress/wordpress.ts'
import type { CommentPlatform } from '../../../src/extractors/comments/platform.ts'
import { fetchedAt } from './thread-fixture.ts'

const url = 'https://paper.example/2024/05/harbour/'
const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: url }

function countOn(platform: CommentPlatform, comments: string): number | null | undefined {
  const html = `<html><head><meta name="generator" content="WordPress 6.5"></head><body><main>
    <article><h1>Harbour</h1><p>Long text.</p><aside><h3>45 Comments on the lake</h3></aside></article>${comments}</main></body></html>`
  return platform.locate(indexedPage(parsePage(html, url, fetchedAt)), context)?.reportedCount
}

const parts = (name: string, day: number): string =>
  `<b class="author">${name}</b> <time datetime="2024-05-0${day}T10:00:00Z">${day} May</time><div class="text">High water on day ${day}.</div>`
const list = [1, 2].map((n) => `<li class="comment" id="comment-9${n}">${parts(`Ida ${n}`, n)}</li>`).join('')

describe('the number of comments that a page shows beside them', () => {
  const boxes = list.replaceAll('"comment"', '"comment-item"').replaceAll('li', 'div')
  it.each([
    ['a heading', `<section class="comments"><h2>12 Kommentare</h2>${boxes}</section>`, 12],
    ['a title', `<section class="comments"><div class="x-title">Kommentare (12)</div>${boxes}</section>`, 12],
    ['a summary', `<details class="comments"><summary>12 comments</summary>${boxes}</details>`, 12],
    [
      'a heading above all',
      `<h3>12 comments</h3><p>Be kind.</p><div class="comments"><div>${boxes}</div></div>`,
      12,
    ],
    [
      'a counter',
      `<div class="comments"><div><h2>Comments</h2><p class="count">12 comments</p></div>${boxes}</div>`,
      12,
    ],
    ['a line', `<div class="comments"><h3>Kommentarer</h3><p>12 kommentarer</p>${boxes}</div>`, 12],
    [
      'microdata in words',
      `<p><span itemprop="commentCount">12</span></p><div class="comments">${boxes}</div>`,
      12,
    ],
    ['no number', `<section class="comments"><h2>Comments</h2>${boxes}</section>`, null],
    ['an invitation', `<section class="comments"><h2>Laisser un commentaire</h2>${boxes}</section>`, null],
    ['a later list', `<section class="comments">${boxes}</section><h3>45 comments</h3>`, null],
  ])('generic: %s', (_name, comments, count) => {
    expect(countOn(generic, comments)).toBe(count)
  })

  it('structured data: a heading', () => {
    const marked = [1, 2].map(
      (n) => `<div itemscope itemtype="https://schema.org/Comment"><i itemprop="author">Ida ${n}</i>
        <meta itemprop="datePublished" content="2024-05-0${n}"><div itemprop="text">High water.</div></div>`,
    )
    expect(countOn(structuredData, `<section><h2>12 Kommentare</h2>${marked.join('')}</section>`)).toBe(12)
  })

  const comments = `<ol class="commentlist">${list}</ol>`
  it.each([
    ['an h1', `<section id="comment-wrap"><h1 id="comments">12 Comments</h1>${comments}</section>`],
    ['a box', `<div id="comments"><div class="comments-head">12 Comments</div>${comments}</div>`],
    ['an h5', `<div id="comments"><h5>12 Comments</h5>${comments}</div>`],
    [
      'before the section',
      `<div><h3>Comments <i></i> <b>12</b></h3></div><section id="comments">${comments}</section>`,
    ],
    ['a counter', `<div id="comments"><div id="post-comments-counter">12 Comments</div>${comments}</div>`],
    ['before a list to come', '<h3>12 Comments</h3><div id="comments" class="comments-area"></div>'],
  ])('WordPress: %s', (_name, html) => {
    expect(countOn(wordpress, html)).toBe(12)
  })
})
