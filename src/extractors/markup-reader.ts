import { decodedText, decodedTitle, decodedValue } from './character-references.ts'

/** Who is told what markup consists of, in page order. Names are in lower case. */
export interface MarkupListener {
  text(data: string): void
  comment(data: string): void
  /** `!doctype html` or `?xml version="1.0"`. */
  instruction(data: string): void
  /** @param isClosed whether the tag ends as that of `<path />` does. */
  open(name: string, attributes: Record<string, string>, isClosed: boolean): void
  close(name: string): void
}

/** Elements whose content is text up to their end tag. */
const rawNames: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea', 'xmp'])

const codes = {
  exclamation: 33,
  doubleQuote: 34,
  ampersand: 38,
  singleQuote: 39,
  dash: 45,
  slash: 47,
  less: 60,
  equals: 61,
  more: 62,
  question: 63,
} as const

/**
 * Reads markup by the rules of htmlparser2, which give the same paragraphs as parse5's on nearly all news pages, in less
 * than half of its time: that takes a step for each character, this for each text, name and value. Two rules differ.
 * `<![CDATA[` begins a comment that ends at the next `>` (HTML standard, 13.2.5.42); htmlparser2 looks for `]]>`, and
 * finds it at the end of the page or never. And a tag that breaks off with the page is none.
 */
export function readMarkup(html: string, listener: MarkupListener): void {
  new MarkupReader(html, listener).read()
}

class MarkupReader {
  readonly #html: string
  readonly #listener: MarkupListener
  /** Where it goes on. */
  #at = 0
  /** Whether the text or value that was read last has character references. */
  #hasReferences = false

  constructor(html: string, listener: MarkupListener) {
    this.#html = html
    this.#listener = listener
  }

  read(): void {
    const { length } = this.#html
    while (this.#at < length) {
      const start = this.#at
      this.#at = this.#endOfText(start)
      if (this.#at > start) {
        const text = this.#html.slice(start, this.#at)
        this.#listener.text(this.#hasReferences ? decodedText(text) : text)
      }
      if (this.#at < length) this.#readMarkup(this.#at + 1)
    }
  }

  #endOfText(start: number): number {
    const html = this.#html
    this.#hasReferences = false
    for (let at = start; at < html.length; at++) {
      const code = html.charCodeAt(at)
      if (code === codes.ampersand) this.#hasReferences = true
      else if (code === codes.less && this.#isMarkup(at + 1)) return at
    }
    return html.length
  }

  /** Whether what follows `<` makes it more than text. */
  #isMarkup(start: number): boolean {
    const code = this.#html.charCodeAt(start)
    if (code !== codes.slash) return isLetter(code) || code === codes.exclamation || code === codes.question
    const next = this.#afterSpace(start + 1)
    return next < this.#html.length && this.#html.charCodeAt(next) !== codes.more
  }

  #readMarkup(start: number): void {
    const code = this.#html.charCodeAt(start)
    if (code === codes.slash) this.#readEndTag(this.#afterSpace(start + 1))
    else if (code === codes.exclamation) this.#readDeclaration(start)
    else if (code === codes.question) this.#readInstruction(start, start + 1)
    else this.#readTag(start)
  }

  #readDeclaration(start: number): void {
    if (this.#html.startsWith('!--', start)) this.#readComment(start + 3)
    // What stands first does not end it, nor what stands behind one dash.
    else this.#readInstruction(start, start + (this.#html.charCodeAt(start + 1) === codes.dash ? 3 : 2))
  }

  #readComment(start: number): void {
    // `<!-->` is one.
    const end = this.#html.indexOf('-->', start - 2)
    if (end < 0) this.#listener.comment(this.#html.slice(start))
    else this.#listener.comment(this.#html.slice(start, Math.max(start, end)))
    this.#at = end < 0 ? this.#html.length : end + 3
  }

  #readInstruction(start: number, from: number): void {
    const end = this.#html.indexOf('>', from)
    if (end < 0) this.#listener.text(this.#html.slice(start + 1))
    else this.#listener.instruction(this.#html.slice(start, end))
    this.#at = end < 0 ? this.#html.length : end + 1
  }

  #readEndTag(start: number): void {
    const html = this.#html
    const end = html.indexOf('>', start)
    this.#at = end < 0 ? html.length : end + 1
    if (isLetter(html.charCodeAt(start))) {
      if (end >= 0) this.#listener.close(nameOf(html.slice(start, this.#endOfUnquoted(start))))
    } else if (end < 0) this.#listener.text(html.slice(start))
    else this.#listener.comment(html.slice(start, end))
  }

  #readTag(start: number): void {
    const html = this.#html
    const { length } = html
    let at = this.#endOfName(start)
    const name = nameOf(html.slice(start, at))
    const attributes = noAttributes()
    let isClosed = false
    for (let code = html.charCodeAt(at); at < length && code !== codes.more; code = html.charCodeAt(at)) {
      if (isSpace(code)) at++
      else {
        isClosed = code === codes.slash
        at = isClosed ? at + 1 : this.#readAttribute(at, attributes)
      }
    }
    this.#at = at + 1
    if (at >= length) return
    this.#listener.open(name, attributes, isClosed)
    if (!isClosed && rawNames.has(name)) this.#readRaw(name)
  }

  /** @returns where the tag goes on. */
  #readAttribute(start: number, attributes: Record<string, string>): number {
    const html = this.#html
    const endOfName = this.#endOfName(start + 1, codes.equals)
    const name = nameOf(html.slice(start, endOfName))
    let at = this.#afterSpace(endOfName)
    let value = ''
    if (html.charCodeAt(at) === codes.equals) {
      const first = this.#afterSpace(at + 1)
      const quote = html.charCodeAt(first)
      const isQuoted = quote === codes.doubleQuote || quote === codes.singleQuote
      const from = isQuoted ? first + 1 : first
      const end = isQuoted ? this.#endOfQuoted(from, quote) : this.#endOfUnquoted(from)
      value = this.#hasReferences ? decodedValue(html.slice(from, end)) : html.slice(from, end)
      at = isQuoted ? end + 1 : end
    }
    if (attributes[name] === undefined) attributes[name] = value
    return at
  }

  /** @param mark another character that ends it. */
  #endOfName(start: number, mark: number = codes.more): number {
    const html = this.#html
    let at = start
    for (let code = html.charCodeAt(at); at < html.length && code !== mark && !endsName(code);)
      code = html.charCodeAt(++at)
    return at
  }

  #endOfQuoted(start: number, quote: number): number {
    const html = this.#html
    this.#hasReferences = false
    for (let at = start; at < html.length; at++) {
      const code = html.charCodeAt(at)
      if (code === quote) return at
      if (code === codes.ampersand) this.#hasReferences = true
    }
    return html.length
  }

  #endOfUnquoted(start: number): number {
    const html = this.#html
    this.#hasReferences = false
    for (let at = start; at < html.length; at++) {
      const code = html.charCodeAt(at)
      if (code === codes.more || isSpace(code)) return at
      if (code === codes.ampersand) this.#hasReferences = true
    }
    return html.length
  }

  #readRaw(name: string): void {
    const html = this.#html
    const start = this.#at
    const end = this.#endOfRaw(name, start)
    if (end > start) {
      const text = html.slice(start, end)
      this.#listener.text(name === 'title' && text.includes('&') ? decodedTitle(text) : text)
    }
    this.#at = end
    if (end < html.length) this.#readEndTag(end + 2)
  }

  #endOfRaw(name: string, start: number): number {
    const html = this.#html
    for (let at = html.indexOf('</', start); at >= 0; at = html.indexOf('</', at + 2)) {
      const end = at + 2 + name.length
      const next = html.charCodeAt(end)
      if ((next === codes.more || isSpace(next)) && html.slice(at + 2, end).toLowerCase() === name) return at
    }
    return html.length
  }

  #afterSpace(start: number): number {
    let at = start
    while (isSpace(this.#html.charCodeAt(at))) at++
    return at
  }
}

/** Without what objects inherit: `constructor` is an attribute only where it is written. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const noAttributes = (): Record<string, string> => Object.create(null) as Record<string, string>

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13 && code !== 11)
const endsName = (code: number): boolean => code === codes.slash || code === codes.more || isSpace(code)

/** More than pages use; a hostile one may use any number. */
const mostNames = 5_000
const names = new Map<string, string>()

/** Of an element or attribute, in lower case, as one string however often it is written. */
const nameOf = (written: string): string => names.get(written) ?? learn(written)

function learn(written: string): string {
  if (names.size >= mostNames) names.clear()
  // A piece of a text keeps the whole text in memory: here, the source of the page.
  const own = ` ${written}`.slice(1)
  const name = own.toLowerCase()
  names.set(own, name)
  return name
}
