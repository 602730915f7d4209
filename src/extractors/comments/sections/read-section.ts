import { type AnyNode, Element } from 'domhandler'
import { identityHash } from '../../../normalise/fingerprint.ts'
import { isElement } from '../../elements.ts'
import { readBody } from '../body.ts'
import { commentOf } from '../comment.ts'
import { descendants, detach, lineOf } from '../nodes.ts'
import type { Comment } from '../platform.ts'
import { headerOf, isOtherPart, looseBody } from './bodies.ts'
import { withoutDoubles } from './doubles.ts'
import { type PlacedEntry, placeEntries } from './places.ts'
import { isWithin, wordsOfElement } from './boxes.ts'
import type { Entry, Section } from './section.ts'

/** The comments of a section, in the order of the page. Changes the tree. */
export function readSection({ groups, page }: Section): Comment[] {
  const entries = withoutDoubles(groups.flatMap(({ entries }) => entries).filter(isReadable))
  const placed = placeEntries(groups.length > 1 ? inPageOrder(entries) : entries)
  const ids = new Map<PlacedEntry, string>()
  const used = new Map<string, number>()
  const read = placed.map((place) => {
    const content = bodyOf(place.entry)
    ids.set(place, freshId(place, content, used))
    return { place, content }
  })
  return read.map(({ place, content }) => {
    const parentNativeId = place.parent === null ? null : (ids.get(place.parent) ?? null)
    return toComment(place, { nativeId: ids.get(place) ?? '', parentNativeId }, content, page.url)
  })
}

function isReadable({ author, date, body }: Entry): boolean {
  return author !== null || (date !== null && body.length > 0)
}

function inPageOrder(entries: readonly Entry[]): Entry[] {
  const top = topOf(entries[0]?.box.element)
  const byElement = new Map(entries.map((entry) => [entry.box.element, entry]))
  const ordered: Entry[] = []
  if (top === null) return [...entries]
  for (const node of descendants(top)) {
    const entry = isElement(node) ? byElement.get(node) : undefined
    if (entry !== undefined) ordered.push(entry)
  }
  return ordered
}

function topOf(element: Element | undefined): Element | null {
  let top = element ?? null
  while (top !== null && top.parent !== null && isElement(top.parent)) top = top.parent
  return top
}

/** Without the date: the words for it age, from "2 hours ago" to a day, which would make another comment of it. */
function freshId({ entry, number }: PlacedEntry, content: Element, used: Map<string, number>): string {
  const words = lineOf(content) ?? ''
  const own = number ?? identityHash([entry.author?.name ?? null, words.slice(0, 200)]).slice(0, 24)
  const copies = (used.get(own) ?? 0) + 1
  used.set(own, copies)
  return copies === 1 ? own : `${own}~${copies}`
}

function toComment(
  place: PlacedEntry,
  ids: Pick<Comment, 'nativeId' | 'parentNativeId'>,
  content: Element,
  url: string,
): Comment {
  const { author, date } = place.entry
  return commentOf({
    parentConfidence: place.isCertain ? 'high' : 'low',
    authorName: author?.name ?? null,
    publishedAt: date?.moment.at ?? null,
    publishedPrecision: date?.moment.precision ?? null,
    publishedRaw: date?.moment.raw ?? null,
    ...readBody(content, url),
    permalink:
      place.number === null
        ? null
        : `${url.split('#')[0]}#${place.entry.box.element.attribs['id'] ?? place.number}`,
    ...ids,
  })
}

/** Moves nodes all at once: to take each from its place takes time with the number of its brothers. */
function adopt(content: Element, nodes: readonly Element['children'][number][]): void {
  content.children = [...nodes]
  for (const [index, node] of nodes.entries()) {
    node.parent = content
    node.prev = nodes[index - 1] ?? null
    node.next = nodes[index + 1] ?? null
  }
}

/** The entry's words in an element of their own, with quotes marked and what is not its writer's taken out. */
export function bodyOf({ box, body, author, date }: Entry): Element {
  const header = headerOf(date, author)
  const own = new Set<AnyNode>(box.own)
  const content = new Element('div', {})
  const nodes = body.length > 0 ? body.flatMap((part) => [...part.children]) : looseBody(box, header)
  adopt(content, nodes)
  markQuotes(content)
  const others = [...descendants(content)].filter(
    (node): node is Element =>
      isElement(node) &&
      (!own.has(node) || header.some((part) => part === node) || isControl(node, body, box.sizes)),
  )
  detach(others)
  return content
}

const controls =
  /(?:^|[\s_-])(?:reply|respond|signature|sig|actions?|buttons?|toolbar|share|sharing|votes?|voting|likes?|reactions|ratings?|stars?|edited|lastedit|editby|flag|report|permalink|screen-reader-text|awaiting-moderation|code_header|codetitle|codeHeader|unfurl|link-?card|embed-card|attachbox|vcard|avatar)(?=$|[\s_-])|sharedaddy|bbCodeBlock--unfurl|bbCodeBlock-(?:title|expandLink|sourceJump)|comment-(?:meta|author|reply|edit)/i
const controlWords =
  /^\W*(?:reply|antworten|répondre|responder|rispondi|ответить|відповісти|beantwoorden|odpowiedz|yanıtla|expand full comment|read more|show more|(?:mehr|weiter)(?: anzeigen| lesen)?|like|gefällt mir|share|teilen|report|melden|permalink|quote|zitieren|code: select all|select all|click to expand\.*|translate|see translation|log ?in to reply|sign in to reply|zum antworten anmelden)\W*$/iu
const editNote =
  /^\W*(?:last edited|edited (?:by|on|\w+ \d)|this post was edited|post edited|zuletzt (?:bearbeitet|geändert)|bearbeitet (?:von|am)|dernière (?:édition|modification)|modifié (?:par|le)|editado por|última edición|modificato da|ultima modifica|последний раз редактировалось|изменено|отредактировано|laatst bewerkt|edytowano|ostatnio zmieniony)/iu
const longestNote = 160

function isControl(element: Element, body: readonly Element[], sizes: ReadonlyMap<Element, number>): boolean {
  if (/^(?:button|form|input|time)$/.test(element.name)) return true
  if (body.some((part) => isWithin(part, element))) return false
  if (controls.test(element.attribs['class'] ?? '') || (element.name === 'footer' && isOtherPart(element)))
    return true
  const size = sizes.get(element) ?? 0
  if (size === 0 || size > longestNote) return false
  const words = wordsOfElement(element)
  return editNote.test(words) || (size < 40 && controlWords.test(words))
}

const quoteBox =
  /(?:^|[\s_-])(?:quote|quoted|quotebox|quotecontent|quote_body|bbCodeBlock--quote|bbcode_quote|QuoteBox|uncited)(?=$|[\s_-])|ipsQuote$/i
const quoteLabel = /^(?:quote|zitat|quoting|цитата|citation|cita|citazione|citaat|cytat|citát|alıntı)\s*:?$/iu

/** Forums have boxes of their own for quotes, some with nothing but a label to know them by. */
function markQuotes(content: Element): void {
  for (const node of descendants(content)) {
    if (!isElement(node) || node.name === 'blockquote' || node.name === 'a' || node.name === 'span') continue
    if (quoteBox.test(node.attribs['class'] ?? '') || (node.name === 'div' && hasQuoteLabel(node)))
      node.name = 'blockquote'
  }
}

function hasQuoteLabel({ children }: Element): boolean {
  const elements = children.filter(isElement)
  const [first] = elements
  return elements.length > 1 && first !== undefined && quoteLabel.test(wordsOfElement(first, 20))
}
