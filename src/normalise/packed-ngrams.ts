/** Of a group of letters, by the number of each language that it speaks for. */
type Scores = Readonly<Record<string, number>>

const beginning = 'ngrams:{'
const entry = /(?:'((?:[^'\\\t\n]|\\['\\])*)'|([\w$]+)):\{([\d:,]+)\},?/y

/**
 * The letter groups in the source of a module of the language detector as one text: sorted lines, a megabyte. As objects
 * they take thirty, and their source as much again while it is compiled. Null when it is not written as we know it.
 */
export function packNgrams(source: string): { readonly before: string; readonly packed: string } | null {
  const start = source.indexOf(beginning) + beginning.length
  const lines: string[] = []
  entry.lastIndex = start
  let end = start
  for (let found = entry.exec(source); found !== null; found = entry.exec(source)) {
    const [, quoted = '', bare, scores = ''] = found
    lines.push(`${bare ?? quoted.replaceAll(/\\(.)/g, '$1')}\t${scores}\n`)
    end = entry.lastIndex
  }
  if (lines.length === 0 || !/^\}\};?\s*$/.test(source.slice(end))) return null
  return { before: source.slice(0, start - 1), packed: lines.toSorted().join('') }
}

/** What looks as if it had the groups for properties, to whoever asks for one by one. */
export function ngramsIn(packed: string): Readonly<Record<string, Scores>> {
  return new Proxy<Record<string, Scores>>(
    {},
    { get: (_, name) => (typeof name === 'string' ? scoresOf(packed, name) : undefined) },
  )
}

/** Halves what may hold the line until it is found. */
function scoresOf(packed: string, name: string): Scores | undefined {
  let low = 0
  let high = packed.length
  while (low < high) {
    const middle = (low + high) >> 1
    const start = middle === 0 ? 0 : packed.lastIndexOf('\n', middle - 1) + 1
    const endOfName = packed.indexOf('\t', start)
    const end = packed.indexOf('\n', endOfName)
    const found = packed.slice(start, endOfName)
    if (found === name) return readScores(packed.slice(endOfName + 1, end))
    if (found < name) low = end + 1
    else high = start
  }
  return undefined
}

const readScores = (written: string): Scores =>
  Object.fromEntries(
    written.split(',').map((pair): [string, number] => {
      const [language = '', score] = pair.split(':')
      return [language, Number(score)]
    }),
  )
