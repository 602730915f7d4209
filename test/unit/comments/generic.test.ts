import { array, assert, boolean, constantFrom, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexedPage } from '../../../src/extractors/element-index.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import type { Batch } from '../../../src/extractors/comments/platform.ts'
import { numberIn } from '../../../src/extractors/comments/sections/names.ts'
import { answerOf, fetchedAt, threadOf } from './thread-fixture.ts'

const url = 'https://paper.example/77-harbour.html'
const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: url }

function locate(html: string, at = url) {
  return generic.locate(indexedPage(parsePage(html, at, fetchedAt)), { ...context, canonicalUrl: at })
}

function read(html: string, at = url): Batch {
  const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: at }
  return generic.read(answerOf(html, { url: at }), generic.open(thread), thread)
}

const shape = ({ comments }: Batch) =>
  comments.map(({ nativeId, parentNativeId, authorName, bodyText }) => [
    nativeId,
    parentNativeId,
    authorName,
    bodyText,
  ])

const entry = (id: number, name: string, words: string, inside = ''): string => `
  <div class="comment-item" id="comment-${id}"><div class="comment-head"><b class="user-name">${name}</b>
  <span class="comment-date">0${(id % 8) + 1}.05.2024, 10:1${id % 10}</span></div>
  <div class="comment-text"><p>${words}</p></div><a class="reply" href="#">Reply</a>${inside}</div>`

const section = (entries: string, more = ''): string =>
  `<html><body><article><h1>Harbour</h1><p>Long text.</p></article>
   <section id="comments"><h2>Comments</h2>${entries}</section>${more}</body></html>`

describe('generic sections', () => {
  it('read writer, date, words and parents by nesting, three deep', () => {
    const html = section(
      entry(1, 'Ida', 'High water.', entry(2, 'Bo', 'At noon?', entry(3, 'Ida', 'Yes.'))) +
        entry(4, 'Cy', 'Thanks.'),
    )
    expect(locate(html)).toMatchObject({ platform: 'generic', pageUrl: url })
    expect(shape(read(html))).toEqual([
      ['1', null, 'Ida', 'High water.'],
      ['2', '1', 'Bo', 'At noon?'],
      ['3', '2', 'Ida', 'Yes.'],
      ['4', null, 'Cy', 'Thanks.'],
    ])
    expect(read(html).comments[0]).toMatchObject({
      publishedAt: new Date('2024-05-02T10:11:00Z'),
      publishedPrecision: 'minute',
      authorKey: 'name:ida',
    })
  })

  it.each([
    ['a class', (depth: number) => `class="comment depth-${depth}"`],
    ['an indent', (depth: number) => `class="comment" style="margin-left: ${depth * 20}px"`],
    ['an attribute', (depth: number) => `class="comment" data-level="${depth}"`],
    ['an attribute of a longer name', (depth: number) => `class="comment" data-nesting-level="${depth}"`],
    ['a class in another language', (depth: number) => `class="comment niveau-${depth}"`],
    ['a margin by class', (depth: number) => `class="comment ml-${depth * 8}"`],
    ['a margin by class for wide screens', (depth: number) => `class="comment md:pl-${depth * 4}"`],
    ['a property of its style', (depth: number) => `class="comment" style="--depth: ${depth}"`],
    ['its number', (_depth: number, parent: string) => `class="comment" data-parent-id="${parent}"`],
    ['its id', (_depth: number, parent: string) => `class="comment" data-reply-to="c${parent}"`],
  ])('find parents by %s', (_name, mark) => {
    const depths = [1, 2, 3, 2, 1]
    const rows = depths.map(
      (depth, index) =>
        `<li ${mark(depth, ['0', '100', '101', '100', ''][index]!)} id="c10${index}"><a href="/user/n${index}">Name ${index}</a>
         <time datetime="2024-05-01T10:0${index}:00Z">1 May</time><div class="text">Words ${index}</div></li>`,
    )
    const { comments } = read(section(`<ul>${rows.join('')}</ul>`))
    expect(comments.map(({ parentNativeId }) => parentNativeId)).toEqual([null, '100', '101', '100', null])
  })

  it('find parents beside their lists of replies, and by the name that is answered', () => {
    const beside =
      section(`<div>${entry(1, 'Ida', 'One.')}<div class="replies">${entry(2, 'Bo', 'Two.')}</div>
      ${entry(3, 'Cy', 'Three.')}</div>`)
    expect(read(beside).comments.map(({ parentNativeId }) => parentNativeId)).toEqual([null, '1', null])
    const named = section(
      entry(1, 'Ida', 'One.') +
        entry(2, 'Bo', 'Two.').replace('</b>', '</b> <i class="to">in reply to Ida</i>'),
    )
    expect(read(named).comments[1]).toMatchObject({ parentNativeId: '1', parentConfidence: 'low' })
  })

  it.each([
    [
      'a form',
      `${entry(1, 'Ida', 'One.')}<form></form><div class="children">${entry(2, 'Bo', 'Two.')}</div>`,
    ],
    [
      'buttons',
      `${entry(1, 'Ida', 'One.')}<div class="buttons"></div><div class="sub">${entry(2, 'Bo', 'Two.')}</div>`,
    ],
    [
      'the item of a list',
      `<ul><li>${entry(1, 'Ida', 'One.')}</li><ul><li>${entry(2, 'Bo', 'Two.')}</li></ul></ul>`,
    ],
  ])('find parents beside %s', (_name, html) => {
    const { comments } = read(section(html + entry(3, 'Cy', 'Three.')))
    expect(comments.map(({ parentNativeId }) => parentNativeId)).toEqual([null, '1', null])
  })

  it.each([
    'Respuesta a Ida',
    'reageert op Ida',
    '→ Ida',
    'w odpowiedzi do: Ida',
    'Antwort auf Kommentar von Ida',
  ])('find the parent that "%s" names', (words) => {
    const reply = entry(2, 'Bo', 'Two.').replace('</b>', `</b> <i class="to">${words}</i>`)
    expect(read(section(entry(1, 'Ida', 'One.') + reply)).comments[1]).toMatchObject({ parentNativeId: '1' })
  })

  it.each([
    ['in two elements', '<i class="day">03.05.2024</i> <i class="hour">14:22</i>'],
    ['in two elements without names', '<i>03.05.2024</i><i>um 14:22 Uhr</i>'],
    ['in two elements, the time first', '<i class="hour">14:22</i> <i class="day">03.05.2024</i>'],
    ['in the words of the entry itself', ' (May 3, 2024 2:22 PM):<br>'],
    ['in a box that its reader may edit', '<i class="comment-date can-edit">03.05.2024 14:22</i>'],
  ])('read a date %s', (_name, date) => {
    const words = 'The water stood at the door again this morning.<br>Nobody at the harbour knows why.'
    const entries = [1, 2].map(
      (n) => `<div class="comment" id="comment-9${n}"><b>Ida ${n}</b>${date}${words}</div>`,
    )
    const { comments } = read(section(entries.join('')))
    expect(comments.map(({ publishedAt }) => publishedAt)).toEqual(
      entries.map(() => new Date('2024-05-03T14:22:00Z')),
    )
    expect(comments.map(({ bodyText }) => bodyText)).toEqual(entries.map(() => words.replace('<br>', '\n')))
  })

  it('read a date in a box whose name ends in -edit, and none of a change', () => {
    const entries = [1, 2].map(
      (n) => `<div class="comment" id="comment-9${n}"><div class="comment-edit"><b class="author">Ida ${n}</b>
        <time datetime="2024-05-03T14:22:00Z">May</time><p>The water stood at the door again.</p></div>
        <p class="note-edit"><time datetime="2024-05-04T10:00:00Z">May</time></p></div>`,
    )
    const { comments } = read(section(entries.join('')))
    expect(comments.map(({ publishedAt }) => publishedAt?.getUTCDate())).toEqual([3, 3])
  })

  it.each([
    ['tag', '<header>', '</header>'],
    ['name', '<div class="comment-head">', '</div>'],
  ])('read a word beside a longer header that has only a %s', (_name, start, end) => {
    const words = ['High water again this morning, and nobody at the harbour knows why.', 'Thanks!', 'Yes.']
    const entries = words.map(
      (
        text,
        n,
      ) => `<div class="comment" id="comment-9${n}">${start}<a class="author" href="/user/${n}">Ida Bergstrom ${n}</a>
        <span class="badge">Registered reader</span> <span class="date">2024-05-01 10:0${n}</span>${end}<p>${text}</p></div>`,
    )
    expect(read(section(entries.join(''))).comments.map(({ bodyText }) => bodyText)).toEqual(words)
  })

  it.each([
    ['one', [1]],
    ['two of three', [1, 3]],
    ['all', [1, 2, 3]],
  ])('read answers without numbers inside the entries, under %s', (_name, answered) => {
    const answer = `<div class="answer"><b class="answer-author">Desk</b> <i class="answer-date">09.05.2024, 12:00</i>
      <div class="answer-text">Thank you, we have asked the council about it today.</div></div>`
    const entries = [1, 2, 3].map((n) =>
      entry(n, `Ida ${n}`, 'High water.', answered.includes(n) ? answer : ''),
    )
    const { comments } = read(section(entries.join('')))
    expect(
      comments.filter(({ authorName }) => authorName !== 'Desk').map(({ bodyText }) => bodyText),
    ).toEqual(entries.map(() => 'High water.'))
    const answers = comments.filter(({ authorName }) => authorName === 'Desk')
    expect(answers.map(({ parentNativeId }) => Number(parentNativeId))).toEqual(answered)
    expect(answers[0]?.bodyText).toBe('Thank you, we have asked the council about it today.')
  })

  it('read sections whose names say nothing, under a heading', () => {
    const rows = [1, 2, 3].map(
      (n) => `<div class="x7f"><span class="q1">Writer ${n}</span> <span class="q2">0${n}.05.2024 10:00</span>
        <div class="q3"><p>These are the words of comment number ${n}.</p></div></div>`,
    )
    const html = `<html><body><div class="a"><h3>3 Comments</h3><div>${rows.join('')}</div></div></body></html>`
    const { comments } = read(html)
    expect(comments.map(({ authorName }) => authorName)).toEqual(['Writer 1', 'Writer 2', 'Writer 3'])
    expect(comments[0]?.bodyText).toBe('These are the words of comment number 1.')
    expect(new Set(comments.map(({ nativeId }) => nativeId)).size).toBe(3)
    expect(read(html).comments.map(({ nativeId }) => nativeId)).toEqual(
      comments.map(({ nativeId }) => nativeId),
    )
  })

  it('read a forum thread, apart from what it quotes, edit notes and buttons', () => {
    const post = (id: number, words: string): string => `<div class="post" id="post${id}">
      <div class="postprofile"><a class="username" href="/members/${id}">User ${id}</a><dl><dt>Joined:</dt><dd>1 May 2010</dd></dl></div>
      <a href="/thread/9#post${id}">#1</a> <span class="date">May ${id - 10}, 2024, 9:30 am</span>
      <div class="content">${words}</div><div class="signature">My boat</div></div>`
    const html = `<html><body>${post(11, 'First post.')}${post(
      12,
      '<div class="quote"><cite>User 11 wrote:</cite> First post.</div>Second.<div>Last edited by User 12 on May 3</div>',
    )}${post(13, '<div><label>Quote:</label><div>Second.</div></div>Third.')}</body></html>`
    const { comments } = read(html, 'https://forum.example/thread/9')
    expect(comments.map(({ authorName, bodyText }) => [authorName, bodyText])).toEqual([
      ['User 11', 'First post.'],
      ['User 12', 'Second.'],
      ['User 13', 'Third.'],
    ])
    expect(comments[0]?.publishedRaw).toBe('May 1, 2024, 9:30 am')
    expect(comments[1]?.quotes.map(({ text }) => text)).toEqual(['User 11 wrote: First post.'])
  })

  it('gives no id twice, and no e-mail address', () => {
    const twin = entry(5, 'Ida', 'Same.').replace(' id="comment-5"', '')
    const { comments } = read(section(twin + twin + entry(6, 'Bo bo@mail.example', 'Other.')))
    expect(new Set(comments.map(({ nativeId }) => nativeId)).size).toBe(comments.length)
    expect(JSON.stringify(comments)).not.toContain('mail.example')
  })

  it('gives comments without numbers the same id at the next visit, though their dates are told in other words', () => {
    const visit = (dates: readonly [string, string], at: string) => {
      const entries = dates.map(
        (
          date,
          index,
        ) => `<div class="comment-item"><div class="comment-head"><b class="user-name">Ida ${index}</b>
          <span class="comment-date">${date}</span></div><div class="comment-text"><p>High water again at noon.</p></div></div>`,
      )
      const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: url }
      const answer = { ...answerOf(section(entries.join('')), { url }), fetchedAt: new Date(at) }
      return generic.read(answer, generic.open(thread), thread).comments
    }
    const ids = (...given: Parameters<typeof visit>) => visit(...given).map(({ nativeId }) => nativeId)
    const first = ids(['2 hours ago', 'Today, 09:32'], '2024-06-01T12:00:00Z')
    expect(new Set(first).size).toBe(2)
    expect(ids(['1 day ago', 'Yesterday, 09:32'], '2024-06-02T12:00:00Z')).toEqual(first)
    expect(ids(['1 June 2024', '01.06.2024, 09:32'], '2024-06-09T12:00:00Z')).toEqual(first)
  })

  it('gives a comment without a number the same id when its words have no box, and its date and marks age', () => {
    const visit = (date: string, note: string, reply: string): readonly (string | null)[][] => {
      const entries = ['Ida', 'Bo'].map(
        (name, index) => `<div class="comment-item"><b class="user-name">${name}</b>
          <span class="comment-date">${date}</span> High water again at noon, says the harbour.
          <div class="edited">${note}</div>${index === 0 ? reply : ''}</div>`,
      )
      return shape(read(section(entries.join('')))).filter(([, , name]) => name !== 'Cy')
    }
    const reply = entry(3, 'Cy', 'Not here.').replace(' id="comment-3"', '')
    const first = visit('2 hours ago', '', '')
    expect(first.map(([, , name, words]) => [name, words])).toEqual([
      ['Ida', 'High water again at noon, says the harbour.'],
      ['Bo', 'High water again at noon, says the harbour.'],
    ])
    expect(visit('9 May 2024', 'Last edited by Ida', reply)).toEqual(first)
  })

  it('asks for the other pages of the section, not for other articles', () => {
    const pager = `<nav class="pagination"><a href="?page=1">1</a> <a href="?page=2">2</a> <a href="/78-lake.html">3</a>
      <a href="?page=2" rel="next">Next</a></nav>`
    const { next } = read(section(entry(1, 'Ida', 'One.') + entry(2, 'Bo', 'Two.') + pager))
    expect(next.map((ask) => ask.url)).toEqual([`${url}?page=1`, `${url}?page=2`])
    const last = generic.read(
      answerOf(section(entry(3, 'Cy', 'Three.') + pager), { url: `${url}?page=2` }),
      next[1]!,
      {
        ...threadOf('generic'),
        timezone: 'UTC',
      },
    )
    expect(last.comments.map(({ nativeId }) => nativeId)).toEqual(['3'])
  })

  it('says what became of the page', () => {
    expect(generic.read(answerOf('', { status: 0 }), { url }, threadOf('generic')).incomplete).toBe('robots')
    expect(generic.read(answerOf('', { status: 500 }), { url }, threadOf('generic')).incomplete).toBe(
      'page_failed',
    )
    expect(read('<html><body><p>Nothing</p></body></html>').incomplete).toBe('not_found')
  })

  it('stays whole where markup nests without end and names hold markup', () => {
    const deep = '<div class="comment">'.repeat(10_000)
    expect(() => locate(section(deep))).not.toThrow()
    const { comments } = read(section(entry(1, '&lt;b&gt;Ida&lt;/b&gt;', 'One.') + entry(2, 'Bo', 'Two.')))
    expect(comments[0]?.authorName).toBe('Ida')
  })
})

const numbered = (id: string, name: string, words: string): string =>
  entry(1, name, words).replace('id="comment-1"', `id="${id}"`)

describe('entries with equal numbers', () => {
  it.each([
    ['the number of the article first', ['comment-771-1', 'comment-771-2', 'comment-771-3']],
    ['the day first', ['comment-20240603-1', 'comment-20240603-2', 'comment-20240604-1']],
    ['the same number in all', ['comment-7', 'comment-7', 'comment-7']],
  ])('are all kept where they differ: %s', (_name, ids) => {
    const words = ['High water.', 'At noon?', 'Thanks.']
    const { comments } = read(section(ids.map((id, index) => numbered(id, 'Ida', words[index]!)).join('')))
    expect(comments.map(({ bodyText }) => bodyText)).toEqual(words)
    expect(new Set(comments.map(({ nativeId }) => nativeId)).size).toBe(3)
  })

  const long = 'The water stood at the door again this morning.'
  const unnumbered = entry(1, 'Ida', long).replace(' id="comment-1"', '')
  const all = entry(1, 'Ida', long) + entry(2, 'Bo', 'At noon?')
  it.each([
    [
      'the best comment above all',
      `<div class="top">${entry(2, 'Bo', 'At noon?')}</div><div>${all}</div>`,
      2,
    ],
    [
      'a copy for narrow screens',
      `<div class="wide">${unnumbered}</div><div class="narrow">${unnumbered}</div>`,
      1,
    ],
    ['a template', `<template>${unnumbered}</template><div>${all}</div>`, 2],
  ])('are one where they are copies: %s', (_name, html, count) => {
    expect(read(section(html)).comments).toHaveLength(count)
  })
})

describe('what is no comment section', () => {
  const teaser = (
    n: number,
  ): string => `<article class="post" id="post-${n}"><h3><a href="/a/${n}-story.html">A story ${n}</a></h3>
    <span class="author">Ann Lee</span> <time datetime="2024-05-0${n}T10:00:00Z">May</time><p>The beginning of it.</p></article>`
  const latest = (
    n: number,
  ): string => `<li class="comment" id="comment-${n}"><b class="author">Reader ${n}</b>
    <span class="date">0${n}.05.2024 10:00</span><a href="/other-${n}.html#comment-${n}">on another article</a></li>`
  const voice = (n: number): string =>
    `<div class="testimonial-item comment-box"><p>They are great ${n}.</p><b class="name">Client ${n}</b></div>`
  const event = (n: number): string =>
    `<div class="event-item"><b>Concert ${n}</b><span class="date">0${n}.05.2024</span><p>In the hall.</p></div>`
  const form = `<section id="comments"><h2>Comments</h2><p class="no-comments">No comments yet.</p>
    <form><textarea name="comment"></textarea><input name="email"></form></section>`
  const list = (make: (n: number) => string): string => [1, 2, 3, 4].map(make).join('')

  it.each([
    ['teasers', list(teaser)],
    ['the latest comments of the site', `<ul class="comment-list">${list(latest)}</ul>`],
    [
      'a side bar',
      `<aside><div id="comments">${entry(1, 'Ida', 'One.')}${entry(2, 'Bo', 'Two.')}</div></aside>`,
    ],
    ['testimonials', `<section class="testimonials">${list(voice)}</section>`],
    ['events', `<div class="event-list">${list(event)}</div>`],
    ['an empty form', form],
    ['a name in a style sheet', '<style>.comment{} #comments .comment-text{}</style><p>Text</p>'],
  ])('%s', (_name, html) => {
    expect(locate(`<html><body><h1>Harbour</h1>${html}</body></html>`)).toBeNull()
  })
})

describe('parts', () => {
  it.each([
    ['comment-123', '123'],
    ['wpd-comm-712_0', '712'],
    ['thing_t1_o8nd42m', 'o8nd42m'],
    ['c9', '9'],
    ['comment-6a00d8341c630a53ef01b7c8a1b2c3970b', '6a00d8341c630a53ef01b7c8a1b2c3970b'],
    ['comment-665dd0a1b2c30012e5f6a7b8', '665dd0a1b2c30012e5f6a7b8'],
    ['c_tjqnv7', 'tjqnv7'],
    ['comment-3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
    ['div-comment12', '12'],
    ['comments', null],
  ])('the number in %s', (id, number) => {
    expect(numberIn(id)).toBe(number)
  })

  it('never throws for any markup', () => {
    const tag = constantFrom('div', 'li', 'ul', 'p', 'b', 'a', 'time', 'form', 'blockquote', 'table')
    const attribute = constantFrom(
      '',
      ' class="comment"',
      ' id="comment-1"',
      ' class="comment-text"',
      ' itemprop="author"',
    )
    const words = constantFrom('Ida', '1 May 2024', '2 hours ago', 'Reply', '<', '&', 'Quote:')
    const piece = tuple(tag, attribute, words, boolean())
    assert(
      property(array(piece, { maxLength: 60 }), (pieces) => {
        const html = pieces.map(
          ([name, attributes, text, ends]) => `<${name}${attributes}>${text}${ends ? `</${name}>` : ''}`,
        )
        const { comments } = read(section(html.join('')))
        expect(new Set(comments.map(({ nativeId }) => nativeId)).size).toBe(comments.length)
      }),
      { numRuns: 200 },
    )
  })
})
