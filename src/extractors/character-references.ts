import { Parser } from 'htmlparser2'

/** Those that end mean the same whatever stands behind them. */
const reference = /&#?[\da-z]{1,40};/gi
const withoutEnd = /&(?!#?[\da-z]{1,40};)/i

/** Pages use few, and these often; a hostile one may use any number. */
const mostKept = 1_000

let read = ''
const parser = new Parser({
  ontext(data) {
    read += data
  },
  onattribute(_name, value) {
    read = value
  },
})

/** What htmlparser2 reads in markup of one text or attribute. */
function readAnew(markup: string): string {
  read = ''
  parser.parseComplete(markup)
  return read
}

/** Reads character references (`&amp;`) by htmlparser2's rules, which takes long: those that end are kept. */
class ReferenceReader {
  readonly #readAnew: (text: string) => string
  readonly #kept = new Map<string, string>()

  constructor(readAnew: (text: string) => string) {
    this.#readAnew = readAnew
  }

  decoded(text: string): string {
    if (withoutEnd.test(text)) return this.#readAnew(text)
    return text.replaceAll(reference, (found) => this.#kept.get(found) ?? this.#keep(found))
  }

  #keep(found: string): string {
    if (this.#kept.size >= mostKept) this.#kept.clear()
    const character = this.#readAnew(found)
    this.#kept.set(found, character)
    return character
  }
}

const inTexts = new ReferenceReader(readAnew)
const inValues = new ReferenceReader((value) => readAnew(`<a b="${value.replaceAll('"', '&quot;')}">`))

export const decodedText = (text: string): string => inTexts.decoded(text)

/** Of an attribute: fewer references are read that do not end. */
export const decodedValue = (value: string): string => inValues.decoded(value)

/** Of `title`. */
export const decodedTitle = (text: string): string => readAnew(`<title>${text}</title>`)
