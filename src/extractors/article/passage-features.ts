import { type Measured, isCaptionName, isCommentSection } from './boilerplate.ts'
import type { MainText } from './main-text.ts'
import type { Block } from './page-outline.ts'
import { wordSigns } from './passage-words.ts'
import { marks, type PassageTree, passageText, proseOf } from './passage-tree.ts'

/** What the rules say of the page, before each passage is judged. */
export interface Findings {
  readonly title: string | null
  /** The standfirst, or what the page says of itself. */
  readonly description: string | null
  /** Index of the headline's block; -1 when there is none. */
  readonly headline: number
  readonly main: MainText
  /** True for blocks that the rules leave out of the main text with all that they hold. */
  readonly isLeftOut: (block: Block) => boolean
  /** What is dropped by tags and marks alone. */
  readonly lenient: Measured
}

const levels = [1, 2, 3]
const window = 3
const rulings = { root: 1, leftOut: 2, dropped: 4, droppedAnyway: 8, caption: 16, comments: 32 } as const

/** Numbers that speak for or against each passage of a page, in a fixed order: what the model was trained on. */
export class PassageFeatures {
  readonly #tree: PassageTree
  readonly #findings: Findings
  readonly #rulings: Int32Array
  readonly #articles: Int32Array
  /** Texts that stood on the page before, and what they stood in. */
  readonly #seen = new Map<string, number>()
  readonly #pageProse: number
  #heading: Block | null = null
  #textBefore = 0
  #values: number[] = []

  constructor(tree: PassageTree, findings: Findings) {
    this.#tree = tree
    this.#findings = findings
    this.#rulings = rulingsOf(tree, findings)
    this.#articles = articlesAround(tree)
    this.#pageProse = Math.max(1, tree.pageProse)
  }

  /** To be called once for each passage, in page order. */
  next(passage: Block, place: number): readonly number[] {
    this.#values = []
    const text = passageText(passage)
    this.#ofItself(passage)
    this.#ofHolders(passage)
    this.#ofNames(passage)
    this.#ofPlace(passage)
    this.#ofPictures(passage)
    this.#ofNeighbours(place)
    this.#ofLikeness(passage, place, text)
    this.#ofRules(passage)
    this.#textBefore += passage.flowText
    if (headingLevel(passage) > 0) this.#heading = passage
    return this.#values
  }

  #ofItself(passage: Block): void {
    const { flowText: text, flowLinkText, flowWords, flowCapitals, flowStops, flowBreaks, node } = passage
    const inherited = this.#tree.marks[passage.index] ?? 0
    this.#values.push(
      log(text),
      flowLinkText / text,
      log(flowWords),
      (100 * passage.flowCommas) / text,
      flowCapitals / text,
      flowStops,
      endKind(passage.flowLast),
      startKind(passage.flowFirst),
      flowBreaks,
      headingLevel(passage),
      node.name === 'p' ? 1 : 0,
      node.name === 'div' ? 1 : 0,
      node.name === 'pre' ? 1 : 0,
      node.name === 'figcaption' ? 1 : 0,
      ...Object.values(marks).map((mark) => (inherited & mark) / mark),
    )
  }

  #ofHolders(passage: Block): void {
    const { text, linkText, prose, count } = this.#tree
    for (const level of levels) {
      const holder = this.#tree.holder(passage, level)
      const held = Math.max(1, text[holder] ?? 1)
      this.#values.push(
        log(held),
        (linkText[holder] ?? 0) / held,
        (prose[holder] ?? 0) / this.#pageProse,
        (prose[holder] ?? 0) / held,
        log(count[holder] ?? 0),
      )
    }
  }

  #ofNames({ index }: Block): void {
    const { nearName, leastName, mostName, nameSum } = this.#tree
    this.#values.push(
      nearName[index] ?? 0,
      leastName[index] ?? 0,
      mostName[index] ?? 0,
      nameSum[index] ?? 0,
      this.#heading === null ? 0 : (nearName[this.#heading.index] ?? 0),
    )
  }

  #ofPlace({ index, end, flowText }: Block): void {
    const { blocks, depth, prose, pageText } = this.#tree
    const { headline } = this.#findings
    const top = blocks[this.#tree.top]
    const [up, down] = this.#tree.distance(index, this.#tree.top)
    const topStart = top?.index ?? 0
    const topEnd = top?.end ?? 1
    this.#values.push(
      depth[index] ?? 0,
      this.#textBefore / pageText,
      headline < 0 ? 0 : signedLog(index - headline),
      up,
      down,
      index < topStart ? signedLog(index - topStart) : index >= topEnd ? log(index - topEnd + 1) : 0,
      (index - topStart) / Math.max(1, topEnd - topStart),
      (end - index) / flowText,
      log(this.#pageProse),
      flowText / this.#pageProse,
      (prose[this.#tree.top] ?? 0) / this.#pageProse,
    )
  }

  /** Pictures in the elements around: captions stand beside them. */
  #ofPictures(passage: Block): void {
    const { images, lastImage } = this.#tree
    this.#values.push(
      log(images[this.#tree.holder(passage, 1)] ?? 0),
      log(images[this.#tree.holder(passage, 2)] ?? 0),
      log(passage.index - (lastImage[passage.index] ?? 0)),
    )
  }

  #ofNeighbours(place: number): void {
    const { passages } = this.#tree
    for (const step of [-1, 1]) {
      const beside = passages[place + step]
      this.#values.push(
        beside === undefined ? -1 : log(beside.flowText),
        beside === undefined ? -1 : beside.flowLinkText / beside.flowText,
      )
      let prose = 0
      let text = 0
      let linkText = 0
      for (let distance = 1; distance <= window; distance++) {
        const near = passages[place + step * distance]
        if (near === undefined) break
        prose += proseOf(near)
        text += near.flowText
        linkText += near.flowLinkText
      }
      this.#values.push(log(prose), text === 0 ? -1 : linkText / text)
    }
  }

  #ofLikeness(passage: Block, place: number, text: string): void {
    const { alike } = this.#tree
    const family = this.#tree.familyAt(place)
    const holder = this.#tree.holder(passage, 1)
    const seenIn = this.#seen.get(text) ?? holder
    this.#seen.set(text, seenIn)
    this.#values.push(
      log(alike[passage.index] ?? 0),
      log(alike[holder] ?? 0),
      log(alike[this.#tree.holder(passage, 2)] ?? 0),
      log(family.count),
      family.prose / this.#pageProse,
      family.linkText / Math.max(1, family.text),
      seenIn === holder ? 0 : 1,
      likeness(text, this.#findings.title),
      likeness(text, this.#findings.description),
      ...wordSigns(text),
    )
  }

  #ofRules({ index }: Block): void {
    const ruling = this.#rulings[index] ?? 0
    const own = this.#articles[index] ?? -1
    const main = this.#articles[this.#findings.headline] ?? -1
    const isOther = main >= 0 ? -1 : 0.5
    this.#values.push(
      own < 0 ? 0 : own === main ? 1 : isOther,
      ...Object.values(rulings).map((bit) => (ruling & bit) / bit),
    )
  }
}

function rulingsOf({ blocks }: PassageTree, { main, lenient, isLeftOut }: Findings): Int32Array {
  const found = new Int32Array(blocks.length)
  const roots = new Set(main.roots.map(({ index }) => index))
  for (const block of blocks) {
    const { index, parent, names } = block
    const bits = [
      roots.has(index),
      isLeftOut(block),
      main.measured.dropped[index] === 1,
      lenient.dropped[index] === 1,
      isCaptionName(names),
      isCommentSection(names),
    ]
    const own = bits.reduce((sum, isSet, bit) => (isSet ? sum | (1 << bit) : sum), 0)
    found[index] = own | (parent < 0 ? 0 : (found[parent] ?? 0))
  }
  return found
}

/** Index of the `article` element around each block; -1 where there is none. */
function articlesAround({ blocks }: PassageTree): Int32Array {
  const around = new Int32Array(blocks.length)
  for (const { index, parent, node } of blocks) {
    around[index] = node.name === 'article' ? index : parent < 0 ? -1 : (around[parent] ?? -1)
  }
  return around
}

const headingLevel = ({ node }: Block): number => (/^h[1-6]$/.test(node.name) ? Number(node.name[1]) : 0)
const log = (value: number): number => Math.log1p(Math.max(0, value))
const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

/** Share of words in common, of a passage that is no longer than twice what it is compared with. */
function likeness(text: string, other: string | null): number {
  if (other === null || text.length > other.length * 2 + 10) return 0
  const words = wordsOf(other)
  const own = wordsOf(text)
  const shared = [...own].filter((word) => words.has(word)).length
  return shared / Math.max(1, own.size, words.size)
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))

/** How sure the last character ends a sentence: 4 full stop, 3 other stops, 2 quotation mark or bracket; below 0: goes on. */
function endKind(code: number): number {
  const character = String.fromCharCode(code)
  if ('.。।۔'.includes(character)) return 4
  if ('!?！？؟'.includes(character)) return 3
  if ('"”»“)」'.includes(character)) return 2
  if (':：'.includes(character)) return -2
  return character === '…' ? -1 : 0
}

/** 1 digit, 2 straight quotation mark, 3 other sign, 4 small Latin letter, 0 any other letter. */
function startKind(code: number): number {
  if (code >= 48 && code <= 57) return 1
  if (code >= 97 && code <= 122) return 4
  if (code >= 128 || (code >= 65 && code <= 90)) return 0
  return code === 0x22 || code === 0x27 ? 2 : 3
}
