import { describe, expect, it } from 'vitest'
import { indexedPage } from '../../../src/extractors/element-index.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { structuredData } from '../../../src/extractors/comments/platforms/structured-data/structured-data.ts'
import type { Comment, Thread } from '../../../src/extractors/comments/platform.ts'
import { answerOf, fetchedAt } from './thread-fixture.ts'

const url = 'https://paper.example/77-harbour.html'
const context = { timezone: 'UTC', language: null, articleNativeId: '77', canonicalUrl: url }

function locate(body: string): Thread | null {
  return structuredData.locate(
    indexedPage(parsePage(`<html><body>${body}</body></html>`, url, fetchedAt)),
    context,
  )
}

function read(body: string): readonly Comment[] {
  const thread = locate(body)
  if (thread === null) throw new Error('no thread')
  return structuredData.read(
    answerOf(`<html><body>${body}</body></html>`, { url }),
    structuredData.open(thread),
    thread,
  ).comments
}

const item = (type: string, name: string, words: string, inside = ''): string => `
  <div itemscope itemtype="https://schema.org/${type}" itemprop="comment"><span itemprop="author" itemscope><i itemprop="name">${name}</i></span>
  <meta itemprop="datePublished" content="2024-05-01T10:00:00+02:00"><div itemprop="text">${words}</div>${inside}</div>`

const json = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`

describe('structured data', () => {
  it.each(['Comment', 'UserComments', 'Answer'])('reads %s in microdata, parents by nesting', (type) => {
    const comments = read(
      item(type, 'Ida', 'High water.', item(type, 'Bo', 'At noon?', item(type, 'Cy', 'Yes.'))),
    )
    expect(comments.map(({ authorName, bodyText }) => [authorName, bodyText])).toEqual([
      ['Ida', 'High water.'],
      ['Bo', 'At noon?'],
      ['Cy', 'Yes.'],
    ])
    expect(comments.map(({ parentNativeId }) => parentNativeId)).toEqual([
      null,
      comments[0]?.nativeId,
      comments[1]?.nativeId,
    ])
    expect(comments[0]?.publishedAt).toEqual(new Date('2024-05-01T08:00:00Z'))
  })

  it('reads microformats', () => {
    const reply = (
      name: string,
    ): string => `<div class="u-comment h-cite"><a class="p-author h-card" href="https://${name}.example">${name}</a>
      <time class="dt-published" datetime="2024-05-01T10:00:00Z">1 May</time><div class="e-content">Words of ${name}</div></div>`
    expect(
      read(reply('ida') + reply('bo')).map(({ authorName, bodyText }) => [authorName, bodyText]),
    ).toEqual([
      ['ida', 'Words of ida'],
      ['bo', 'Words of bo'],
    ])
  })

  it('reads the comments of an article in JSON-LD, with replies', () => {
    const comments = read(
      json({
        '@type': 'NewsArticle',
        comment: [
          {
            '@type': 'Comment',
            '@id': `${url}#comment-12`,
            author: { '@type': 'Person', name: 'Ida' },
            dateCreated: '2024-05-01T10:00:00Z',
            text: 'High <b>water</b> &amp; wind.',
            upvoteCount: 3,
            comment: { '@type': 'Comment', author: 'Bo', text: 'At noon?' },
          },
        ],
      }),
    )
    expect(comments[0]).toMatchObject({
      nativeId: '12',
      authorName: 'Ida',
      bodyText: 'High water & wind.',
      likes: 3,
      publishedAt: new Date('2024-05-01T10:00:00Z'),
    })
    expect(comments[1]).toMatchObject({ parentNativeId: '12', authorName: 'Bo', publishedAt: null })
  })

  it('takes no testimonials, no answers to common questions, no comments of products', () => {
    const voice = { '@type': 'Comment', text: 'A great course.' }
    const said = { ...voice, author: 'Ida' }
    expect(locate(json({ '@type': 'Article', comment: [voice, voice] }))).toBeNull()
    expect(locate(json({ '@type': 'Product', comment: [said] }))).toBeNull()
    const faq = `<div itemscope itemtype="https://schema.org/Answer"><div itemprop="text">Look for the <a href="/best">best companies</a>.</div></div>`
    expect(locate(faq + faq)).toBeNull()
    expect(locate('<p>Nothing</p>')).toBeNull()
  })

  it('leaves a page that shows more than it marks to who reads what is shown', () => {
    const shown = (
      n: number,
    ): string => `<li class="comment" id="comment-${n}"><b class="author">Name ${n}</b>
      <time datetime="2024-05-01T10:00:00Z">1 May</time><div class="text">Words ${n}</div></li>`
    const marked = json({
      '@type': 'Article',
      comment: [{ '@type': 'Comment', author: 'Name 1', text: 'Words 1' }],
    })
    expect(locate(`<ul id="comments">${shown(1)}${shown(2)}</ul>${marked}`)).toBeNull()
  })

  it('stays whole where JSON nests without end', () => {
    let node: object = { '@type': 'Comment', author: 'Ida', text: 'One.' }
    for (let depth = 0; depth < 500; depth += 1)
      node = { '@type': 'Comment', author: 'Ida', text: 'One.', comment: [node] }
    expect(() => locate(json({ '@type': 'Article', comment: [node] }))).not.toThrow()
    const bottomless = `<script type="application/ld+json">${'{"@type":"Comment","comment":'.repeat(50_000)}</script>`
    expect(() => locate(bottomless)).not.toThrow()
  })
})
