import type { AnyNode, ChildNode, Element } from 'domhandler'
import { isElement, isWords } from '../extractors/elements.ts'
import { imageAddress, linkRelation, webAddress } from './sanitise.ts'
import { storableCharacters } from './text.ts'

/** Boxes whose text is written as it reads; what stands in `<noscript>` and its like is not. */
const boxes: ReadonlySet<string> = new Set('div section article span p td dd li blockquote'.split(' '))

/** What elements are written as; those of the empty name leave their content only. */
const writtenAs: ReadonlyMap<string, string> = new Map([
  ...'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd figure figcaption a em strong code br hr img'
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ...Object.entries({ b: 'strong', i: 'em', cite: 'em', kbd: 'code', samp: 'code', tt: 'code' }),
  ...'span font small big u s strike sub sup mark abbr acronym time data var q del ins bdi bdo label nobr dfn picture source wbr'
    .split(' ')
    .map((name): [string, string] => [name, '']),
])

const endsParagraph = 'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl figure figcaption hr'.split(' ')
/** Elements that end where one of these begins in them: read again, such a tree is another. */
const endings: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['p', new Set(endsParagraph)],
  ['li', new Set(['li'])],
  ['dt', new Set(['dt', 'dd'])],
  ['dd', new Set(['dt', 'dd'])],
])

const voidNames: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'source', 'wbr'])

const keptNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['blockquote', ['data-author', 'data-ref']],
  ['ol', ['start']],
])

const deepest = 250

/** Written as a number, these are taken for other characters. */
const misread = /[\u0080-\u009F]/

/** An element whose content is being written. */
interface Open {
  readonly name: string
  readonly depth: number
  readonly baseUrl: string
  /** What would end it, or an element around it once its own tags are gone. */
  readonly endedBy: ReadonlySet<string> | undefined
  /** Words are told to the elements around, images only to the one that holds them. */
  holdsWords: boolean
  holdsImage: boolean
}

const openOutside = (baseUrl: string): Open => ({
  name: '',
  depth: 0,
  baseUrl,
  endedBy: undefined,
  holdsWords: false,
  holdsImage: false,
})

/**
 * What `sanitiseHtml` makes of the markup inside `box`, without writing and parsing it, for the most usual elements.
 * Nothing is copied from the page but text, escaped, and addresses on the web. Null when there is anything else.
 */
export function plainMarkup(box: Element, baseUrl: string): string | null {
  if (!boxes.has(box.name)) return null
  const html = contentMarkup(box.children, openOutside(baseUrl))
  return html === null ? null : storableCharacters(html).trim()
}

/** The same for one node as a part of something longer, with its white space and all its characters. */
export function plainMarkupOf(node: ChildNode, baseUrl: string): string | null {
  return nodeMarkup(node, openOutside(baseUrl))
}

function contentMarkup(nodes: readonly AnyNode[], around: Open): string | null {
  let html = ''
  for (const node of nodes) {
    const piece = nodeMarkup(node, around)
    if (piece === null) return null
    html += piece
  }
  return html
}

function nodeMarkup(node: AnyNode, around: Open): string | null {
  if (isWords(node)) return textMarkup(node.data, around)
  return isElement(node) ? elementMarkup(node, around) : null
}

function textMarkup(text: string, around: Open): string | null {
  if (!isCertain(text)) return null
  if (!around.holdsWords) around.holdsWords = text.trim() !== ''
  return escaped(text)
}

function elementMarkup(element: Element, around: Open): string | null {
  const { name, children } = element
  const tag = writtenAs.get(name)
  if (tag === undefined || isMisplaced(name, around)) return null
  if (voidNames.has(name)) return children.length > 0 ? null : voidMarkup(element, tag, around)
  const open = openWithin(around, name, tag)
  const content = contentMarkup(children, open)
  if (content === null) return null
  if (name === 'a') return linkMarkup(element, content, open, around)
  if (isEmptyParagraph(open)) return ''
  around.holdsWords ||= open.holdsWords
  if (tag === '') return content
  const attributes = keptAttributes(element)
  return attributes === null ? null : `<${tag}${attributes}>${content}</${tag}>`
}

const isMisplaced = (name: string, { depth, endedBy }: Open): boolean =>
  depth > deepest || endedBy?.has(name) === true

function openWithin({ depth, baseUrl, endedBy }: Open, name: string, tag: string): Open {
  const mayVanish = tag === '' || name === 'a'
  return {
    name,
    depth: depth + 1,
    baseUrl,
    endedBy: mayVanish ? endedBy : endings.get(name),
    holdsWords: false,
    holdsImage: false,
  }
}

const isEmptyParagraph = ({ name, holdsWords, holdsImage }: Open): boolean =>
  name === 'p' && !holdsWords && !holdsImage

/** The sanitiser does not count the words of a link that it takes away. */
function linkMarkup({ attribs }: Element, content: string, open: Open, around: Open): string {
  const href = webAddress(attribs['href'], around.baseUrl)
  if (href === null) return content
  around.holdsWords ||= open.holdsWords
  return `<a href="${quoted(href)}" rel="${linkRelation}">${content}</a>`
}

function voidMarkup({ attribs }: Element, tag: string, around: Open): string | null {
  if (tag !== 'img') return tag === '' ? '' : `<${tag} />`
  const src = imageAddress(attribs, around.baseUrl)
  if (src === null) return ''
  around.holdsImage = true
  const alt = attribs['alt']
  if (alt === undefined) return `<img src="${quoted(src)}" />`
  return isCertain(alt) ? `<img src="${quoted(src)}" alt="${quoted(alt)}" />` : null
}

function keptAttributes({ name, attribs }: Element): string | null {
  const names = keptNames.get(name)
  if (names === undefined) return ''
  let html = ''
  for (const [attribute, value] of Object.entries(attribs)) {
    if (!names.includes(attribute)) continue
    if (value === '' || !isCertain(value)) return null
    html += ` ${attribute}="${quoted(value)}"`
  }
  return html
}

const isCertain = (text: string): boolean => !misread.test(text) && text.isWellFormed()

const escaped = (text: string): string =>
  /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text

const quoted = (text: string): string => escaped(text).replaceAll('"', '&quot;')
