/** What patterns are most often made of. */
const usual = [
  'a',
  'A',
  '0',
  ' ',
  '\n',
  '\t',
  '.',
  ',',
  '-',
  '_',
  '/',
  ':',
  ';',
  '<',
  '>',
  '&',
  '"',
  "'",
  '(',
  '[',
  '{',
  '%',
  '\\',
  'я',
  'é',
  '\u0301',
  '\uD83D\uDE00',
]

/** Strings of any length that are near to what a pattern matches, and end otherwise. */
export function* hostileStrings(source: string): Generator<(length: number) => string> {
  const words = literalWords(source)
  const seeds = new Set([
    ...usual,
    ...words.flatMap((word) => [word, word.slice(0, -1), word.slice(1)]),
    ...words.flatMap((word) =>
      [' ', 'a', '0', '-', '\n'].flatMap((filler) => [word + filler, filler + word]),
    ),
    words.join(''),
    words.join(' '),
    'a ',
    'a,',
    '1 ',
    '1.',
    '<a ',
    '<p>',
    'a=',
    '&a',
    '\n ',
  ])
  const [first = ''] = words
  for (const seed of seeds) {
    if (seed === '') continue
    const body = (length: number): string => seed.repeat(Math.ceil(length / seed.length)).slice(0, length)
    yield (length) => `${body(length)}\u0001`
    yield (length) => first + body(length)
  }
}

/** The runs of plain characters in a pattern, at most twelve. */
function literalWords(source: string): string[] {
  const plain = source
    .replace(/\\[pP]\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\u\{[^}]*\}/g, '\n')
    .replace(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, '\n')
    .replace(/\\s/g, ' ')
    .replace(/\\d/g, '1')
    .replace(/\\w/g, 'w')
    .replace(/\\[bBSWDk]/g, '\n')
    .replace(/\{\d+(?:,\d*)?\}/g, '\n')
    .replace(/\\(.)/g, '$1')
  return [...new Set(plain.split(/[\n()|*+?^$]/))].filter((word) => word !== '').slice(0, 12)
}
