import { type ChildNode, isTag } from 'domhandler'
import { htmlToText } from '../../../normalise/html.ts'
import { textOf } from '../element-text.ts'
import { type MetaLine, metaLineOf } from '../meta-line.ts'

const sentenceLength = 80
const longestMeta = 300
const lineTags = new Set(['p', 'ul', 'ol', 'dl', 'table'])

/** Leaves out paragraphs and lists of nothing but counts and ages, and author and date above or under the text. */
export function withoutMetaLines(paragraphs: readonly ChildNode[]): ChildNode[] {
  const texts = paragraphs.map((node) => (isTag(node) ? textOf(node).trim() : ''))
  const isProse = (text: string): boolean =>
    text.length >= sentenceLength && (!mayBeMeta(text) || metaLineOf(text) === null)
  const first = texts.findIndex(isProse)
  const last = texts.findLastIndex(isProse)
  return paragraphs.filter((node, index) => {
    const kind = mayBeMeta(texts[index] ?? '') ? metaKind(node) : null
    return kind === null || (kind === 'byline' && index >= first && index <= last)
  })
}

/** Longer lines are of a date, an age or a count only when they hold a number. */
const mayBeMeta = (text: string): boolean =>
  text.length <= longestMeta && (text.length < sentenceLength || /\p{Nd}/u.test(text))

function metaKind(node: ChildNode): MetaLine | null {
  if (!isTag(node) || !lineTags.has(node.name)) return null
  let found: MetaLine | null = null
  for (const line of htmlToText(node).split('\n')) {
    if (line === '') continue
    const kind = metaLineOf(line)
    if (kind === null) return null
    if (found !== 'volatile') found = kind
  }
  return found
}
