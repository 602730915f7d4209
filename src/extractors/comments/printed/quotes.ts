import { type AnyNode, Element } from 'domhandler'
import { replaceElement } from 'domutils'
import { cleanLine } from '../../../normalise/text.ts'
import { selector } from '../../selector.ts'
import { detach, lineOf } from '../nodes.ts'
import type { PrintedForm } from './form.ts'

const saying =
  'said|says|wrote|schrieb|sagte|meinte|a dit|a écrit|escribió|dijo|ha scritto|ha detto|schreef|zei|disse|escreveu|napisała?|skrev|написала?|писала?|сказала?'

/** "Ann Lee said:", "Ann Lee wrote: ↑". */
const ending = new RegExp(`(?:(?<!\\p{L})(?:${saying}))?[\\s:↑]*$`, 'iu')

/** "Ann Lee wrote: ↑Sat Feb 24, 2024": what follows tells of the quoted comment. */
const saidThen = new RegExp(`\\s(?:${saying})\\s?[:↑].*$`, 'iu')

/** "Originally posted by Ann Lee", "Quote from: Ann Lee", "On 5/3/2024 at 7:02 PM, Ann Lee said:". */
const introduction =
  /^\s?(?:(?:quote|zitat|цитата)(?!\p{L})\s?(?:(?:from|von|от)(?!\p{L}))?\s?:?\s?)?(?:(?:originally )?posted by(?!\p{L})\s?|on \d[^,]{0,30}(?:, [^,]{0,20})?(?:\d|[ap]m), )?/iu
/** "(03-05-2024, 07:02 PM) Ann Lee wrote:" */
const datedBefore = /^\s?\([^()]{0,40}\d[^()]{0,40}\)\s?/u
const dated = /\s(?:on|am|le|wrote on)\s(?=\D{0,12}\d).*$/iu

const inside = selector('blockquote')

/** Makes every box of a quote a `<blockquote>` with the quoted writer's name, as `readBody` takes them. */
export function markQuotes(body: Element, quotes: NonNullable<PrintedForm['quotes']>): void {
  const marked = new Set<AnyNode>()
  for (const box of quotes.boxes.all(body).toReversed()) {
    for (const inner of inside.all(box)) if (!marked.has(inner)) inner.name = 'div'
    const heads = quotes.heads.all(box)
    const author =
      box.attribs['data-quote'] ??
      box.attribs['data-ipsquote-username'] ??
      box.attribs['data-username'] ??
      nameIn(heads)
    const id = quotedId(box, heads)
    detach(heads)
    const quote = new Element(
      'blockquote',
      {
        ...(author === null ? {} : { 'data-author': author }),
        ...(id === null ? {} : { 'data-ref': id }),
      },
      box.children,
    )
    for (const child of box.children) child.parent = quote
    marked.add(quote)
    replaceElement(box, quote)
  }
}

/** The first of the lines above a quote that says more than that it is one. */
function nameIn(heads: readonly Element[]): string | null {
  for (const head of heads) {
    const line = lineOf(head)
      ?.replace(datedBefore, '')
      .replace(introduction, '')
      .replace(saidThen, '')
      .replace(ending, '')
      .replace(dated, '')
      .replace(ending, '')
    const name = cleanLine(line)
    if (name !== null) return name
  }
  return null
}

const numberAtEnd = /(?:post[:=\s-]*|[#&?;]p=?|findComment&comment=|msg)(\d+)/i

function quotedId({ attribs }: Element, heads: readonly Element[]): string | null {
  const named = attribs['data-source'] ?? attribs['data-ipsquote-contentcommentid']
  if (named !== undefined) return /^(?:post:\s*)?(\d+)$/.exec(named)?.[1] ?? null
  for (const head of heads) {
    for (const child of head.children) {
      const href = 'attribs' in child ? child.attribs['href'] : undefined
      const id = numberAtEnd.exec(href ?? '')?.[1]
      if (id !== undefined) return id
    }
  }
  return null
}
