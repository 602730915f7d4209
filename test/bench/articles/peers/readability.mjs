import { Readability } from '@mozilla/readability'

export function readDocument(document) {
  const article = new Readability(document).parse()
  if (article === null) return null
  const { title, byline, publishedTime, lang, content } = article
  return { title, byline, published: publishedTime, language: lang, html: content }
}
