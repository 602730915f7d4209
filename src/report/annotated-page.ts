import { type Document, Element, isText, Text } from 'domhandler'
import { appendChild, getOuterHTML, prependChild, removeElement, textContent } from 'domutils'
import type { Comment } from '../extractors/comments/platform.ts'
import { elementsBelow } from '../extractors/elements.ts'
import { parseHtml } from '../extractors/page.ts'
import { type Inspection, shownTime } from './inspection.ts'
import { shownValue } from './render-inspection.ts'

/** No script, no request to anybody, no form: the page is only to be looked at. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

const STYLE = `
[data-taken]{outline:2px solid #06c;outline-offset:2px;background:#06c1}
[data-taken]::before{content:attr(data-taken);display:block;font:12px/1.4 system-ui;color:#fff;background:#06c;padding:0 4px;width:fit-content;white-space:pre-wrap}
[data-taken^=comment],[data-taken^=comment]::before{outline-color:#a40}[data-taken^=comment]::before{background:#a40}
[data-taken^=body],[data-taken^=body]::before{outline-color:#282}[data-taken^=body]::before{background:#282}
#commentariat-legend{all:revert;font:14px/1.5 system-ui;background:#fff;color:#111;border:2px solid #06c;padding:1em;margin:1em;overflow-wrap:anywhere}
#commentariat-legend td,#commentariat-legend th{text-align:left;vertical-align:top;padding:2px 8px}
#commentariat-legend td:nth-child(-n+2){white-space:nowrap}`

/** What runs, asks the network, or leads away. */
const without = new Set(
  (
    'script style link meta base title iframe frame frameset object embed applet portal noscript noembed noframes xmp plaintext template svg math img picture ' +
    'source video audio track input button select textarea'
  ).split(' '),
)
/** What only names and describes. */
const kept = new Set(['id', 'class', 'lang', 'dir', 'datetime', 'title', 'alt', 'colspan', 'rowspan'])

/**
 * The page without scripts, styles and pictures, with all that was taken from it marked where its words stand, and a
 * legend of the rules that won and of those that did not. One document that asks nobody for anything.
 */
export function annotatedPage(html: string, inspection: Inspection): string {
  const document = parseHtml(html)
  strip(document)
  const marked = new Set([...markFields(document, inspection), ...markComments(document, inspection)])
  const whole = parseHtml('<!DOCTYPE html><html><head></head><body></body></html>')
  const [head, body] = ['head', 'body'].map((name) =>
    elementsBelow(whole).find((found) => found.name === name),
  )
  if (head === undefined || body === undefined) throw new TypeError('a document has a head and a body')
  const page = elementsBelow(document).find(({ name }) => name === 'body') ?? document
  for (const child of page.children.slice()) appendChild(body, child)
  prependChild(body, legend(inspection, marked))
  appendChild(head, new Element('meta', { charset: 'utf-8' }))
  appendChild(head, new Element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }))
  appendChild(head, new Element('title', {}, [new Text(`Inspected: ${inspection.url}`)]))
  appendChild(head, new Element('style', {}, [new Text(STYLE)]))
  return `${getOuterHTML(whole, { encodeEntities: 'utf8' })}\n`
}

function strip(document: Document): void {
  for (const parent of [document, ...elementsBelow(document)])
    for (const child of parent.children.slice()) {
      if (!isText(child) && (!('attribs' in child) || without.has(child.name))) removeElement(child)
      else if ('attribs' in child)
        child.attribs = Object.fromEntries(Object.entries(child.attribs).filter(([name]) => kept.has(name)))
    }
}

/** @returns the fields whose words were found on the page. */
function markFields(document: Document, { fields, thread }: Inspection): string[] {
  const places = placesByText(document)
  const valueOf = (field: string) => fields[field]?.value ?? null
  const linesOf = (text: string): string[] =>
    text
      .split('\n')
      .map(keyOf)
      .filter((line) => line !== '')
  const authors = valueOf('authors')
  const ofComments = new Set((thread?.comments ?? []).flatMap(({ bodyText }) => linesOf(bodyText)))
  const paragraphs = linesOf(String(valueOf('body') ?? '')).filter((line) => !ofComments.has(line))
  const words: (readonly [field: string, text: string])[] = [
    ...['title', 'subtitle', 'section'].map((field) => [field, keyOf(String(valueOf(field) ?? ''))] as const),
    ...(Array.isArray(authors) ? authors : []).map((author) => ['authors', keyOf(String(author))] as const),
    ...paragraphs.map((paragraph) => ['body', paragraph] as const),
  ]
  const isInElements = paragraphs.some((paragraph) => places.has(paragraph))
  const wanted: (readonly [field: string, elements: readonly Element[]])[] = [
    ['body', isInElements ? [] : holdersOf(document, paragraphs)],
    ...words.map(([field, text]) => [field, text === '' ? [] : (places.get(text) ?? [])] as const),
    ...['publishedAt', 'modifiedAt'].map((field) => [field, timeElements(document, valueOf(field))] as const),
  ]
  return wanted.flatMap(([field, elements]) => {
    const element = elements.find(({ attribs }) => !('data-taken' in attribs))
    if (element === undefined) return []
    element.attribs['data-taken'] = `${field} (${fields[field]?.rule ?? 'none'})`
    return [field]
  })
}

/** The innermost element that holds all of a text whose paragraphs only line breaks part. */
function holdersOf(document: Document, paragraphs: readonly string[]): Element[] {
  if (paragraphs.length === 0) return []
  const holders = elementsBelow(document).filter((element) => {
    const text = keyOf(textContent(element))
    return paragraphs.every((paragraph) => text.includes(paragraph))
  })
  return holders.slice(-1)
}

/** The innermost elements of each text, in the order of the page. */
function placesByText(document: Document): ReadonlyMap<string, Element[]> {
  const places = new Map<string, Element[]>()
  for (const element of elementsBelow(document)) {
    const key = keyOf(textContent(element))
    const before = places.get(key)
    const outer = before?.findIndex((other) => other === element.parent) ?? -1
    if (before === undefined) places.set(key, [element])
    else if (outer === -1) before.push(element)
    else before[outer] = element
  }
  return places
}

const keyOf = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()

function timeElements(document: Document, value: unknown): Element[] {
  if (!(value instanceof Date)) return []
  return elementsBelow(document).filter(
    ({ attribs: { datetime } }) => datetime !== undefined && Date.parse(datetime) === value.getTime(),
  )
}

/** A comment is marked at the element that its number names, else at its words. @returns their numbers. */
function markComments(document: Document, { thread }: Inspection): string[] {
  if (thread === null) return []
  const elements = elementsBelow(document)
  const byNumber = new Map<string, Element>()
  for (const element of elements) {
    const number = /(?:^|[-_])([^\W_]+)$/.exec(element.attribs['id'] ?? '')?.[1]
    if (number !== undefined && !byNumber.has(number)) byNumber.set(number, element)
  }
  const places = placesByText(document)
  return thread.comments.flatMap((comment) => {
    const { nativeId } = comment
    const element = byNumber.get(nativeId) ?? places.get(keyOf(comment.bodyText))?.[0]
    if (element === undefined) return []
    element.attribs['data-taken'] = commentWords(comment, thread.timezone)
    return [`comment ${nativeId}`]
  })
}

function commentWords(comment: Comment, timezone: string): string {
  const { nativeId, authorName, parentNativeId, publishedRaw } = comment
  const when = shownTime(comment, timezone) ?? publishedRaw ?? 'no time'
  const parent = parentNativeId === null ? 'top' : `answers #${parentNativeId}`
  return `comment #${nativeId} · ${authorName ?? '(no name)'} · ${when} · ${parent}`
}

function legend(inspection: Inspection, marked: ReadonlySet<string>): Element {
  const { fields, thread, warnings, url } = inspection
  const rows = Object.entries(fields).map(([field, { value, rule, runnersUp }]) =>
    row('td', [
      field,
      rule,
      shownValue(field, value).slice(0, 300),
      shownValue(field, value) === '—'
        ? ''
        : marked.has(field)
          ? 'marked'
          : 'not among the words of the page',
      runnersUp.map((other) => `${other.rule}: ${shownValue(field, other.value).slice(0, 120)}`).join(' | '),
    ]),
  )
  const found = thread?.comments.filter(({ nativeId }) => marked.has(`comment ${nativeId}`)).length ?? 0
  const ofThread =
    thread === null
      ? 'No thread of a known platform.'
      : `${thread.platform} ${thread.nativeId}: ${thread.comments.length} comments on this page, ${found} of them marked, ` +
        `${thread.reportedCount ?? 'an unknown number'} reported.`
  return new Element('section', { id: 'commentariat-legend' }, [
    element('h2', `What was taken from ${url}`),
    new Element('table', {}, [row('th', ['field', 'rule', 'value', 'where', 'runners-up']), ...rows]),
    element('p', ofThread),
    ...warnings.map((warning) => element('p', `! ${warning}`)),
  ])
}

const row = (cell: 'td' | 'th', words: readonly string[]): Element =>
  new Element(
    'tr',
    {},
    words.map((text) => element(cell, text)),
  )

const element = (name: string, text: string): Element => new Element(name, {}, [new Text(text)])
