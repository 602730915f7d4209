import { parseDocument } from 'htmlparser2'
import { htmlToText } from '../../normalise/html.ts'

/** One object of a JSON-LD block; its members are not known to be of any type. */
export type LinkedNode = Readonly<Record<string, unknown>>

/** All nodes of a page's JSON-LD, and a way to follow `@id` references between them. */
export interface LinkedGraph {
  readonly nodes: readonly LinkedNode[]
  /** The node that a value is or refers to. */
  readonly resolve: (value: unknown) => LinkedNode | null
}

const mostNodes = 2_000
const deepestValue = 5
const nestedMembers = [
  '@graph',
  'mainEntity',
  'mainEntityOfPage',
  'itemReviewed',
  'hasPart',
  'liveBlogUpdate',
]
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Reads the contents of a page's `application/ld+json` scripts. Newsroom software often writes what no JSON
 * parser takes: raw line breaks in strings, unescaped quotes, commas before a closing bracket, comment and
 * CDATA marks, several values in one block. Such blocks are mended; what stays unreadable is left out.
 */
export function readJsonLd(scripts: readonly string[]): LinkedGraph {
  const nodes: LinkedNode[] = []
  const byId = new Map<string, LinkedNode>()
  const ahead: unknown[] = scripts.flatMap(parseTolerantly).toReversed()
  for (let visited = 0; ahead.length > 0 && visited < mostNodes; visited++) {
    const value = ahead.pop()
    if (Array.isArray(value)) ahead.push(...value.slice(0, mostNodes).toReversed())
    if (!isNode(value)) continue
    nodes.push(value)
    const id = value['@id']
    if (typeof id === 'string' && Object.keys(value).length > 1 && !byId.has(id)) byId.set(id, value)
    for (const member of nestedMembers) if (typeof value[member] === 'object') ahead.push(value[member])
  }
  const resolve = (value: unknown): LinkedNode | null => {
    const node: unknown = Array.isArray(value) ? value[0] : value
    if (!isNode(node)) return null
    const id = node['@id']
    return typeof id === 'string' && Object.keys(node).length === 1 ? (byId.get(id) ?? node) : node
  }
  return { nodes, resolve }
}

const isNode = (value: unknown): value is LinkedNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The types of a node without their vocabulary: `NewsArticle`. */
export function typesOf(node: LinkedNode): string[] {
  const type = node['@type']
  return (Array.isArray(type) ? type : [type])
    .filter((name): name is string => typeof name === 'string')
    .map((name) => name.replace(/^.*[/:#]/, ''))
}

/** The text of a member: markup and entities, which do not belong into JSON-LD but are common, are read. */
export function textOfMember(value: unknown): string | null {
  let raw: unknown = Array.isArray(value) ? value[0] : value
  for (let depth = 0; depth < deepestValue && isNode(raw); depth++) raw = raw['@value'] ?? raw['name']
  if (typeof raw === 'number') return String(raw)
  if (typeof raw !== 'string' || raw.trim() === '') return null
  return /[&<]/.test(raw) ? htmlToText(parseDocument(raw.replaceAll('\n', '<br>')).children) : raw
}

function parseTolerantly(script: string): unknown[] {
  const text = withoutWrapping(script)
  const asIs = tryParse(text)
  if (asIs !== undefined) return [asIs]
  const mended = splitValues(mend(text.startsWith('{&quot;') ? decodeQuotes(text) : text))
  return mended.map(tryParse).filter((value) => value !== undefined)
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function withoutWrapping(script: string): string {
  const bare = script.replace('<![CDATA[', '').replace(']]>', '')
  const start = bare.search(/[[{]/)
  const end = Math.max(bare.lastIndexOf('}'), bare.lastIndexOf(']'))
  return start < 0 || end < start ? '' : bare.slice(start, end + 1)
}

const decodeQuotes = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** One pass over the characters, which knows only whether it is inside a string. */
function mend(text: string): string {
  const parts: string[] = []
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (!isInString) {
      if (character === ',' && /[}\]]/.test(nextVisible(text, index + 1))) continue
      isInString = character === '"'
      parts.push(character)
    } else if (character === '\\') {
      index++
      parts.push(mendEscape(text.charAt(index)))
    } else if (character === '"' && /[,:}\]]|^$/.test(nextVisible(text, index + 1))) {
      isInString = false
      parts.push(character)
    } else {
      parts.push(character === '"' ? '\\"' : character < ' ' ? (escapes[character] ?? ' ') : character)
    }
  }
  return parts.join('')
}

const mendEscape = (character: string): string =>
  /["\\/bfnrtu]/.test(character) ? `\\${character}` : character

function nextVisible(text: string, from: number): string {
  let index = from
  while (index < text.length && text.charCodeAt(index) <= 32) index++
  return text.charAt(index)
}

/** Cuts a text at the end of each outermost object or array. */
function splitValues(text: string): string[] {
  const values: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: token, index } of text.matchAll(stringsAndBrackets)) {
    if (token === '{' || token === '[') {
      if (depth === 0) start = index
      depth++
    } else if (token === '}' || token === ']') {
      depth--
      if (depth === 0) values.push(text.slice(start, index + 1))
      if (depth < 0) depth = 0
    }
  }
  return values
}

const stringsAndBrackets = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g
