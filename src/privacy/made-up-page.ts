import { type ChildNode, type Document, type Element, isComment, isText } from 'domhandler'
import { getOuterHTML, removeElement, textContent } from 'domutils'
import { elementsBelow } from '../extractors/elements.ts'
import { parseHtml } from '../extractors/page.ts'
import { cleanAuthors } from '../normalise/author.ts'
import { namesWith, replaceNames, type WantedNames } from './names-in-text.ts'
import { nameKey } from './privacy-key.ts'

/** First and family names of nobody; together they name 400 people. */
const firstNames =
  'Abel Bryn Cora Dorin Elke Fenna Goran Hedda Ivo Jorun Kasimir Levke Milo Nerea Odil Perla Quirin Runa Silvan Tove'
const familyNames =
  'Ashgrove Birkland Coldwell Dunmore Elderfen Foxholt Greyling Hartsund Inverlea Juniper Kestrel Larkspur Moorhen ' +
  'Northwick Oakhurst Pemberly Quillon Rushmere Sandvik Thornbury'

/** Someone's made-up name by number, the same in every page. */
export function madeUpName(number: number): string {
  const [first, family] = [firstNames.split(' '), familyNames.split(' ')]
  const round = Math.floor(number / first.length)
  const name = `${first[number % first.length]} ${family[(number + round) % family.length]}`
  const turn = Math.floor(number / (first.length * family.length))
  return turn === 0 ? name : `${name} ${turn + 1}`
}

export interface MadeUpOptions {
  /** Those who are named on the page: who wrote the article, its comments, and what they quote. */
  readonly names: readonly string[]
  /** Address of the page, which stays as it is. */
  readonly url: string
  /** Scripts other than data stay; where a comment platform is known by them alone. */
  readonly withScripts: boolean
}

/**
 * A page as it may be kept as a fixture: without scripts, styles, addresses of mailboxes, portraits, tokens and
 * numbers of readers; each name has the same made-up one wherever it stands, in links and metadata too.
 */
export function madeUpPage(html: string, { names, url, withScripts }: MadeUpOptions): string {
  const document = parseHtml(html)
  const all = [...names, ...markedNames(document)]
  const wanted = { inText: namesOf(all, false), inAddresses: namesOf(all, true) }
  const keys = new Set(all.map(nameKey))
  for (const node of nodesBelow(document)) {
    if (isText(node)) {
      node.data = isJsonData(node.parent)
        ? madeUpJson(node.data, url, wanted)
        : madeUpText(node.data, wanted.inText)
    } else if (isComment(node)) removeElement(node)
    else if (isTag(node)) {
      if (isUnwanted(node, withScripts)) removeElement(node)
      else {
        if (node.name === 'a' && keys.has(nameKey(textContent(node)))) hideProfile(node, url)
        cleanAttributes(node, url, wanted)
      }
    }
  }
  return getOuterHTML(document, { encodeEntities: 'utf8' }).replaceAll(/\n\s*\n/g, '\n')
}

const isTag = (node: ChildNode): node is Element => 'attribs' in node

/** Before anything is taken away. */
function nodesBelow(document: Document): ChildNode[] {
  return [document, ...elementsBelow(document)].flatMap(({ children }) => children)
}

/** Those whom the markup calls writers, though extraction may pass over them; not `admin`, who is nobody. */
function markedNames(document: Document): string[] {
  const marked = elementsBelow(document).flatMap((element) => {
    const { name, attribs } = element
    if (name === 'meta') return attribs['name']?.toLowerCase() === 'author' ? [attribs['content'] ?? ''] : []
    const isMarked = hasWord(attribs['rel'], 'author') || hasWord(attribs['class'], 'fn')
    const text = isMarked ? textContent(element).trim() : ''
    return text.split(/\s+/).length <= MOST_NAME_WORDS ? [text] : []
  })
  return cleanAuthors(marked)
}

const MOST_NAME_WORDS = 4

const hasWord = (value: string | undefined, word: string): boolean =>
  value?.split(/\s+/).includes(word) ?? false

/** A link from someone's name to a page elsewhere is that person's own. */
function hideProfile({ attribs }: Element, url: string): void {
  const { href } = attribs
  const target = href === undefined ? null : URL.parse(href, url)
  if (target !== null && target.host !== new URL(url).host) attribs['href'] = 'https://someone.example/'
}

/** What takes the place of the names, among words and in addresses, which hold no spaces. */
interface MadeUpNames {
  readonly inText: WantedNames
  readonly inAddresses: WantedNames
}

/** The names in the forms in which pages write them: as they are, and as addresses do. */
function namesOf(names: readonly string[], inAddresses: boolean): WantedNames {
  const distinct = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))]
  const forms = distinct.flatMap((name, index) => {
    const madeUp = madeUpName(index)
    return [
      ...['-', '_', '.', ''].map((joint) => [slug(name, joint), slug(madeUp, joint || '-')] as const),
      [name, inAddresses ? slug(madeUp, '-') : madeUp] as const,
    ]
  })
  return namesWith(new Map(forms))
}

const slug = (name: string, joint: string): string =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(joint)

const mailbox = /(?<![\w.+-])[\w.+-]+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g

const madeUpText = (text: string, names: WantedNames): string =>
  replaceNames(text.replaceAll(mailbox, 'someone@example.org'), names)

const madeUpValue = (value: string, { inText, inAddresses }: MadeUpNames): string =>
  madeUpText(value, /^(?:https?:|mailto:|\.{0,2}\/|#|\?)/.test(value) ? inAddresses : inText)

/** Data that is no JSON is of no use to any extractor. */
function madeUpJson(text: string, url: string, names: MadeUpNames): string {
  try {
    const data: unknown = JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' && !value.startsWith(url) ? madeUpValue(value, names) : value,
    )
    return JSON.stringify(data).replaceAll('<', String.raw`\u003c`)
  } catch (cause) {
    if (cause instanceof SyntaxError) return ''
    throw cause
  }
}

function isJsonData(node: ChildNode['parent']): boolean {
  return (
    node !== null && 'attribs' in node && node.name === 'script' && /json/.test(node.attribs['type'] ?? '')
  )
}

function isUnwanted(element: Element, withScripts: boolean): boolean {
  const { name, attribs } = element
  if (name === 'script') return !isData(attribs) && !withScripts
  if (name === 'meta')
    return /verification|csrf|token|nonce|fb:/i.test(attribs['name'] ?? attribs['property'] ?? '')
  if (name === 'input') return /nonce|token|csrf|_wp/i.test(attribs['name'] ?? '')
  if (name === 'link') return /stylesheet|preload|prefetch|preconnect|icon/i.test(attribs['rel'] ?? '')
  return name === 'style' || name === 'svg'
}

const isData = ({ type = '' }: Element['attribs']): boolean => /json/.test(type)

const personal =
  /^(?:on|data-cfemail$|nonce$|style$|srcset$)|(?:user|author|member|visitor).{0,60}id$|avatar/i
const portrait = /avatar|gravatar|userpic|\/foto/i
/** What the page is built by, and never a name. */
const structural = new Set([
  'id',
  'type',
  'rel',
  'lang',
  'charset',
  'http-equiv',
  'datetime',
  'name',
  'property',
])

function cleanAttributes({ name, attribs }: Element, url: string, names: MadeUpNames): void {
  for (const [attribute, value] of Object.entries(attribs)) {
    if (personal.test(attribute) || (name === 'img' && portrait.test(value))) delete attribs[attribute]
    else if (attribute === 'class')
      attribs[attribute] = value.replaceAll(/(?<=\bauthor-|\buser-)\S+/g, (word) =>
        madeUpText(word, names.inAddresses),
      )
    else if (!structural.has(attribute) && !value.startsWith(url))
      attribs[attribute] = madeUpValue(value, names)
  }
}
