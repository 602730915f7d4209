import {
  type AnyNode,
  type Element,
  hasChildren,
  isTag,
  isText,
  type ParentNode,
  type Text,
} from 'domhandler'
import { authorKey } from '../../../../normalise/author.ts'
import { findMoment, type Moment, type MomentContext, parseMoment } from '../../../../normalise/date.ts'
import { cleanLine } from '../../../../normalise/text.ts'
import { firstElement } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'

type Header = Pick<
  Comment,
  'authorName' | 'authorDisplay' | 'authorKey' | 'publishedAt' | 'publishedPrecision' | 'publishedRaw'
>

/** A run of text in a comment's header, with what its place in the markup says about it. */
interface Piece {
  readonly text: string
  /** Where the piece starts in the header's whole text. */
  readonly start: number
  readonly profile: string | null
  readonly isNameBox: boolean
}

const presence = /^[\s[(]*(?:online|offline|онлайн|офф?лайн)[\s\])]*$/iu
const noise = /^(?:[\s\d#№.,:;|()[\]•·—–+-]*|\([^()]*\))$/u
/** May hold brackets itself, as in "(Ivan (junior))". */
const inBrackets = /\(((?:[^()]|\([^()]*\)){1,200})\)/
const nameBox = /(?:^|[\s_-])(?:name|author|nick|nickname|login|user|username)(?=$|[\s_-])/i
const controls =
  /(?:^|[\s_-])(?:ratig|rate|rating|reply|replay|quote|complaint|spam|edit|delete|share|buttons?|likes?|dislikes?|tools|signature|massact)(?=$|[\s_\d-])/i
const skippedTags: ReadonlySet<string> = new Set(['script', 'style', 'form', 'button', 'select', 'textarea'])

/**
 * Who wrote a comment and when, from the markup around its body. Skins differ in everything but this:
 * a member's name links to the profile, the link next to the date is the header's own (an earlier one
 * belongs to the avatar), and the name shown in brackets and the date follow the name.
 */
export function readHeader(box: ParentNode, clock: MomentContext): Header {
  const pieces = collectPieces(box)
  const whole = pieces.map(({ text }) => text).join('\n')
  const moment = momentOf(box, whole, pieces, clock)
  const author = authorPiece(pieces, moment.index)
  const name = author === null ? null : nameIn(author, moment.index)
  const between = author === null ? '' : whole.slice(author.start, moment.index)
  return {
    authorName: name,
    authorDisplay: name === null ? null : cleanLine(inBrackets.exec(between.replace(name, ''))?.[1]),
    authorKey: keyOf(author?.profile ?? null, name),
    publishedAt: moment.at,
    publishedPrecision: moment.precision,
    publishedRaw: moment.raw,
  }
}

function collectPieces(box: ParentNode): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  const waiting: { node: AnyNode; profile: string | null; isNameBox: boolean }[] = []
  const push = (parent: ParentNode, profile: string | null, isNameBox: boolean): void => {
    for (const node of parent.children.toReversed()) waiting.push({ node, profile, isNameBox })
  }
  push(box, null, false)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, profile, isNameBox } = next
    if (isText(node)) {
      const text = wordsIn(node)
      if (text === '') continue
      pieces.push({ text, start, profile, isNameBox })
      start += text.length + 1
    } else if (isTag(node) && !isControl(node)) {
      push(node, profileOf(node) ?? profile, isNameBox || nameBox.test(node.attribs['class'] ?? ''))
    } else if (hasChildren(node) && !isTag(node)) {
      push(node, profile, isNameBox)
    }
  }
  return pieces
}

/** Whether a member is on the site right now says nothing about the comment. */
function wordsIn(node: Text): string {
  const text = node.data.replace(/\s+/g, ' ').trim()
  return presence.test(text) && !isName(node) ? '' : text
}

/** Whether words stand where a name does: in a profile link or name box, not beside other words there. */
function isName(words: AnyNode): boolean {
  let { parent } = words
  while (parent !== null && isTag(parent)) {
    if (profileOf(parent) !== null || nameBox.test(parent.attribs['class'] ?? '')) return true
    if (!isAlone(parent)) return false
    parent = parent.parent
  }
  return false
}

function isAlone(element: Element): boolean {
  const around = element.parent?.children ?? []
  return around.every((node) => node === element || (isText(node) && node.data.trim() === ''))
}

function isControl({ name, attribs }: Element): boolean {
  if (skippedTags.has(name)) return true
  return (
    controls.test(attribs['class'] ?? '') ||
    /comments-(?:ratig|likes|dislikes|vote)/.test(attribs['id'] ?? '')
  )
}

const profilePath = /\/user\/([^/?#]+)/
const profileParameter = /[?&]subaction=userinfo&(?:amp;)?(?:.*&)?user=([^&#]+)/
const profileCall = /ShowProfile\(\s*'([^']+)'/

/** The name in a link to a member's profile, as the site spells it; unique on the site. */
function profileOf({ name, attribs }: Element): string | null {
  if (name !== 'a') return null
  const { href = '', onclick = '' } = attribs
  const encoded =
    profilePath.exec(href)?.[1] ?? profileParameter.exec(href)?.[1] ?? profileCall.exec(onclick)?.[1]
  return encoded === undefined ? null : decoded(encoded.replaceAll('+', ' '))
}

const oldCharset = new TextDecoder('windows-1251')

/** Old sites write the bytes of their own charset into addresses. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    if (!/^[ -~]*$/.test(text)) return text
    const bytes = text.replace(/%([\da-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    )
    return oldCharset.decode(Buffer.from(bytes, 'latin1'))
  }
}

/** The time of a `<time datetime>`, else the first date after the name, else the first date at all. */
function momentOf(
  box: ParentNode,
  whole: string,
  pieces: readonly Piece[],
  clock: MomentContext,
): Moment & { readonly index: number } {
  const named = pieces.findLast(({ profile }) => profile !== null)
  const from = named === undefined ? 0 : named.start + named.text.length
  const later = findMoment(whole.slice(from), clock)
  const found = later === null ? findMoment(whole, clock) : { ...later, index: later.index + from }
  const index = found?.index ?? whole.length
  const stamp = firstElement(box, ({ name, attribs }) => name === 'time' && attribs['datetime'] !== undefined)
  const stamped = parseMoment(stamp?.attribs['datetime'], clock)
  if (stamped.at !== null) return { ...stamped, index }
  return found ?? { at: null, precision: null, raw: null, index }
}

function authorPiece(pieces: readonly Piece[], dateIndex: number): Piece | null {
  const words = pieces.filter(({ text, profile }) => text === profile || !noise.test(text))
  const earlier = words.filter(({ start }) => start < dateIndex)
  const choices = [
    earlier.findLast(({ profile }) => profile !== null),
    words.findLast(({ profile }) => profile !== null),
    earlier.findLast(({ isNameBox }) => isNameBox),
    earlier.at(-1),
    words.find(({ start }) => start > dateIndex),
  ]
  return choices.find((piece) => piece !== undefined) ?? null
}

const mailAddress = /(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}/g
const longestName = 200

/** What stands before the date and the brackets. A skin without markup may say the name several times. */
function nameIn(author: Piece, dateIndex: number): string | null {
  const own = author.start < dateIndex ? author.text.slice(0, dateIndex - author.start) : author.text
  if (author.profile !== null) return cleanLine(own.replace(mailAddress, ''))
  const words = own
    .replace(mailAddress, '')
    .replace(/\([^()]*\)\s*$/, '')
    .replace(/(?<![\s,|•·—–-])[\s,|•·—–-]+$/u, '')
  return cleanLine(withoutRepeats(words.slice(0, longestName)))
}

function withoutRepeats(text: string): string {
  const words = text.split(' ')
  for (let size = 1; size <= words.length / 2; size += 1) {
    if (words.length % size === 0 && words.every((word, index) => word === words[index % size])) {
      return words.slice(0, size).join(' ')
    }
  }
  return text
}

function keyOf(profile: string | null, name: string | null): string | null {
  if (profile !== null) return authorKey('user', profile)
  return name === null ? null : authorKey('name', name)
}
