import { Element, Text } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { asCharacters, sanitiseHtml } from '../../../normalise/html.ts'
import { cleanText } from '../../../normalise/text.ts'
import type { Body } from './clean-body.ts'

/** A body made of the text that structured data carries, for pages whose markup holds none. */
export function bodyOfText(raw: string, baseUrl: string): Body {
  const text = cleanText(raw)
  const paragraphs = text.split(/\n+/).filter((line) => line !== '')
  const html = paragraphs
    .map((paragraph) => getOuterHTML(new Element('p', {}, [new Text(paragraph)]), asCharacters))
    .join('')
  return { text: paragraphs.join('\n\n'), html: sanitiseHtml(html, baseUrl) }
}
