import sanitize from 'sanitize-html'
import { storableCharacters } from './text.ts'

const blocks = 'h1 h2 h3 h4 h5 h6 p blockquote pre hr ul ol li dl dt dd figure figcaption'.split(' ')
const tables = 'table caption thead tbody tfoot tr th td'.split(' ')
const inline = 'a em strong code br img'.split(' ')

/** Boxes of the page's layout: their text stays, as a paragraph of its own. */
const boxes = 'div section article main header footer aside center address details summary'.split(' ')

/** Elements that go with all that they hold. */
const withoutTrace =
  'script style noscript template iframe object embed svg math canvas audio video select option textarea button title head'.split(
    ' ',
  )

export const linkRelation = 'nofollow noopener noreferrer'

/**
 * HTML that is safe to store and show: headings, paragraphs, lists, quotes (with `data-author` and
 * `data-ref`), tables, figures, images, links and emphasis; nothing else, no handler, style or other
 * scheme than http and https. Addresses become absolute against `baseUrl`; a link that is not to the
 * web is left as its text.
 */
export function sanitiseHtml(html: string, baseUrl: string): string {
  return storableCharacters(safeHtml(html, baseUrl)).trim()
}

/** The same as a part of something longer, with its white space and all its characters. */
export function safeHtml(html: string, baseUrl: string): string {
  const safe = sanitize(html.toWellFormed(), optionsFor(baseUrl))
  // Boxes became paragraphs, which can't lie within each other: the second parse closes them.
  return boxes.some((box) => html.includes(`<${box}`)) ? sanitize(safe, optionsFor(baseUrl)) : safe
}

/** A page's comments are cleaned one by one against the same address: the last options are kept. */
let latest: { readonly baseUrl: string; readonly options: sanitize.IOptions } | null = null

function optionsFor(baseUrl: string): sanitize.IOptions {
  if (latest?.baseUrl !== baseUrl) latest = { baseUrl, options: makeOptions(baseUrl) }
  return latest.options
}

function makeOptions(baseUrl: string): sanitize.IOptions {
  return {
    allowedTags: [...blocks, ...tables, ...inline],
    nonTextTags: withoutTrace,
    allowedAttributes: {
      a: ['href', 'rel'],
      img: ['src', 'alt'],
      blockquote: ['data-author', 'data-ref'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    transformTags: {
      ...Object.fromEntries(boxes.map((box) => [box, 'p'])),
      b: 'strong',
      i: 'em',
      cite: 'em',
      kbd: 'code',
      samp: 'code',
      tt: 'code',
      a: (tagName, { href }) => link(tagName, webAddress(href, baseUrl)),
      img: (tagName, attributes) => image(tagName, attributes, baseUrl),
    },
    exclusiveFilter: ({ tag, attribs, text, mediaChildren }) => {
      if (tag === 'a') return attribs['href'] === undefined ? 'excludeTag' : false
      if (tag === 'img') return attribs['src'] === undefined
      return tag === 'p' && text.trim() === '' && mediaChildren.length === 0
    },
  }
}

function link(tagName: string, href: string | null): sanitize.Tag {
  return { tagName, attribs: href === null ? {} : { href, rel: linkRelation } }
}

function image(tagName: string, attributes: sanitize.Attributes, baseUrl: string): sanitize.Tag {
  const src = imageAddress(attributes, baseUrl)
  const alt = attributes['alt']
  return {
    tagName,
    attribs: src === null ? {} : { src, ...(alt === undefined ? {} : { alt }) },
  }
}

/** Pages that load images late keep the address in `data-src` and a placeholder in `src`. */
export function imageAddress(attributes: Readonly<Record<string, string>>, baseUrl: string): string | null {
  return (
    webAddress(attributes['src'], baseUrl) ??
    webAddress(attributes['data-src'], baseUrl) ??
    webAddress(attributes['data-original'], baseUrl)
  )
}

/** The absolute form of an address on the web; null for all that is none. */
export function webAddress(address: string | undefined, baseUrl: string): string | null {
  if (address === undefined || address.trim() === '' || !URL.canParse(address, baseUrl)) return null
  const url = new URL(address, baseUrl)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}
