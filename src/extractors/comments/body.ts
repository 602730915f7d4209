import { type AnyNode, type Element, isTag, type ParentNode, Text } from 'domhandler'
import { getOuterHTML } from 'domutils'
import { asCharacters, htmlToText, plainMarkup, sanitiseHtml } from '../../normalise/html.ts'
import { contentHash } from '../../normalise/fingerprint.ts'
import { cleanLine, cleanText, maxTextLength } from '../../normalise/text.ts'
import { parseHtml } from '../page.ts'
import { selector } from '../selector.ts'
import { descendants } from './nodes.ts'
import type { Comment, Quote } from './platform.ts'

const smileyMarks = /smil(?:ey|ies|e)|emoticon|emoji/i
const commentReference = /#(?:div-)?comment-(?:id-)?(\d+)$/

/**
 * A comment's own words, apart from what it quotes. Quotes are the `<blockquote>`s of `content`, with
 * `data-author` and `data-ref` where the platform found them; a quote within a quote follows the outer
 * one and is left out of its text. A comment that is one unattributed quote and nothing else is taken
 * as its writer's words. Changes `content`.
 */
export function readBody(
  content: Element,
  baseUrl: string,
): Pick<Comment, 'bodyText' | 'bodyHtml' | 'quotes' | 'wholeHash'> {
  replaceSmileys(content)
  const bodyHtml =
    plainMarkup(content, baseUrl) ?? sanitiseHtml(getOuterHTML(content.children, asCharacters), baseUrl)
  const quotes = takeQuotes(content)
  const bodyText = htmlToText(content.children, { maxLength: Number.POSITIVE_INFINITY })
  if (bodyText.length > maxTextLength) {
    return { bodyText: cleanText(bodyText), wholeHash: contentHash([bodyText]), bodyHtml, quotes }
  }
  const [only] = quotes
  if (bodyText === '' && quotes.length === 1 && only?.author === null && only.nativeId === null) {
    return { bodyText: only.text, bodyHtml, quotes: [] }
  }
  return { bodyText, bodyHtml, quotes }
}

const boxes = selector('div')

/** As `readBody`, for a platform that gives a comment's HTML apart from any page. */
export function readBodyHtml(html: string, baseUrl: string): ReturnType<typeof readBody> {
  const content = boxes.first(parseHtml(`<div>${html.toWellFormed()}</div>`))
  return content === null ? { bodyText: '', bodyHtml: '', quotes: [] } : readBody(content, baseUrl)
}

/** Smileys are words, other images are not: each gives way to its `alt`. */
function replaceSmileys(content: Element): void {
  const parents = new Set<ParentNode>()
  for (const node of descendants(content)) {
    if (isSmiley(node) && node.parent !== null) parents.add(node.parent)
  }
  for (const parent of parents) {
    const children = parent.children.map((node) =>
      isSmiley(node) ? new Text(node.attribs['alt'] ?? '') : node,
    )
    for (const [index, node] of children.entries()) {
      node.parent = parent
      node.prev = children[index - 1] ?? null
      node.next = children[index + 1] ?? null
    }
    parent.children = children
  }
}

function isSmiley(node: AnyNode): node is Element {
  if (!isTag(node) || node.name !== 'img') return false
  const { class: names = '', src = '' } = node.attribs
  return smileyMarks.test(names) || smileyMarks.test(src)
}

/**
 * Inner quotes are taken out first, so that an outer one is left with its own words. An empty box stays
 * in a quote's place: the words before and after it stand apart.
 */
function takeQuotes(content: Element): Quote[] {
  const found = [...descendants(content)].filter((node) => isTag(node) && node.name === 'blockquote')
  const quotes: Quote[] = []
  for (const node of found.toReversed()) {
    if (!isTag(node)) continue
    const text = htmlToText(node.children)
    if (text !== '') quotes.push({ author: quotedAuthor(node), text, nativeId: quotedId(node) })
    // Where it stands, for finding its place among its brothers takes time with their number.
    node.name = 'div'
    node.children = []
  }
  return quotes.toReversed()
}

function quotedAuthor(quote: Element): string | null {
  return cleanLine(quote.attribs['data-author'])
}

function quotedId(quote: Element): string | null {
  return quote.attribs['data-ref'] ?? commentReference.exec(quote.attribs['cite'] ?? '')?.[1] ?? null
}
