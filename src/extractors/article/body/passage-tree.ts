import type { ElementKind } from '../element-kind.ts'
import type { Block } from '../page-outline.ts'

/** Marks that an element passes on to all that it holds. */
export const marks = {
  footer: 1,
  figure: 2,
  quote: 4,
  list: 8,
  section: 16,
  hidden: 32,
  table: 64,
  aside: 128,
  header: 256,
  embed: 512,
} as const

const marksByTag: Readonly<Record<string, number>> = {
  footer: marks.footer,
  figure: marks.figure,
  blockquote: marks.quote,
  ul: marks.list,
  ol: marks.list,
  dl: marks.list,
  section: marks.section,
  table: marks.table,
  aside: marks.aside,
  header: marks.header,
}
/** A name of an element a few levels up says less of what is inside. */
const fading = 0.8
const proseColumns = 80

/** What passages with the same tag and names, in parents of the same tag and names, hold together. */
export interface Family {
  count: number
  text: number
  linkText: number
  prose: number
}

/** Text in links left out, and 0 when too short for sentences. */
export function proseOf({ flowText, flowLinkText }: Block): number {
  const prose = flowText - flowLinkText
  return prose >= proseColumns ? prose : 0
}

/**
 * The page's passages (the text of one block-level element each, without that of block-level elements in it) and, for
 * every element, what it holds in all, what the elements around it say, and where it stands.
 */
export class PassageTree {
  readonly blocks: readonly Block[]
  readonly passages: readonly Block[]
  readonly marks: Int32Array
  readonly depth: Int32Array
  /** Weights of the names: of the nearest element that has one, the least and the most on the way up, all together. */
  readonly nearName: Float32Array
  readonly leastName: Float32Array
  readonly mostName: Float32Array
  readonly nameSum: Float32Array
  /** Sums over all that is inside. */
  readonly text: Float32Array
  readonly linkText: Float32Array
  readonly prose: Float32Array
  readonly count: Float32Array
  /** Images inside, and the index of the last one that begins before. */
  readonly images: Float32Array
  readonly lastImage: Int32Array
  /** The same of the last rule across the page. */
  readonly lastRule: Int32Array
  /** Brothers with the same tag and names, itself included: a sign of lists of teasers. */
  readonly alike: Float32Array
  /** Index of the element with the most prose in its own passages. */
  readonly top: number
  readonly topEnd: number
  readonly pageText: number
  readonly pageProse: number
  /** More than the highest serial of a kind. */
  readonly #kindCount: number
  readonly #families = new Map<number, Family>()
  readonly #familyOf: readonly Family[]

  /** @param weigh tells what the names of an element say; the trained weights by default. */
  constructor(blocks: readonly Block[], weigh: (block: Block) => number = ({ kind }) => kind.weight) {
    const column = (): Float32Array => new Float32Array(blocks.length)
    this.blocks = blocks
    this.passages = blocks.filter((block) => block.flow === block.index && block.flowText > 0)
    this.marks = new Int32Array(blocks.length)
    this.depth = new Int32Array(blocks.length)
    this.nearName = column()
    this.leastName = column()
    this.mostName = column()
    this.nameSum = column()
    this.text = column()
    this.linkText = column()
    this.prose = column()
    this.count = column()
    this.alike = column()
    this.images = column()
    this.lastImage = lastOf(blocks, 'img')
    this.lastRule = lastOf(blocks, 'hr')
    this.#kindCount = blocks.reduce((most, { kind }) => Math.max(most, kind.serial), 0) + 1
    for (const block of blocks) this.#inherit(block, weigh(block))
    this.#countAlike()
    this.top = this.#sumUp()
    this.topEnd = blocks[this.top]?.end ?? 1
    this.pageText = this.passages.reduce((sum, { flowText }) => sum + flowText, 0)
    this.pageProse = this.passages.reduce((sum, passage) => sum + proseOf(passage), 0)
    this.#familyOf = this.passages.map((passage) => this.#join(passage))
  }

  /** What is like the passage at this place, itself included. */
  familyAt(place: number): Family {
    return this.#familyOf[place] ?? { count: 0, text: 0, linkText: 0, prose: 0 }
  }

  /** Index of the block-level element so many levels around a block, or of the outermost. */
  holder(block: Block, levels: number): number {
    let current = block
    for (let level = 0; level < levels; level++) {
      const parent = this.blocks[current.parent]
      if (parent === undefined) break
      current = this.blocks[parent.flow] ?? parent
    }
    return current.index
  }

  /** Levels up from the first block, and down to the second, by way of the nearest element around both. */
  distance(from: number, to: number): readonly [up: number, down: number] {
    let up = 0
    let current = this.blocks[from]
    while (current !== undefined && !(to >= current.index && to < current.end)) {
      current = this.blocks[current.parent]
      up++
    }
    const meeting = current === undefined ? 0 : (this.depth[current.index] ?? 0)
    return [up, (this.depth[to] ?? 0) - meeting]
  }

  #inherit({ index, parent, node, kind }: Block, weight: number): void {
    const around = Math.max(parent, 0)
    const { attribs } = node
    const near = this.nearName[around] ?? 0
    const own =
      (marksByTag[node.name] ?? 0) | (isHidden(attribs) ? marks.hidden : 0) | (kind.isEmbed ? marks.embed : 0)
    this.marks[index] = (this.marks[around] ?? 0) | own
    this.depth[index] = parent < 0 ? 0 : (this.depth[around] ?? 0) + 1
    this.nearName[index] = weight === 0 ? near * fading : weight
    this.leastName[index] = Math.min(weight, this.leastName[around] ?? 0)
    this.mostName[index] = Math.max(weight, this.mostName[around] ?? 0)
    this.nameSum[index] = weight + (this.nameSum[around] ?? 0)
  }

  #countAlike(): void {
    const counts = new Map<number, number>()
    for (const block of this.blocks) {
      const pair = this.#pairOf(block.parent + 1, block.kind)
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    for (const { index, parent, kind } of this.blocks)
      this.alike[index] = counts.get(this.#pairOf(parent + 1, kind)) ?? 0
  }

  /** From the innermost out. @returns the index of the element with the most prose in its own passages. */
  #sumUp(): number {
    const direct = new Float32Array(this.blocks.length)
    let top = 0
    for (let index = this.blocks.length - 1; index >= 0; index--) {
      const block = this.blocks[index]
      if (block === undefined) continue
      if (block.node.name === 'img') this.images[index] = 1
      if (block.flow === index && block.flowText > 0) this.#addPassage(block, direct)
      if (block.parent >= 0) this.#addChild(block.parent, index)
      if ((direct[index] ?? 0) >= (direct[top] ?? 0)) top = index
    }
    return top
  }

  #addPassage(passage: Block, direct: Float32Array): void {
    const { index, flowText, flowLinkText } = passage
    const prose = proseOf(passage)
    add(this.text, index, flowText)
    add(this.linkText, index, flowLinkText)
    add(this.prose, index, prose)
    add(this.count, index, 1)
    add(direct, this.holder(passage, 1), prose)
  }

  #addChild(parent: number, child: number): void {
    add(this.text, parent, this.text[child] ?? 0)
    add(this.linkText, parent, this.linkText[child] ?? 0)
    add(this.prose, parent, this.prose[child] ?? 0)
    add(this.count, parent, this.count[child] ?? 0)
    add(this.images, parent, this.images[child] ?? 0)
  }

  /** One number for two, and a small one, which is no object of its own. */
  #pairOf(one: number, { serial }: ElementKind): number {
    return one * this.#kindCount + serial
  }

  #join(passage: Block): Family {
    const pair = this.#pairOf(this.blocks[passage.parent]?.kind.serial ?? 0, passage.kind)
    let family = this.#families.get(pair)
    if (family === undefined)
      this.#families.set(pair, (family = { count: 0, text: 0, linkText: 0, prose: 0 }))
    family.count++
    family.text += passage.flowText
    family.linkText += passage.flowLinkText
    family.prose += proseOf(passage)
    return family
  }
}

function add(column: Float32Array, index: number, value: number): void {
  column[index] = (column[index] ?? 0) + value
}

/** Index of the last element of this name that begins before each block. */
function lastOf(blocks: readonly Block[], name: string): Int32Array {
  const found = new Int32Array(blocks.length)
  let last = 0
  for (const { node, index } of blocks) {
    if (node.name === name) last = index
    found[index] = last
  }
  return found
}

const isHidden = (attributes: Block['node']['attribs']): boolean =>
  attributes['hidden'] !== undefined ||
  attributes['aria-hidden'] === 'true' ||
  /display\s*:\s*none/i.test(attributes['style'] ?? '')
