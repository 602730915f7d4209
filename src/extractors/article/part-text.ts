import { getOuterHTML } from 'domutils'
import { asCharacters, htmlToText } from '../../normalise/html.ts'
import { parseHtml } from '../page.ts'
import type { Body } from './body/clean-body.ts'
import { longParagraphs, paragraphBreak } from './joined-text.ts'

const mostRepeated = 0.5

/**
 * What a later part adds to the text that is held. Leads and notes on the author that are printed on every part
 * are left out at its begin and end; what repeats most of the text is no further part, and adds nothing.
 */
export function newTextOf(part: Body, held: string): Body {
  const known = longParagraphs(held)
  const paragraphs = part.text.split(paragraphBreak)
  const repeated = paragraphs.filter((paragraph) => known.has(paragraph))
  if (repeated.length === 0) return part
  if (lengthOf(repeated) >= mostRepeated * part.text.length) return { text: '', html: '' }
  const isKnown = (text: string): boolean => known.has(text)
  const { children } = parseHtml(part.html)
  const kept = withoutEnds(
    [...children].map((node) => ({ node, text: htmlToText([node]) })),
    ({ text }) => isKnown(text),
  )
  return {
    text: withoutEnds(paragraphs, isKnown).join(paragraphBreak),
    html: kept.map(({ node }) => getOuterHTML(node, asCharacters)).join(''),
  }
}

const lengthOf = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, { length }) => sum + length, 0)

function withoutEnds<Item>(items: readonly Item[], isLeftOut: (item: Item) => boolean): Item[] {
  const first = items.findIndex((item) => !isLeftOut(item))
  const last = items.findLastIndex((item) => !isLeftOut(item))
  return first < 0 ? [] : items.slice(first, last + 1)
}
