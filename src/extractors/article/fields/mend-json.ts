/** Deeper than any JSON that says something of a page: what nests so deep is not mended. */
const deepest = 200
/** Values of one text that are read, as many as nodes of a page. */
const mostValues = 2_000
const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']' }
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const marks = /<!\[CDATA\[|\]\]>|["{}[\],]|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/g
/** A quote, a backslash, or a control character: all below the space. */
const stringMarks = /["\\]|[^ -\uFFFF]/g
const knownEscape = /["\\/bfnrt]|u[0-9a-f]{4}/iy
const visible = /\S/g
const characters: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  '#x22': '"',
  amp: '&',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  lt: '<',
  gt: '>',
}

/**
 * Reads the values of a text that should have been JSON. Valid JSON is read as `JSON.parse` reads it. Else the text is
 * mended where only one reading makes sense: raw line breaks and control characters, unescaped quotes and unknown
 * escapes in strings, spare commas, comments, CDATA and comment marks, quotes written as entities, closing brackets
 * that are missing at the end, several values in a row. Members that were cut off and what stays unreadable are left
 * out. Takes time with the length of the text.
 */
export function parseTolerantly(text: string): unknown[] {
  const asIs = tryParse(text)
  return asIs === undefined ? new JsonMender(decodeQuotes(text)).values() : [asIs]
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    // Too deep or too long for the engine is as unreadable as a mistake.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

/** Where even the quotes of the structure are entities, all of the text went through an HTML encoder once too often. */
function decodeQuotes(text: string): string {
  if (!/^[\s\uFEFF]*[{[][\s{[]*&(?:quot|#34|#x22);/i.test(text.slice(0, 1_000))) return text
  return text.replace(
    /&(quot|amp|apos|lt|gt|#34|#39|#x22|#x27);/gi,
    (entity, name: string) => characters[name.toLowerCase()] ?? entity,
  )
}

/** A place up to which all members are whole. */
interface SafeEnd {
  readonly pieces: number
  readonly depth: number
}

/** One pass over a text, which knows only brackets, commas and strings. */
class JsonMender {
  readonly #text: string
  readonly #found: unknown[] = []
  /** The value at hand, as it will be parsed, and the brackets that must still close it. */
  #pieces: string[] = []
  #open: string[] = []
  #safe: SafeEnd = { pieces: 0, depth: 0 }
  /** A comma counts only when something follows it. */
  #hasComma = false
  #endsWithString = false

  constructor(text: string) {
    this.#text = text
  }

  values(): unknown[] {
    marks.lastIndex = 0
    let from = 0
    for (let mark = marks.exec(this.#text); mark !== null; mark = marks.exec(this.#text)) {
      this.#addScalar(this.#text.slice(from, mark.index))
      if (mark[0] === '"' && this.#open.length > 0) marks.lastIndex = this.#addString(mark.index + 1)
      else this.#addMark(mark[0])
      if (this.#open.length > deepest || this.#found.length >= mostValues) return this.#found
      from = marks.lastIndex
    }
    this.#addScalar(this.#text.slice(from))
    this.#closeCutOff()
    return this.#found
  }

  #addMark(mark: string): void {
    if (mark === '{' || mark === '[') this.#openBracket(mark)
    else if (mark === '}' || mark === ']') this.#closeBracket(mark)
    else if (mark === ',' && this.#open.length > 0) {
      this.#hasComma = true
      this.#markSafe()
    }
  }

  #openBracket(mark: string): void {
    this.#add(mark)
    this.#open.push(closers[mark] ?? '')
    this.#markSafe()
  }

  /** A bracket that closes nothing is passed over; one that closes what is around the innermost closes that too. */
  #closeBracket(mark: string): void {
    if (this.#open.at(-1) !== mark) {
      if (this.#open.at(-2) !== mark) return
      this.#closeBracket(this.#open.at(-1) ?? '')
    }
    this.#hasComma = false
    this.#pieces.push(mark)
    this.#open.pop()
    this.#markSafe()
    if (this.#open.length === 0) this.#finish([])
  }

  #addScalar(between: string): void {
    if (this.#open.length > 0 && between.trim() !== '') this.#add(between)
  }

  #add(piece: string): void {
    if (this.#hasComma) this.#pieces.push(',')
    this.#hasComma = false
    this.#endsWithString = false
    this.#pieces.push(piece)
  }

  #markSafe(): void {
    this.#safe = { pieces: this.#pieces.length, depth: this.#open.length }
  }

  #finish(missing: readonly string[]): boolean {
    const value = tryParse(this.#pieces.join('') + missing.join(''))
    if (value !== undefined) this.#found.push(value)
    this.#pieces = []
    return value !== undefined
  }

  /** A number or word at the end may have lost its rest, a string that closed has not. */
  #closeCutOff(): void {
    if (this.#open.length === 0) return
    const { pieces, depth } = this.#safe
    const whole = this.#pieces.slice(0, pieces)
    if (this.#endsWithString && this.#finish(this.#open.toReversed())) return
    this.#pieces = whole
    this.#finish(this.#open.slice(0, depth).toReversed())
  }

  /** @returns where the text goes on after the string; one that never ends is left out. */
  #addString(from: number): number {
    const parts = ['"']
    stringMarks.lastIndex = from
    let start = from
    for (
      let special = stringMarks.exec(this.#text);
      special !== null;
      special = stringMarks.exec(this.#text)
    ) {
      const { index } = special
      parts.push(this.#text.slice(start, index))
      if (special[0] === '"' && this.#isStringEnd(index + 1)) {
        parts.push('"')
        this.#add(parts.join(''))
        this.#endsWithString = true
        return index + 1
      }
      const [mended, length] = special[0] === '\\' ? this.#mendEscape(index) : [mendCharacter(special[0]), 1]
      parts.push(mended)
      start = index + length
      stringMarks.lastIndex = start
    }
    this.#endsWithString = false
    return this.#text.length
  }

  #mendEscape(index: number): [mended: string, length: number] {
    knownEscape.lastIndex = index + 1
    const known = knownEscape.exec(this.#text)?.[0]
    return known === undefined ? ['', 1] : [`\\${known}`, known.length + 1]
  }

  /** A quote ends a string only where JSON goes on after it. */
  #isStringEnd(from: number): boolean {
    visible.lastIndex = from
    const found = visible.exec(this.#text)
    return found === null || ',:}]'.includes(found[0]) || this.#isComment(found.index)
  }

  #isComment(index: number): boolean {
    return this.#text.startsWith('/*', index) || this.#text.startsWith('//', index)
  }
}

const mendCharacter = (character: string): string => (character === '"' ? '\\"' : (escapes[character] ?? ' '))
