import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { type Page, parsePage } from '../../../src/extractors/page.ts'

const site = {
  layouts: [],
  language: 'en',
  timezone: 'UTC',
  articlePath: null,
  url: 'https://paper.example/',
}

/** A sentence long enough to be one of an article. */
export const told = (what: string): string =>
  `The harbour office said on Monday that ${what}, which had been laid up since the autumn, would sail again, and that fares stay.`

/** A page about the ferry around what is to be read. */
export const harbourPage = (body: string): Page =>
  parsePage(
    `<html lang="en"><head><title>Ferry sails again</title></head><body>${body}</body></html>`,
    'https://paper.example/ferry',
    new Date('2024-03-12'),
  )

export const bodyOf = (body: string): string => extractArticle(harbourPage(body), site).bodyText
