import { JSDOM, VirtualConsole } from 'jsdom'
import { readDocument } from './readability.mjs'

export function extract(html, url) {
  const page = new JSDOM(html, { url, virtualConsole: new VirtualConsole() })
  try {
    return readDocument(page.window.document)
  } finally {
    page.window.close()
  }
}
