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
import { ShallowParser, ShallowTree } from './shallow-parser.ts'
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

/**
 * Parses markup with htmlparser2, which is 2 to 3 times faster than parse5 and gives the same paragraphs on
 * nearly all news pages; implied end tags (`<li>` after `<li>`) are honoured.
 */
export function parseHtml(html: string): Document {
  const tree = new ShallowTree()
  new ShallowParser(tree).end(html.includes(sectionName) ? withoutSections(html) : html)
  return tree.root
}

/** Looked for without what stands before it: a page has many `<`, and few `C`. */
const sectionName = 'CDATA['
const sectionOrRaw = /<(?:!\[CDATA\[|(script|style)\b)/gi
const endOfRaw = { script: /<\/script/gi, style: /<\/style/gi }

/**
 * In HTML, `<![CDATA[` begins a comment that ends at the next `>` (HTML standard, 13.2.5.42); htmlparser2 looks for
 * `]]>`, and finds it at the end of the page or never. Scripts and styles, where it is text, keep theirs.
 */
function withoutSections(html: string): string {
  let written = ''
  let rest = 0
  // Not looked for again: a page may begin many and end none.
  const unended = new Set<string>()
  sectionOrRaw.lastIndex = 0
  for (let found = sectionOrRaw.exec(html); found !== null; found = sectionOrRaw.exec(html)) {
    const name = found[1]?.toLowerCase()
    if (name === undefined) {
      written += `${html.slice(rest, found.index)}<!CDATA[`
      rest = sectionOrRaw.lastIndex
      continue
    }
    if (unended.has(name)) continue
    const end = name === 'script' ? endOfRaw.script : endOfRaw.style
    end.lastIndex = sectionOrRaw.lastIndex
    if (end.test(html)) sectionOrRaw.lastIndex = end.lastIndex
    else unended.add(name)
  }
  return written + html.slice(rest)
}
