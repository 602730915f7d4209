import { type Element, isTag } from 'domhandler'
import { matchesOf } from '../../../normalise/matches.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { ownTextOf } from '../element-text.ts'
import { lineTextOf } from '../line-text.ts'
import type { Block } from '../page-outline.ts'
import { labelBefore } from './shown-date.ts'
import { isInTeaser, type Surroundings } from './surroundings.ts'

/** What stands in an element of its own before an author: `<dt>Written by</dt><dd>Ann Lee</dd>`. */
const bareLabel =
  /^(?:(?:(?:written|posted|published|authored|created|article|story|post|words|text)\s+)?by|authors?(?:\(s\))?|autor(?:en|in|es|a|i)?|auteurs?|autore|von|par|por|geschrieben\s+von|écrit\s+par|escrito\s+por|scritto\s+da|автор(?:ы)?|作者|记者|記者)\s?[:：]?$/iu
const longestLabel = 24
const longestLine = 300

/** Who helped, as said before a name; what says the author counts where it comes later. */
const helperLabel =
  /\b(?:review(?:ed)?|edited|editor|fact[ -]?check(?:ed|er)?|verified|contributions?|translat(?:ed|ion)|photos?|photograph(?:s|y|ed)|illustrat(?:ed|ions?)|geprüft|redigiert|übersetzt|relu|traduit|revisado|editado)(?:\s+(?:by|from|von|par|por))?\s?:?\s/giu
const authorLabel = /\b(?:(?<!(?:ed|er)\s)by|written|authors?|words|von|par|por|escrito|écrit)\b/giu
/** Class words of the boxes that helpers stand in. */
const helperNames =
  /(?:^|[\s_-])(?:experts?|reviewers?|reviewed(?:-?by)?|editors?|edited-?by|fact-?check\w*)(?:$|[\s_-])/
const highestBox = 3

/** Lines that stand after a label of their own: one, or those of a list. */
export function* linesAfterLabels(
  blocks: readonly Block[],
  page: Surroundings,
): Generator<string[], undefined> {
  for (const block of blocks) {
    if (block.ownText === 0 || block.ownText > longestLabel || block.isInLink) continue
    const label = cleanLine(ownTextOf(block.node))
    if (label === null || !bareLabel.test(label) || isInTeaser(block, page)) continue
    const after = elementAfter(block.node)
    if (after !== null) yield linesOf(after)
  }
}

/** The next element beside, or beside the parent that holds nothing but the label. */
function elementAfter(label: Element): Element | null {
  for (let node: Element | null = label, level = 0; node !== null && level < 2; level++) {
    let next = node.next
    while (next !== null && !(isTag(next) && next.name !== 'br')) next = next.next
    if (next !== null) return next
    const around: Element['parent'] = node.parent
    node = around !== null && isTag(around) && around.children.filter(isTag).length === 1 ? around : null
  }
  return null
}

function linesOf(element: Element): string[] {
  const items = /^[uo]l$/.test(element.name) ? element.children.filter(isTag).slice(0, 20) : [element]
  return items.map((item) => lineTextOf(item))
}

/** True for the name of one who reviewed, edited or pictured the article, as its line or box says. */
export function isHelper(name: Block, { blocks }: Surroundings): boolean {
  const line = blocks[name.flow]
  const before = line === undefined ? '' : `${labelBefore(line.node)} ${textBefore(name, line)}`
  const helper = lastIndexOf(helperLabel, before)
  if (helper >= 0) return helper > lastIndexOf(authorLabel, before)
  let around: Block | undefined = name
  for (let level = 0; around !== undefined && level < highestBox; level++) {
    if (helperNames.test(around.names)) return true
    around = blocks[around.parent]
  }
  return false
}

function textBefore(name: Block, line: Block): string {
  if (line.index === name.index || line.flowText > longestLine) return ''
  const text = lineTextOf(line.node)
  return text.slice(0, Math.max(0, text.indexOf(lineTextOf(name.node))))
}

const lastIndexOf = (pattern: RegExp, text: string): number =>
  [...matchesOf(pattern, text)].at(-1)?.index ?? -1
