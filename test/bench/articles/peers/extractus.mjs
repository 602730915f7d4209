import { extractFromHtml } from '@extractus/article-extractor'

export async function extract(html, url) {
  const article = await extractFromHtml(html, url)
  if (article === null) return null
  const { title, author, published, content } = article
  return { title, byline: author, published, language: null, html: content }
}
