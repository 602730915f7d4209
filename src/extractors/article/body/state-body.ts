import type { Element } from 'domhandler'
import { htmlToText } from '../../../normalise/html.ts'
import { parseHtml } from '../../page.ts'
import { deepestState, headlinesOf, isHeadlined, statesIn } from '../script-state.ts'

const proseLength = 40
const leastText = 200
/** A list beside the page's own headline is likelier its text than a longer one elsewhere. */
const headlineBonus = 4

const textKeys = new Set(
  'text html content contents value body paragraph data children nodes blocks paragraphs raw'.split(' '),
)

interface Candidate {
  readonly paragraphs: readonly string[]
  readonly points: number
}

/**
 * The article's text from the state that a framework leaves in the page for its scripts (Next.js, Nuxt and others),
 * for pages whose markup holds none: the list of paragraphs, or the one long text, with the most sentences, best beside
 * the headline. Null when there is none.
 */
export function readStateBody(scripts: readonly Element[], title: string | null): string | null {
  const headlines = headlinesOf([title])
  let best: Candidate = { paragraphs: [], points: 0 }
  for (const state of statesIn(scripts)) {
    const found = bestWithin(state, { headlines, bonus: 1, depth: 0 })
    if (found.points > best.points) best = found
  }
  const text = best.paragraphs.join('\n\n')
  return text.length >= leastText ? text : null
}

interface Place {
  readonly headlines: ReadonlySet<string>
  readonly bonus: number
  readonly depth: number
}

function bestWithin(value: object, place: Place): Candidate {
  const bonus = isHeadlined(value, place.headlines) ? headlineBonus : place.bonus
  let best = candidateOf(value, bonus)
  if (place.depth >= deepestState) return best
  for (const child of Object.values(value)) {
    if (child === null || typeof child !== 'object') continue
    const found = bestWithin(child, { headlines: place.headlines, bonus, depth: place.depth + 1 })
    if (found.points > best.points) best = found
  }
  return best
}

/** A list of paragraphs, or the longest text of an object. */
function candidateOf(value: object, bonus: number): Candidate {
  const paragraphs = Array.isArray(value)
    ? value.map((element) => textIn(element, 0).trim()).filter(isProse)
    : longestOf(Object.values(value).filter((own) => typeof own === 'string')).split(/\n+/)
  const points = paragraphs.filter(isProse).reduce((sum, { length }) => sum + length, 0) * bonus
  return { paragraphs: paragraphs.filter((paragraph) => paragraph.trim() !== ''), points }
}

function longestOf(texts: readonly string[]): string {
  const longest = texts.reduce((best, text) => (text.length > best.length && isProse(text) ? text : best), '')
  return plainText(longest)
}

/** What an element of a list says: its own text, or that of its parts, in order. */
function textIn(element: unknown, depth: number): string {
  if (typeof element === 'string') return plainText(element)
  if (element === null || typeof element !== 'object' || depth > deepestState) return ''
  if (Array.isArray(element)) return element.map((part) => textIn(part, depth + 1)).join('')
  for (const [key, part] of Object.entries(element)) {
    const text = textKeys.has(key) ? textIn(part, depth + 1) : ''
    if (text !== '') return text
  }
  return ''
}

const plainText = (text: string): string => (/[<&]/.test(text) ? htmlToText(parseHtml(text).children) : text)

/** Words with spaces between them, or a script without; no address, no code. */
const isProse = (text: string): boolean =>
  text.length >= proseLength &&
  (/\S\s+\S+\s+\S/.test(text) || /[\u3040-\u30ff\u4e00-\u9fff]{8}/.test(text)) &&
  !/^(?:https?:|\/|[{[])/.test(text)
