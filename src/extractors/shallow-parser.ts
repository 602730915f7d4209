import { type ChildNode, DomHandler } from 'domhandler'
import { Parser } from 'htmlparser2'
import { Failure } from '../failure.ts'

/**
 * Of 1,082 news pages the deepest nests 56, browsers stop at 512, and pages of comments that never close their
 * elements nest by two or three for each comment.
 */
const DEEPEST = 1_500
/** A page of 5,000 comments has about 300,000; a tree of many more does not fit into a thread's memory. */
const MOST_NODES = 600_000
/** Four times the longest text that is kept; scripts with the data of a page are as long at most. */
const LONGEST_TEXT = 4_000_000

/**
 * The tree of a page. As in browsers, elements that are nested too deep become brothers: nothing of them is lost,
 * and walks up and down the tree stay short whatever a page does.
 */
export class ShallowTree extends DomHandler {
  #nodes = 0
  #textLength = 0
  /** Whether the innermost open element is too deep for the parser to keep count of it. */
  #isBeyond = false

  get isFull(): boolean {
    return this.tagStack.length >= DEEPEST
  }

  /** Leaves the element that was opened last open until another one begins at its depth, or one around it ends. */
  keepOpen(): void {
    this.#isBeyond = true
  }

  closeBeyond(): void {
    if (!this.#isBeyond) return
    this.#isBeyond = false
    super.onclosetag()
  }

  /** @throws Failure `hostile_html` */
  protected override addNode(node: ChildNode): void {
    this.#nodes++
    if (this.#nodes > MOST_NODES)
      throw new Failure('hostile_html', `the page has more than ${MOST_NODES} elements and texts`)
    this.#textLength = 0
    super.addNode(node)
  }

  /** Comes in pieces; what is over the limit of one text is left out. */
  override ontext(data: string): void {
    const piece = data.slice(0, LONGEST_TEXT - this.#textLength)
    if (piece === '') return
    super.ontext(piece)
    this.#textLength += piece.length
  }

  override onclosetag(): void {
    this.#textLength = 0
    // One more is open only where an element without an end, such as `br`, has been put into the one beyond.
    if (this.tagStack.length <= DEEPEST + 1) this.closeBeyond()
    super.onclosetag()
  }
}

/**
 * htmlparser2 keeps its open elements in an array that grows at the front, which takes time with the square of the
 * depth. It asks twice for each start tag whether the element stays open: before it notes the element, and after the
 * tree has it. Elements beyond the limit are kept out of its notes, and counted here by name until their end tags.
 */
export class ShallowParser extends Parser {
  readonly #tree: ShallowTree
  readonly #beyond = new Map<string, number>()
  /** Whether the limit was ever reached: hardly a page does, and others need not be asked for each tag. */
  #isDeep = false
  #isEndTag = false
  /** Set between the two questions for a start tag. */
  #isNoted: boolean | null = null

  constructor(tree: ShallowTree) {
    super(tree, { decodeEntities: true })
    this.#tree = tree
  }

  override onopentagname(start: number, end: number): void {
    this.#isDeep ||= this.#tree.isFull
    super.onopentagname(start, end)
  }

  override onclosetag(start: number, end: number): void {
    this.#isDeep ||= this.#tree.isFull
    this.#isEndTag = true
    super.onclosetag(start, end)
    this.#isEndTag = false
  }

  override isVoidElement(name: string): boolean {
    return super.isVoidElement(name) || (this.#isDeep && this.#isBeyond(name))
  }

  #isBeyond(name: string): boolean {
    if (this.#isEndTag) {
      // An end tag that opens the element first (`</p>`) goes on as a start tag.
      this.#isEndTag = false
      return this.#endsBeyond(name)
    }
    if (this.#isNoted === null) {
      this.#isNoted = !this.#tree.isFull
      if (!this.#isNoted) this.#openBeyond(name)
      return !this.#isNoted
    }
    if (!this.#isNoted) this.#tree.keepOpen()
    this.#isNoted = null
    return false
  }

  #openBeyond(name: string): void {
    this.#tree.closeBeyond()
    this.#beyond.set(name, (this.#beyond.get(name) ?? 0) + 1)
  }

  /** @returns whether the end tag was that of an element beyond the limit. */
  #endsBeyond(name: string): boolean {
    if (!this.#tree.isFull && this.#beyond.size > 0) this.#beyond.clear()
    const count = this.#beyond.get(name) ?? 0
    if (count === 0) return false
    this.#beyond.set(name, count - 1)
    this.#tree.closeBeyond()
    return true
  }
}
