import { describe, expect, it } from 'vitest'
import { readPageOf, told, withoutData } from './printed-pages.ts'

const head = '<meta name="Generator" content="Drupal">'

const versions: readonly { readonly name: string; readonly comment: (id: string, name: string) => string }[] =
  [
    {
      name: '6',
      comment: (id, name) =>
        `<a id="comment-${id}"></a><div class="comment"><h3><a href="/node/7#comment-${id}">A headline</a></h3><div class="submitted">Submitted by ${name} (not verified) on Fri, 2024-05-03 08:00.</div><div class="content"><p>Words of ${name}.</p></div><div class="links"><a href="/comment/reply/7/${id}">reply</a></div></div>`,
    },
    {
      name: '7',
      comment: (id, name) =>
        `<a id="comment-${id}"></a><div class="comment clearfix" about="/comment/${id}#comment-${id}" typeof="sioct:Post sioct:Comment"><div class="submitted"><span class="username" property="foaf:name">${name} (not verified)</span> <span property="dc:date dc:created" content="2024-05-03T10:00:00+02:00">Fri, 05/03/2024 - 10:00</span></div><h3 property="dc:title"><a class="permalink" href="/comment/${id}#comment-${id}">A headline</a></h3><div class="content"><span rel="sioc:reply_of" resource="/node/7"></span><div class="field field-name-comment-body"><div class="field-label">Comment: </div><div class="field-item" property="content:encoded"><p>Words of ${name}.</p></div></div><ul class="links"><li>reply</li></ul></div></div>`,
    },
    {
      name: '8 to 11',
      comment: (id, name) =>
        `<article data-comment-user-id="0" id="comment-${id}" class="comment js-comment by-anonymous"><mark class="hidden" data-comment-timestamp="1700000000"></mark><footer class="comment__meta"><p class="comment__submitted">Submitted by <span typeof="schema:Person" property="schema:name">${name}</span> on Fri, 05/03/2024 - 08:00</p></footer><div class="content"><h3><a class="permalink" href="/comment/${id}#comment-${id}">A headline</a></h3><div class="clearfix text-formatted field field--name-comment-body field__item"><p>Words of ${name}.</p></div></div></article>`,
    },
  ]

describe('drupal', () => {
  it.each(versions)('reads version $name, with replies in indented boxes', ({ comment }) => {
    const page = `<div id="comments" class="comment-wrapper">${comment('1', 'Ann')}<div class="indented">${comment('2', 'Bob')}<div class="indented">${comment('3', 'Cy')}</div></div>${comment('4', 'Dee')}</div>`
    const expected = [
      '1 | - | Ann | 2024-05-03T08:00 | Words of Ann.',
      '2 | 1 | Bob | 2024-05-03T08:00 | Words of Bob.',
      '3 | 2 | Cy | 2024-05-03T08:00 | Words of Cy.',
      '4 | - | Dee | 2024-05-03T08:00 | Words of Dee.',
    ]
    const read = readPageOf(page, { head })
    expect(read.platform).toBe('drupal')
    expect(told(read.comments)).toEqual(expected)
    expect(told(readPageOf(withoutData(page), { head }).comments)).toEqual(expected)
  })

  it('reads a theme that keeps nothing but RDFa, which names the comment that is answered', () => {
    const comment = (id: string, parent: string): string =>
      `<li about="/comment/${id}#comment-${id}" typeof="sioct:Post sioct:Comment"><span rel="sioc:reply_of" resource="/node/7"></span>${parent}<b property="foaf:name">Ann</b><i property="dc:date dc:created" content="2024-05-03T08:00:00Z">3. Mai</i><div property="content:encoded"><p>Words ${id}.</p></div></li>`
    const page = `<ul>${comment('1', '')}${comment('2', '<span rel="sioc:reply_of" resource="/comment/1#comment-1"></span>')}</ul>`
    expect(told(readPageOf(page).comments)).toEqual([
      '1 | - | Ann | 2024-05-03T08:00 | Words 1.',
      '2 | 1 | Ann | 2024-05-03T08:00 | Words 2.',
    ])
  })

  it.each([
    [
      'words of its own for all parts',
      (name: string) =>
        `<div class="c-top"><div class="c-user">${name}</div><div class="c-when">Fri, 05/03/2024 - 08:00</div></div><div class="c-msg"><p>Words of ${name}.</p></div>`,
    ],
    [
      'words of its own for the header',
      (name: string) =>
        `<div class="card-header"><strong>${name}</strong> <small>Fri, 05/03/2024 - 08:00</small></div><div class="card-body"><div class="field--name-comment-body"><p>Words of ${name}.</p></div></div>`,
    ],
  ])('reads a theme with %s', (_name, inner) => {
    const comment = (id: string, name: string): string =>
      `<article class="comment js-comment" id="comment-${id}">${inner(name)}</article>`
    const page = `<div id="comments" class="comment-wrapper">${comment('1', 'Ann')}<div class="indented">${comment('2', 'Bob')}</div></div>`
    expect(told(readPageOf(page, { head }).comments)).toEqual([
      '1 | - | Ann | 2024-05-03T08:00 | Words of Ann.',
      '2 | 1 | Bob | 2024-05-03T08:00 | Words of Bob.',
    ])
  })

  it.each([
    ['Sun, 12/03/2023 - 02:42', '2023-12-03T02:42'],
    ['Fri, 11/03/2023 - 12:07', '2023-11-03T12:07'],
    ['Sat, 11/03/2023 - 12:07', '2023-03-11T12:07'],
    ['Wed, 13/09/2023 - 12:07', '2023-09-13T12:07'],
  ])('takes %s for %s', (words, time) => {
    const page = `<article class="comment js-comment" id="comment-1"><span class="comment-author">Ann</span><span class="comment-time">${words}</span><div class="comment-body">Words.</div></article>`
    const html = { head, url: 'https://paper.example/node/7' }
    const [comment] = readPageOf(page, html).comments
    expect(comment?.publishedRaw).toBe(words)
    expect(comment?.publishedAt?.toISOString().slice(0, 16) ?? null).toBe(time)
  })

  it('knows the place of comments where nobody has said anything yet', () => {
    const page =
      '<section class="comment-wrapper"><form class="comment-form" action="/comment/reply/node/7"></form></section>'
    expect(readPageOf(page, { head })).toEqual({ platform: 'drupal', comments: [], next: [] })
  })

  it('leaves the comments of other systems alone', () => {
    expect(readPageOf('<div class="comment"><a href="#comment-1">1</a>Words.</div>').platform).toBeNull()
  })
})
