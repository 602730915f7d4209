import { describe, expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const text = `<p>${'The harbour office said that the ferry would sail again in spring, as it did before. '.repeat(4)}</p>`

function read(state: unknown, body = `<h1>Ferry sails again</h1>${text}`) {
  const script = `<script type="application/json">${JSON.stringify(state)}</script>`
  const html = `<html lang="en"><head><title>Ferry sails again | The Coast</title></head><body>${body}${script}</body></html>`
  const page = parsePage(html, 'https://coast.example/a/ferry', new Date('2024-03-12T09:00:00Z'))
  const site = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://coast.example/',
  }
  const { authors, rules } = extractArticle(page, site)
  return { authors, rule: rules.authors }
}

const story = (members: object) => ({
  menu: [{ title: 'News', author: 'Menu Editor' }],
  page: { story: { headline: 'Ferry sails again', ...members } },
})

describe('authors in the state that a framework leaves in the page', () => {
  it.each([
    ['a name', { author: 'Ann Lee' }, ['Ann Lee']],
    ['a line', { byline: 'By Ann Lee and Bob Stone' }, ['Ann Lee', 'Bob Stone']],
    ['an object', { author: { id: 5, displayName: 'Ann Lee', bio: 'She writes.' } }, ['Ann Lee']],
    ['a list', { authors: [{ name: 'Ann Lee' }, { name: 'Bob Stone' }] }, ['Ann Lee', 'Bob Stone']],
    ['an answer of GraphQL', { authors: { edges: [{ node: { name: 'Ann Lee' } }] } }, ['Ann Lee']],
    ['an entry of Strapi', { author: { data: { attributes: { name: 'Ann Lee' } } } }, ['Ann Lee']],
  ])('are read from %s', (_what, members, expected) => {
    expect(read(story(members))).toEqual({ authors: expected, rule: 'state' })
  })

  it('are not those of other articles, nor a number', () => {
    const others = { teasers: [{ headline: 'Elsewhere', author: 'Carl Rose' }], ...story({ author: 5 }) }
    expect(read(others)).toEqual({ authors: [], rule: 'none' })
  })

  it('count where nobody is named otherwise', () => {
    const body = `<h1>Ferry sails again</h1><p>By Bob Stone</p>${text}`
    expect(read(story({ author: 'Ann Lee' }), body)).toEqual({ authors: ['Bob Stone'], rule: 'heuristic' })
  })
})
