import { type ChildNode, Comment, Document, Element, ProcessingInstruction, Text } from 'domhandler'
import { Failure } from '../failure.ts'
import { type MarkupListener, noAttributes } from './markup-reader.ts'

/**
 * Of 1,082 news pages the deepest nests 56, browsers stop at 512, and pages of comments that never close their
 * elements nest by two or three for each comment.
 */
const DEEPEST = 1_500
/** A page of 5,000 comments has about 300,000; a tree of many more does not fit into a thread's memory. */
const MOST_NODES = 600_000
/** Four times the longest text that is kept; scripts with the data of a page are as long at most. */
const LONGEST_TEXT = 4_000_000

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '))

const voidNames = setOf(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
)
const foreignNames = setOf('math svg')
/** Elements of foreign ones that hold HTML again. */
const integrationNames = setOf('mi mo mn ms mtext annotation-xml foreignobject desc title')

/** What begins elsewhere ends before these begin. */
const endedBy: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      ['tr', 'tr th td'],
      ['th', 'th'],
      ['td', 'thead th td'],
      ['body', 'head link script'],
      ['li', 'li'],
      ['option', 'option'],
      ['optgroup', 'optgroup option'],
      [
        'select input output button datalist textarea',
        'input option optgroup select button datalist textarea',
      ],
      ['dd dt', 'dd dt'],
      ['rt rp', 'rt rp'],
      ['tbody tfoot', 'thead tbody'],
      [
        'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul',
        'p',
      ],
    ] as const
  ).flatMap(([names, ended]) => names.split(' ').map((name) => [name, setOf(ended)] as const)),
)

/**
 * The tree of a page, put together as htmlparser2 does. As in browsers, elements that are nested too deep become
 * brothers: nothing of them is lost, and walks up and down the tree stay short whatever a page does.
 */
export class PageTree implements MarkupListener {
  readonly root = new Document([])
  /** Elements whose end tags are to come, without the one beyond. */
  readonly #open: Element[] = []
  /** The one that is too deep to be among them: it ends where another begins at its depth, or one around it ends. */
  #beyond: Element | null = null
  /** By name, how many such elements there were whose end tags are to come. */
  readonly #endsBeyond = new Map<string, number>()
  /** Of the elements with other rules inside whose end tags are to come, whether these are foreign ones. */
  readonly #foreign: boolean[] = []
  /** The text that more is added to. */
  #text: Text | null = null
  #nodes = 0

  text(data: string): void {
    if (this.#text !== null) {
      this.#text.data += data.slice(0, LONGEST_TEXT - this.#text.data.length)
      return
    }
    const text = new Text(data.slice(0, LONGEST_TEXT))
    this.#add(text)
    this.#text = text
  }

  comment(data: string): void {
    this.#add(new Comment(data))
  }

  instruction(data: string): void {
    this.#add(new ProcessingInstruction((data.split(/[\s/]/, 1)[0] ?? '').toLowerCase(), data))
  }

  open(name: string, attributes: Record<string, string>, isClosed: boolean): void {
    const ended = endedBy.get(name)
    if (ended !== undefined) while (ended.has(this.#open.at(-1)?.name ?? '')) this.#closeInnermost()
    const element = new Element(name, attributes, [])
    if (voidNames.has(name)) return this.#add(element)
    if (foreignNames.has(name)) this.#foreign.push(true)
    else if (integrationNames.has(name)) this.#foreign.push(false)
    if (this.#isFull) this.#openBeyond(element)
    else {
      this.#add(element)
      this.#open.push(element)
    }
    // As if it were written out; but a foreign one stays so for what comes behind.
    if (isClosed && this.#foreign.at(-1) === true) this.#close(name)
  }

  get #isFull(): boolean {
    return this.#open.length >= DEEPEST - 1
  }

  #openBeyond(element: Element): void {
    this.#beyond = null
    this.#add(element)
    this.#beyond = element
    this.#endsBeyond.set(element.name, (this.#endsBeyond.get(element.name) ?? 0) + 1)
  }

  close(name: string): void {
    if (foreignNames.has(name) || integrationNames.has(name)) this.#foreign.pop()
    if (!voidNames.has(name)) this.#close(name)
    else if (name === 'br') this.#add(new Element(name, noAttributes(), []))
  }

  #close(name: string): void {
    if (this.#endsBeyond.size > 0 && this.#closeBeyond(name)) return
    let place = this.#open.length - 1
    while (place >= 0 && this.#open[place]?.name !== name) place--
    if (place >= 0) while (this.#open.length > place) this.#closeInnermost()
    else if (name === 'p') {
      this.open(name, noAttributes(), false)
      this.#close(name)
    }
  }

  /** @returns whether the end tag was that of an element too deep. */
  #closeBeyond(name: string): boolean {
    if (!this.#isFull) this.#endsBeyond.clear()
    const count = this.#endsBeyond.get(name) ?? 0
    if (count === 0) return false
    this.#endsBeyond.set(name, count - 1)
    this.#beyond = null
    this.#text = null
    return true
  }

  #closeInnermost(): void {
    this.#open.pop()
    this.#beyond = null
    this.#text = null
  }

  /** @throws Failure `hostile_html` */
  #add(node: ChildNode): void {
    this.#nodes++
    if (this.#nodes > MOST_NODES)
      throw new Failure('hostile_html', `the page has more than ${MOST_NODES} elements and texts`)
    const parent = this.#beyond ?? this.#open.at(-1) ?? this.root
    const before = parent.children.at(-1)
    if (before !== undefined) {
      node.prev = before
      before.next = node
    }
    node.parent = parent
    parent.children.push(node)
    this.#text = null
  }
}
