import { expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const news = 'The coast road is closed until noon after a water main burst overnight.'
const other =
  'Mornings with Dara and Kit: the full show, the calls and the songs that you asked for, every weekday from six until ten.'

function bodyOf(heading: string): string {
  const html = `<html lang="en"><head><title>Road closed</title></head><body><main>
    <article><h1>Road closed</h1><p>${news}</p></article>
    <section><h2>${heading}</h2><p>${other}</p><p>${other} And on the app.</p></section></main></body></html>`
  const page = parsePage(html, 'https://coast.example/a/road', new Date('2024-03-12T09:00:00Z'))
  const site = {
    layouts: [],
    language: 'en',
    timezone: 'UTC',
    articlePath: null,
    url: 'https://coast.example/',
  }
  return extractArticle(page, site).bodyText
}

it('a section after a short article that begins with "More from" is no part of it', () => {
  expect(bodyOf('More from Coast Radio')).toBe(news)
})

it('other sections are judged by what they hold', () => {
  expect(bodyOf('What the town says')).toContain(other)
})
