import { describe, expect, it } from 'vitest'
import { extract } from '../../../src/crawlers/extract/extraction.ts'
import { defineSite } from '../../../src/sites/site.ts'

const site = defineSite({ id: 'paper', name: 'Paper', url: 'https://paper.example/' })

const numbers = [1, 2, 3]
const words = (number: number): string => `<p>High water again at noon, says harbour number ${number}.</p>`

/** Pages that print a comment's time as people write it, each with the date of `told`. */
const platforms: readonly (readonly [string, (told: string) => string])[] = [
  [
    'generic',
    (told) =>
      `<section id="comments"><h2>Comments</h2>${numbers
        .map(
          (number) =>
            `<div class="comment-item" id="comment-${number}"><b class="user-name">Ida ${number}</b>
            <span class="comment-date">${told}</span><div class="comment-text">${words(number)}</div></div>`,
        )
        .join('')}</section>`,
  ],
  [
    'drupal',
    (told) =>
      `<meta name="Generator" content="Drupal 10"><section id="comments" class="comment-wrapper">${numbers
        .map(
          (number) =>
            `<article class="comment js-comment" id="comment-${number}"><span class="username">Ida</span>
            <span class="comment__time">${told}</span><div class="field--name-comment-body">${words(number)}</div></article>`,
        )
        .join('')}</section>`,
  ],
  [
    'wordpress',
    (told) =>
      `<link href="/wp-content/themes/paper/style.css"><div id="comments"><ol class="comment-list">${numbers
        .map(
          (number) =>
            `<li class="comment" id="comment-${number}"><div id="div-comment-${number}"><cite class="fn">Ida</cite>
            <div class="comment-meta commentmetadata"><a href="#comment-${number}">${told}</a></div>${words(number)}</div></li>`,
        )
        .join('')}</ol></div>`,
  ],
  [
    'structured-data',
    (told) =>
      numbers
        .map(
          (number) =>
            `<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Ida</b>
            <i itemprop="dateCreated">${told}</i><div itemprop="text">${words(number)}</div></div>`,
        )
        .join(''),
  ],
  [
    'datalife-engine',
    (told) =>
      `<script>var dle_root = '/';</script><div id="dle-comments-list">${numbers
        .map(
          (number) =>
            `<div id="comment-id-${number}"><div class="comment"><b class="name">Ida</b> <span>${told}</span>
            <div id="comm-id-${number}">${words(number)}</div></div></div>`,
        )
        .join('')}</div>`,
  ],
]

async function timesOf(language: string, comments: string): Promise<readonly (string | null)[]> {
  const html = `<html lang="${language}"><head><title>Harbour</title></head><body><article><h1>Harbour</h1>
    <p>Long words about the harbour.</p></article>${comments}</body></html>`
  const url = 'https://paper.example/77-harbour.html'
  const body = new TextEncoder().encode(html)
  const fetchedAt = new Date('2026-11-20T12:00:00Z')
  const answer = {
    url,
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
    fetchedAt,
  }
  const read = await extract({ kind: 'article', answer, site, zoneHint: 'UTC' })
  const thread = read !== null && 'thread' in read ? read.thread : null
  return [
    thread?.thread.platform ?? null,
    thread?.thread.language ?? null,
    ...new Set(thread?.batch?.comments.map(({ publishedAt }) => publishedAt?.toISOString() ?? '')),
  ]
}

describe('dates of comments are read in the language of their page', () => {
  it.each(platforms)('by %s', async (platform, page) => {
    const afternoon = page('04/03/2026 3:20 pm')
    expect(await timesOf('es-MX', afternoon)).toEqual([platform, 'es-MX', '2026-03-04T15:20:00.000Z'])
    expect(await timesOf('en-AU', afternoon)).toEqual([platform, 'en-AU', '2026-03-04T15:20:00.000Z'])
    expect(await timesOf('en', afternoon)).toEqual([platform, 'en', '2026-04-03T15:20:00.000Z'])
    const american = page('04/03/2026 15:20')
    expect(await timesOf('en-US', american)).toEqual([platform, 'en-US', '2026-04-03T15:20:00.000Z'])
  })
})
