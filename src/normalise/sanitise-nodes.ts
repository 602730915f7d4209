import type { ChildNode } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { asCharacters } from './html.ts'
import { plainMarkupOf } from './plain-markup.ts'
import { safeHtml } from './sanitise.ts'
import { storableCharacters } from './text.ts'

/** What the sanitiser leaves out costs it time with the length of all before. */
const longPiece = 50_000

/** What `sanitiseHtml` makes of nodes; only those that are not plain are written and parsed for it. */
export function sanitiseNodes(nodes: readonly ChildNode[], baseUrl: string): string {
  let html = ''
  let waiting = ''
  for (const node of nodes) {
    const plain = plainMarkupOf(node, baseUrl)
    if (plain === null) waiting += getOuterHTML(node, asCharacters)
    if (waiting !== '' && (plain !== null || waiting.length >= longPiece)) {
      html += safeHtml(waiting, baseUrl)
      waiting = ''
    }
    html += plain ?? ''
  }
  if (waiting !== '') html += safeHtml(waiting, baseUrl)
  return storableCharacters(html).trim()
}
