import { describe, expect, it } from 'vitest'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const url = 'https://paper.example/news/harbour-77123.html'

/** The addresses that a page of comments leads to, with `more` below the comments. */
function pagesAfter(more: string, at = url): readonly string[] {
  const entries = ['Ida', 'Bo'].map(
    (name, place) => `<div class="comment" id="comment-90${place}"><span class="comment-author">${name}</span>
      <span class="comment-date">2024-05-0${place + 1} 10:00</span><div class="comment-text">Words of ${name}.</div></div>`,
  )
  const html = `<html><body><h1>Harbour</h1><section class="comments">${entries.join('')}${more}</section></body></html>`
  const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: at }
  return generic.read(answerOf(html, { url: at }), generic.open(thread), thread).next.map((ask) => ask.url)
}

describe('the next pages of comments', () => {
  it.each([
    ['<a href="?cp=2">Older comments</a>', '?cp=2'],
    ['<a href="?kp=2">Nächste Kommentare</a>', '?kp=2'],
    ['<a href="?comments-page=2">Load more comments</a>', '?comments-page=2'],
    ['<a href="?comments=all#comments">Show all 48 comments</a>', '?comments=all'],
    ['<div class="seiten">Seite 1 <a href="?seite=2">2</a></div>', '?seite=2'],
  ])('%s', (more, next) => {
    expect(pagesAfter(more)).toEqual([url + next])
  })

  it.each([
    [
      '<ul class="pagination"><li><a href="/news/harbour-77123/comments/2/">2</a></li></ul>',
      '/news/harbour-77123/comments/2/',
    ],
    [
      '<div class="pagination"><a href="/news/harbour-77123-2.html#comments">2</a></div>',
      '/news/harbour-77123-2.html',
    ],
    [
      '<a href="/news/harbour-77123/kommentare.html">Alle Kommentare anzeigen</a>',
      '/news/harbour-77123/kommentare.html',
    ],
  ])('%s', (more, next) => {
    expect(pagesAfter(more)).toEqual([`https://paper.example${next}`])
  })

  it.each([
    '<a href="?theme=2">2</a>',
    '<a href="?id=10">Next</a>',
    '<a href="/news/lake-77124.html#comments">12 comments</a>',
    '<a href="/news/lake-77124.html">Load more comments</a>',
    '<div class="pagination"><a href="/news/harbour-77123-2.html">2</a></div>',
  ])('not %s', (more) => {
    for (const at of [url, `${url}?id=9`]) expect(pagesAfter(more, at)).toEqual([])
  })
})
