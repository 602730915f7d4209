import type { Block } from '../page-outline.ts'
import type { Findings } from './findings.ts'
import { emphasisOf, headingLevel, PassageMeaning } from './passage-meaning.ts'
import { marks, type PassageTree, proseOf } from './passage-tree.ts'
import { endKind, passageText, startKind } from './passage-words.ts'

const levels = [1, 2, 3]
const window = 3
const markBits = Object.values(marks)
/** In main text; left out of it; dropped; dropped by tags alone; caption; comment section. */
const rulings = { root: 1, leftOut: 2, dropped: 4, droppedAnyway: 8, caption: 16, comments: 32 } as const
const rulingBits = Object.values(rulings)

/** Numbers that speak for or against each passage of a page, in a fixed order: what the model was trained on. */
export class PassageFeatures {
  readonly #tree: PassageTree
  readonly #headline: number
  readonly #rulings: Int32Array
  readonly #articles: Int32Array
  readonly #meaning: PassageMeaning
  readonly #pageText: number
  readonly #pageProse: number
  /** Texts that stood on the page before, and what they stood in. */
  readonly #seen = new Map<string, number>()
  #heading = -1
  #textBefore = 0
  /** Written over from passage to passage. */
  readonly #values: number[] = []
  #count = 0

  constructor(tree: PassageTree, findings: Findings) {
    this.#tree = tree
    this.#headline = findings.headline
    this.#rulings = rulingsOf(tree, findings)
    this.#articles = articlesAround(tree)
    this.#meaning = new PassageMeaning(findings, tree.blocks)
    this.#pageText = Math.max(1, tree.pageText)
    this.#pageProse = Math.max(1, tree.pageProse)
  }

  /** Outside of what the rules hold for the main text, and links, comments or what is dropped by its tag: no article's. */
  isHopeless({ index, flowText, flowLinkText }: Block): boolean {
    const ruling = this.#rulings[index] ?? 0
    if ((ruling & rulings.root) !== 0) return false
    return (ruling & (rulings.droppedAnyway | rulings.comments)) !== 0 || flowLinkText >= 0.9 * flowText
  }

  /**
   * To be called for each passage in page order.
   * @returns the numbers, to be read before the next call.
   */
  next(passage: Block, place: number): readonly number[] {
    this.#count = 0
    this.#addOwn(passage)
    this.#addHolders(passage)
    this.#addNames(passage)
    this.#addPlace(passage)
    this.#addPictures(passage)
    this.#addNeighbours(place, -1)
    this.#addNeighbours(place, 1)
    this.#addAlike(passage, place)
    this.#addText(passage)
    this.#addRules(passage)
    this.pass(passage)
    return this.#values
  }

  /** Takes note of a passage that need not be judged. */
  pass(passage: Block): void {
    this.#textBefore += passage.flowText
    if (headingLevel(passage) > 0) this.#heading = passage.index
    this.#meaning.pass(passage)
  }

  #add(...numbers: readonly number[]): void {
    for (const number of numbers) this.#values[this.#count++] = number
  }

  #addOwn(passage: Block): void {
    const { flowText: text, node, index } = passage
    const inherited = this.#tree.marks[index] ?? 0
    this.#add(
      log(text),
      passage.flowLinkText / text,
      log(passage.flowWords),
      (100 * passage.flowCommas) / text,
      passage.flowCapitals / text,
      passage.flowStops,
      endKind(passage.flowLast),
      startKind(passage.flowFirst),
      passage.flowBreaks,
      headingLevel(passage),
      Number(node.name === 'p'),
      Number(node.name === 'div'),
      Number(node.name === 'pre'),
      Number(node.name === 'figcaption'),
      emphasisOf(passage, this.#tree.blocks),
    )
    for (const bit of markBits) this.#add((inherited & bit) / bit)
  }

  #addHolders(passage: Block): void {
    const { text, linkText, prose, count } = this.#tree
    for (const level of levels) {
      const holder = this.#tree.holder(passage, level)
      const held = Math.max(1, text[holder] ?? 1)
      const sentences = prose[holder] ?? 0
      const links = (linkText[holder] ?? 0) / held
      this.#add(log(held), links, sentences / this.#pageProse, sentences / held, log(count[holder] ?? 0))
    }
  }

  #addNames({ index }: Block): void {
    const { nearName, leastName, mostName, nameSum } = this.#tree
    this.#add(
      nearName[index] ?? 0,
      leastName[index] ?? 0,
      mostName[index] ?? 0,
      nameSum[index] ?? 0,
      nearName[this.#heading] ?? 0,
    )
  }

  #addPlace({ index, end, flowText }: Block): void {
    const { depth, prose, top, topEnd } = this.#tree
    const [up, down] = this.#tree.distance(index, top)
    const outside = index < top ? index - top : index >= topEnd ? index - topEnd + 1 : 0
    this.#add(
      depth[index] ?? 0,
      this.#textBefore / this.#pageText,
      this.#headline < 0 ? 0 : signedLog(index - this.#headline),
      up,
      down,
      signedLog(outside),
      (index - top) / Math.max(1, topEnd - top),
      (end - index) / flowText,
      log(this.#pageProse),
      flowText / this.#pageProse,
      (prose[top] ?? 0) / this.#pageProse,
    )
  }

  /** Pictures in the elements around: captions stand beside them. */
  #addPictures(passage: Block): void {
    const { images, lastImage, lastRule } = this.#tree
    this.#add(
      log(images[this.#tree.holder(passage, 1)] ?? 0),
      log(images[this.#tree.holder(passage, 2)] ?? 0),
      log(passage.index - (lastImage[passage.index] ?? 0)),
      log(passage.index - (lastRule[passage.index] ?? 0)),
    )
  }

  #addNeighbours(place: number, step: 1 | -1): void {
    const { passages } = this.#tree
    const beside = passages[place + step]
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
    this.#add(
      beside === undefined ? -1 : log(beside.flowText),
      beside === undefined ? -1 : beside.flowLinkText / beside.flowText,
      log(prose),
      text === 0 ? -1 : linkText / text,
    )
  }

  #addAlike(passage: Block, place: number): void {
    const { alike } = this.#tree
    const family = this.#tree.familyAt(place)
    for (const level of [0, 1, 2]) this.#add(log(alike[this.#tree.holder(passage, level)] ?? 0))
    this.#add(log(family.count), family.prose / this.#pageProse, family.linkText / Math.max(1, family.text))
  }

  #addText(passage: Block): void {
    const text = passageText(passage)
    const holder = this.#tree.holder(passage, 1)
    const seenIn = this.#seen.get(text)
    if (seenIn === undefined) this.#seen.set(text, holder)
    this.#add(Number(seenIn !== undefined && seenIn !== holder), ...this.#meaning.of(text))
  }

  #addRules({ index }: Block): void {
    const ruling = this.#rulings[index] ?? 0
    const own = this.#articles[index] ?? -1
    const main = this.#articles[this.#headline] ?? -1
    const end = this.#tree.blocks[main]?.end ?? 0
    // Within the headline's article: an entry of a live blog, or a teaser.
    const isOther = main < 0 ? 0.5 : own > main && own < end ? 0.25 : -1
    this.#add(own < 0 ? 0 : own === main ? 1 : isOther)
    for (const bit of rulingBits) this.#add((ruling & bit) / bit)
  }
}

function rulingsOf({ blocks }: PassageTree, { main, lenient, isLeftOut }: Findings): Int32Array {
  const found = new Int32Array(blocks.length)
  const roots = new Set(main.roots.map(({ index }) => index))
  for (const block of blocks) {
    const { index, parent, kind } = block
    let ruling = parent < 0 ? 0 : (found[parent] ?? 0)
    if (roots.has(index)) ruling |= rulings.root
    if ((ruling & (rulings.root | rulings.leftOut)) === rulings.root && isLeftOut(block))
      ruling |= rulings.leftOut
    if (main.measured.dropped[index] === 1) ruling |= rulings.dropped
    if (lenient.dropped[index] === 1) ruling |= rulings.droppedAnyway
    if (kind.isCaption) ruling |= rulings.caption
    if (kind.isCommentSection) ruling |= rulings.comments
    found[index] = ruling
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

const log = (value: number): number => Math.log1p(Math.max(0, value))
const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))
