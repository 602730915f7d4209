import { type AnyNode, type Element, isComment, isTag, isText, Text } from 'domhandler'
import { getInnerHTML, nextElementSibling, removeElement, replaceElement } from 'domutils'
import { parseHtml } from '../../../page.ts'
import { descendants, hasClass, lineOf } from '../../nodes.ts'

const quoteBegin = /^\s*QuoteBegin\b/
const smiley = /^\s*smile:/
const quoteTitles = ['title_quote', 'titlequote', 'quote_title']
const quoteBoxes = ['quote', 'quote_body', 'text_quote']
const hiddenNotice =
  /нет прав для просмотра скрытого текста|скритого тексту|(?:see|view) (?:this )?hidden text/i
const quoteLabel = /^(?:цитата|цитирую|quote|zitat|citation|cita|alıntı|نقل قول)\s*:?\s*/iu
const quoteVerb =
  /(?:(?<!\s)\s+)?(?:писала?\(?а?\)?|написала?\(?а?\)?|сказала?\(?а?\)?|wrote|said)\s*:?.*$/isu

/**
 * Turns the engine's own markup in a comment's body into plain HTML: quotes become `<blockquote>` with
 * `data-author` and `data-ref`, smileys their words, counted links the addresses they lead to; the box
 * that says "you may not see this" goes, text behind a spoiler stays. Changes `body`.
 */
export function plainMarkup(body: Element): void {
  const nodes = [...descendants(body)]
  for (const node of nodes) if (isComment(node)) plainComment(node)
  for (const node of nodes) if (isTag(node)) plainElement(node)
}

function plainComment(node: AnyNode & { data: string }): void {
  if (quoteBegin.test(node.data)) markQuote(node, node.data.replace(quoteBegin, '').trim())
  else if (smiley.test(node.data)) spellSmiley(node, node.data.replace(smiley, '').trim())
}

/** The author stands in the HTML comment untouched, while the visible label may be machine-translated. */
function markQuote(comment: AnyNode, author: string): void {
  let box = nextElementSibling(comment)
  if (box !== null && isQuoteTitle(box)) box = nextElementSibling(box)
  if (box === null || !isQuoteBox(box) || author === '') return
  box.attribs['data-author'] = author.includes('&') ? (lineOf(parseHtml(author)) ?? author) : author
}

function spellSmiley(comment: AnyNode, code: string): void {
  const image = nextElementSibling(comment)
  if (image?.name !== 'img') return
  const alt = image.attribs['alt']?.trim() ?? ''
  replaceElement(image, new Text(alt === '' || alt === code ? `:${code}:` : alt))
}

function plainElement(element: Element): void {
  if (isQuoteTitle(element)) readQuoteTitle(element)
  else if (isHiddenBox(element) || hasClass(element, 'title_spoiler')) removeElement(element)
  else if (isQuoteBox(element) && !isTextOfQuote(element)) element.name = 'blockquote'
  else if (element.name === 'a') uncountLink(element)
  else if (element.name === 'img') revealImage(element)
  else if (hasClass(element, 'text_spoiler')) delete element.attribs['style']
  else if (element.name === 'script') removeElement(element)
}

function isQuoteTitle(element: Element): boolean {
  return quoteTitles.some((name) => hasClass(element, name))
}

function isQuoteBox(element: Element): boolean {
  return element.name === 'blockquote' || quoteBoxes.some((name) => hasClass(element, name))
}

/** The editor of newer versions puts a box into the quote's: that is the quote's text, not a quote in it. */
function isTextOfQuote(element: Element): boolean {
  const { parent, attribs } = element
  if (!hasClass(element, 'quote_body') || attribs['data-author'] !== undefined) return false
  return parent !== null && isTag(parent) && isQuoteBox(parent)
}

function isHiddenBox(element: Element): boolean {
  if (!isQuoteBox(element)) return false
  return hasClass(element, 'dlehidden') || hiddenNotice.test(beginning(element))
}

const longestNotice = 300

/** The first words only: quotes nest, and each would otherwise be read as often as it is deep. */
function beginning(element: Element): string {
  let text = ''
  for (const node of descendants(element)) {
    if (isText(node)) text += node.data
    if (text.length > longestNotice) break
  }
  return text.slice(0, longestNotice)
}

/** The line above a quote: it names the author, and in newer versions the quoted comment as well. */
function readQuoteTitle(title: Element): void {
  const box = nextElementSibling(title)
  removeElement(title)
  if (box === null || !isQuoteBox(box)) return
  const { 'data-commentid': reference, 'data-commentuser': user } = title.attribs
  const author = user?.trim() ?? ''
  box.attribs['data-author'] ??= author === '' ? (namedInTitle(title) ?? '') : author
  const id = /^\d+$/.exec(reference ?? '')?.[0] ?? referenceInLink(title)
  if (id !== undefined) box.attribs['data-ref'] = id
}

function namedInTitle(title: Element): string | null {
  const links = [...descendants(title)].filter((node) => isTag(node) && node.name === 'a')
  const linked = links.map((link) => lineOf(link)).find((text) => text !== null)
  return linked ?? lineOf(title)?.replace(quoteLabel, '').replace(quoteVerb, '') ?? null
}

function referenceInLink(title: Element): string | undefined {
  return /findCommentsPage\(\s*this\s*,\s*['"]?(\d+)/.exec(getInnerHTML(title))?.[1]
}

const countedLink = /[/?&](?:engine\/go\.php\?|do=go&)url=([^&]+)/

function uncountLink(link: Element): void {
  const encoded = countedLink.exec(link.attribs['href'] ?? '')?.[1]
  if (encoded === undefined) return
  const address = Buffer.from(percentDecoded(encoded), 'base64').toString('utf8')
  link.attribs['href'] = percentDecoded(address)
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

function revealImage(image: Element): void {
  const source = image.attribs['data-src']
  if (source !== undefined) image.attribs['src'] = source
}
