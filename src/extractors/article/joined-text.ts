import type { Body } from './body/clean-body.ts'

/** Shorter paragraphs, such as "* * *", come again without being the same text. */
const shortParagraph = 40
const mostMissing = 0.2
export const paragraphBreak = '\n\n'

/** Puts the text of a later part behind what there is. */
export function joinBodies(first: Body, second: Body): Body {
  if (first.text === '' || second.text === '') return first.text === '' ? second : first
  return { text: first.text + paragraphBreak + second.text, html: first.html + second.html }
}

/** Whether a page that is said to show all parts does: it holds what the first part holds, and more. */
export function isWholeText(whole: string, first: string): boolean {
  const all = longParagraphs(whole)
  const wanted = longParagraphs(first)
  const missing = [...wanted].filter((paragraph) => !all.has(paragraph))
  return (
    whole.length > first.length && missing.length < wanted.size && missing.length <= wanted.size * mostMissing
  )
}

/** Paragraphs by which a text is known again. */
export function longParagraphs(text: string): Set<string> {
  return new Set(text.split(paragraphBreak).filter(({ length }) => length >= shortParagraph))
}
