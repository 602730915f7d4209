/*
 * The words used everywhere:
 *   site      one publisher's host, declared in `src/sites` or made from a bare address
 *   page      the bytes of one URL at one moment, decoded and parsed
 *   article   what a news page says, apart from everything around it
 *   part      one of the pages that an article is split over, counted from 1
 *   thread    the comment section of one article, as one comment platform holds it
 *   platform  a comment system (DataLife Engine, WordPress, …), recognised by marks on the page
 *   ask       one request that a platform wants made for a thread; answer: what came back
 *   batch     the comments read from one answer, and the asks that follow from it
 *   comment   one entry of a thread: a reader's words, or a ping
 *   pass      one visit to a site: discover, fetch, extract, normalise, store, report
 *   capture   the stored bytes of a page, so that it can be extracted again without the network
 *   revision  a former version of an article or comment
 */
import type { Document } from 'domhandler'
import { readMarkup } from './markup-reader.ts'
import { PageTree } from './page-tree.ts'
import { placeStreamedParts } from './streamed-parts.ts'

/** What every extractor gets: nothing but the page itself. */
export interface Page {
  /** Address after redirects. */
  readonly url: string
  readonly fetchedAt: Date
  readonly html: string
  readonly document: Document
}

/** Parses a page as `parseHtml` does, with the parts of a streamed page in their places. */
export function parsePage(html: string, url: string, fetchedAt: Date): Page {
  const document = parseHtml(html)
  placeStreamedParts(document, html)
  return { url, fetchedAt, html, document }
}

/** Parses markup; implied end tags (`<li>` after `<li>`) are honoured. */
export function parseHtml(html: string): Document {
  const tree = new PageTree()
  readMarkup(html, tree)
  return tree.root
}
