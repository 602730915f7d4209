import { escapeHtml } from './markup.ts'

/**
 * What WordPress makes of straight quotation marks, dots and hyphens before it shows a text.
 * A sketch of the rules that our own texts can meet, not of all.
 */
export function texturize(text: string): string {
  return text
    .replaceAll('...', '…')
    .replace(/(^|[\s([])"/g, '$1“')
    .replaceAll('"', '”')
    .replace(/(^|[\s([])'/g, '$1‘')
    .replaceAll("'", '’')
    .replaceAll(' - ', ' – ')
}

/** Text as WordPress prints it: texturized, with numeric references for what it put in and for `&`. */
export function printText(text: string): string {
  return escapeHtml(texturize(text))
    .replaceAll('&amp;', '&#038;')
    .replace(/[‘’“”–…]/g, (character) => `&#${character.codePointAt(0)};`)
}

/** Paragraphs with `<br />` for single line breaks. */
export function printParagraphs(paragraphs: readonly string[]): string {
  return paragraphs
    .map((paragraph) => `<p>${printText(paragraph).replaceAll('\n', '<br />\n')}</p>`)
    .join('\n')
}
