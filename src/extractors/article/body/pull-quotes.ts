import type { Block } from '../page-outline.ts'
import { marks, type PassageTree } from './passage-tree.ts'
import { passageText } from './passage-words.ts'

const setOff = marks.quote | marks.figure | marks.aside
const columns = { least: 25, most: 400 }
/** More of them are the text itself. */
const mostQuotes = 30

/**
 * Gives up sentences that the page sets off in large letters and that its text says as well.
 * @param kept 1 by the index of a passage's block where it was judged to belong to the article; changed.
 */
export function giveUpPullQuotes({ passages, marks: marksOf }: PassageTree, kept: Uint8Array): void {
  const isSetOff = ({ index }: Block): boolean => ((marksOf[index] ?? 0) & setOff) !== 0
  const all = passages.filter(({ index }) => kept[index] === 1)
  const quotes = all.filter(
    (passage) => isSetOff(passage) && passage.flowText >= columns.least && passage.flowText <= columns.most,
  )
  if (quotes.length === 0 || quotes.length > mostQuotes) return
  const text = all
    .filter((passage) => passage.flowText >= columns.least && !isSetOff(passage))
    .map((passage) => plain(passageText(passage)))
    .join('\n')
  for (const quote of quotes) if (text.includes(plain(passageText(quote)))) kept[quote.index] = 0
}

/** Without what differs between a sentence and its repetition: white space, and quotation marks around it. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[^\p{L}\p{N}]{1,9}$/u, '')
