import { describe, expect, it } from 'vitest'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { isCommentHeading } from '../../../src/extractors/comments/sections/headings.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const url = 'https://paper.example/77-harbour.html'

function writersOn(body: string): readonly (string | null)[] {
  const html = `<html><body><main><h1>Harbour</h1><p>Long text.</p>${body}</main></body></html>`
  const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: url }
  return generic
    .read(answerOf(html, { url }), generic.open(thread), thread)
    .comments.map(({ authorName }) => authorName)
}

const list = `<ul class="liste">${['Ida', 'Bo', 'Cy']
  .map(
    (name, place) => `<li class="eintrag"><div class="kopf"><strong>${name}</strong>
      <span class="dat">2024-05-0${place + 1} 10:00</span></div><div class="inh"><p>These are words of ${name}.</p></div></li>`,
  )
  .join('')}</ul>`

describe('a heading of comments', () => {
  it.each([
    'All comments (4)',
    'Your comments',
    'Top comments',
    'Readers’ comments',
    '4 Leserbriefe',
    'Vos commentaires',
    'Réactions (4)',
    'I commenti dei lettori',
    'Kommentit',
    'Diskuze',
    'コメント',
    '网友评论',
    '댓글 4',
    'التعليقات',
    'Σχόλια',
    'Hozzászólások',
  ])('%s', (words) => {
    expect(isCommentHeading(words)).toBe(true)
  })

  it.each(['Latest comments', 'Neueste Kommentare', 'Последние комментарии', '最新评论', 'Related', 'News'])(
    'not %s',
    (words) => {
      expect(isCommentHeading(words)).toBe(false)
    },
  )

  it.each([
    ['in a section', `<section class="box"><h3>Your comments</h3>${list}</section>`],
    ['in a header', `<div class="box"><header><h3>3 Comments</h3></header>${list}</div>`],
    ['in a box', `<div class="box"><div class="ueberschrift">3 Kommentare</div>${list}</div>`],
    ['on the bare page', `<h3>Comments</h3>${list}<h3>More</h3><p>Other words.</p>`],
  ])('stands %s', (_name, body) => {
    expect(writersOn(body)).toEqual(['Ida', 'Bo', 'Cy'])
  })

  it.each([
    ['over another list', `<section class="box"><h3>Latest comments</h3>${list}</section>`],
    ['before the next heading', `<h3>Comments</h3><p>None yet.</p><h3>Events</h3>${list}`],
    ['in a side bar', `<aside><h3>Comments</h3>${list}</aside>`],
  ])('that is none: %s', (_name, body) => {
    expect(writersOn(body)).toEqual([])
  })
})
