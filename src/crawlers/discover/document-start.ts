import { cleanLine } from '../../normalise/text.ts'

export interface DocumentStart {
  readonly kind: 'xml' | 'html' | 'json' | 'text' | 'empty'
  /** The document from its root element on: no byte order mark, declaration, DOCTYPE or comments. */
  readonly rest: string
  /** For messages: 'an HTML page ("Not found")'. */
  readonly saw: string
}

const htmlTags = /^<(?:html|head|body|title|meta|script|style)[\s/>]/i

/** Tells by its first characters what a document is, whatever its headers or file name say. */
export function startOfDocument(text: string): DocumentStart {
  const rest = text.slice(endOfProlog(text))
  if (rest === '') return { kind: 'empty', rest, saw: 'nothing' }
  if (htmlTags.test(rest)) return { kind: 'html', rest, saw: `an HTML page${quotedTitle(rest)}` }
  if (rest.startsWith('{') || rest.startsWith('[')) return { kind: 'json', rest, saw: 'JSON of another kind' }
  const element = /^<([\w:.-]{1,100})/.exec(rest)?.[1]
  if (element !== undefined) return { kind: 'xml', rest, saw: `an XML document of <${element}>` }
  return { kind: 'text', rest, saw: `text that begins with "${cleanLine(rest.slice(0, 40)) ?? ''}"` }
}

const prologItems = [
  { start: /^<\?/, end: /\?>/g },
  { start: /^<!--/, end: /-->/g },
  { start: /^<!doctype[^>[]*\[/i, end: /\]\s*>/g },
  { start: /^<!doctype/i, end: />/g },
] as const

/** Index of the root element; each item of the prolog is passed over once, without reading into it. */
function endOfProlog(text: string): number {
  let index = skipSpace(text, 0)
  for (;;) {
    const head = text.slice(index, index + 1_000)
    const item = prologItems.find(({ start }) => start.test(head))
    if (item === undefined) return index
    item.end.lastIndex = index
    if (!item.end.test(text)) return index
    index = skipSpace(text, item.end.lastIndex)
  }
}

function skipSpace(text: string, index: number): number {
  const nextWord = /[^\s\uFEFF]/g
  nextWord.lastIndex = index
  return nextWord.exec(text)?.index ?? text.length
}

function quotedTitle(html: string): string {
  const title = cleanLine(/<title[^>]{0,200}>([^<]{1,500})/i.exec(html.slice(0, 100_000))?.[1], 80)
  return title === null ? '' : ` ("${title}")`
}
