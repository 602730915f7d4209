import { htmlToText } from '../../../normalise/html.ts'
import { parseHtml } from '../../page.ts'
import { parseTolerantly } from './mend-json.ts'

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
/** Characters of markup that are read of one member: twice the longest text that is kept. */
const longestText = 2_000_000
const nestedMembers = [
  '@graph',
  'mainEntity',
  'mainEntityOfPage',
  'itemReviewed',
  'hasPart',
  'liveBlogUpdate',
]

/**
 * Reads the contents of a page's `application/ld+json` scripts. Newsroom software often writes what no JSON
 * parser takes; such blocks are mended, and what stays unreadable is left out.
 */
export function readJsonLd(scripts: readonly string[]): LinkedGraph {
  const nodes = [...nodesOf(scripts)]
  const byId = new Map<string, LinkedNode>()
  for (const node of nodes) {
    const id = node['@id']
    if (typeof id === 'string' && Object.keys(node).length > 1 && !byId.has(id)) byId.set(id, node)
  }
  const resolve = (value: unknown): LinkedNode | null => {
    const node: unknown = Array.isArray(value) ? value[0] : value
    if (!isNode(node)) return null
    const id = node['@id']
    return typeof id === 'string' && Object.keys(node).length === 1 ? (byId.get(id) ?? node) : node
  }
  return { nodes, resolve }
}

/** In page order; a script is read only when those before it left room. */
function* nodesOf(scripts: readonly string[]): Generator<LinkedNode> {
  let visited = 0
  for (const script of scripts) {
    const ahead = parseTolerantly(script).slice(0, mostNodes).toReversed()
    while (ahead.length > 0) {
      if (visited++ >= mostNodes) return
      const value = ahead.pop()
      if (Array.isArray(value)) ahead.push(...value.slice(0, mostNodes).toReversed())
      if (!isNode(value)) continue
      yield value
      for (const member of nestedMembers) if (typeof value[member] === 'object') ahead.push(value[member])
    }
  }
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
  return /[&<]/.test(raw)
    ? htmlToText(parseHtml(raw.slice(0, longestText).replaceAll('\n', '<br>')).children)
    : raw
}
