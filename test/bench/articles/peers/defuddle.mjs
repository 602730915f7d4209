import { Defuddle } from 'defuddle/node'

export async function extract(html, url) {
  // Asynchronous extractors would ask third parties for pages that hold no text.
  const { title, author, published, language, content } = await Defuddle(html, url, { useAsync: false })
  return { title, byline: author, published, language, html: content }
}
