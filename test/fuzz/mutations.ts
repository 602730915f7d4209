import type { Random } from '../../src/demo/random.ts'

/** Makes another input from one that is well-formed; `others` are inputs of the same kind to borrow from. */
export type Mutation = (random: Random, input: string, others: readonly string[]) => string

/** What has broken programs before. */
const awkward = [
  '',
  '\u0000',
  '\uD800',
  '\uDC00\uD800',
  '\uFFFE\uFFFF',
  '\u202E\u2066',
  '\u200B\u200D\u00AD',
  'e\u0301\u0301',
  '\u0085\u0093',
  '\uFEFF',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '</script>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<svg><a xlink:href="data:text/html,x"><style><!--</style><img src=x onerror=y>--></a></svg>',
  '<math><mi//xlink:href="javascript:x">',
  '&#0;',
  '&#xD800;',
  '&amp;lt;script&amp;gt;',
  '&lt;script&gt;',
  '&',
  '%00',
  '%',
  '%zz',
  '\\u0000',
  '\\',
  '"',
  "'",
  '`',
  'null',
  '-1',
  '1e999',
  '99999999999999999999',
  '9007199254740993',
  '__proto__',
  'constructor',
  'http://[::1',
  'https://user:pass@example.com:99999/',
  'javascript:alert(1)',
  'data:text/html,<script>x</script>',
  '//example.com',
  'mailto:a@b.example',
  'xn--',
  '٠١٢',
  '１２',
]

const dates = [
  '2024-02-30',
  '0001-01-01T00:00:00Z',
  '9999-12-31',
  '300000-01-01',
  '03/04/2024',
  '2024-03-31T02:30:00',
  '2 hours ago',
  '99999999999 years ago',
  'вчера в 25:61',
  'Thu, 31 Feb 2024 25:00:00 +9999',
  '1e20',
  '11 December 2022 07: 47',
  'today, 14:32',
  '0',
  '-62135596800',
  '2024-13-01',
  '٢٠٢٤-٠٣-٠١',
]

const many = [50, 500, 3_000, 20_000]

/** Characters and stretches of them, whatever they mean. */
export const mutateText: Mutation = (random, text, others) => {
  const at = random.integer(0, text.length)
  const end = Math.min(text.length, at + random.integer(0, random.pick([1, 4, 40, 400])))
  const part = text.slice(at, end)
  switch (random.integer(0, 7)) {
    case 0:
      return text.slice(0, at) + random.pick(awkward) + text.slice(at)
    case 1:
      return text.slice(0, at) + random.pick(awkward) + text.slice(end)
    case 2:
      return text.slice(0, at) + text.slice(end)
    case 3:
      return text.slice(0, end) + part + text.slice(end)
    case 4:
      return (
        text.slice(0, end) +
        (part || random.pick(awkward)).repeat(random.pick(many.slice(0, 3))).slice(0, 100_000) +
        text.slice(end)
      )
    case 5:
      return text.slice(0, at)
    case 6:
      return text.slice(0, at) + String.fromCharCode(random.integer(0, 0xffff)) + text.slice(end)
    default:
      return text.slice(0, at) + cutOf(random, random.pick(others)) + text.slice(end)
  }
}

function cutOf(random: Random, text: string): string {
  const at = random.integer(0, text.length)
  return text.slice(at, at + random.integer(0, 2_000))
}

/** Tags as wholes: lost, doubled, swapped, moved, nested without end, with other attributes. */
export const mutateMarkup: Mutation = (random, markup, others) => {
  if (random.chance(0.3)) return mutateText(random, markup, others)
  const pieces = markup.split(/(?=<)/)
  const at = random.integer(0, pieces.length - 1)
  const piece = pieces[at] ?? ''
  const other = random.integer(0, pieces.length - 1)
  switch (random.integer(0, 7)) {
    case 0:
      pieces.splice(at, random.integer(1, 5))
      break
    case 1:
      pieces.splice(at, 0, ...pieces.slice(other, other + random.integer(1, 20)))
      break
    case 2:
      pieces[at] = pieces[other] ?? ''
      pieces[other] = piece
      break
    case 3:
      pieces[at] = piece.repeat(Math.min(random.pick(many), Math.ceil(400_000 / Math.max(1, piece.length))))
      break
    case 4:
      pieces[at] = piece.replaceAll(/="[^"]*"/g, (value) =>
        random.chance(0.5) ? `="${valueOf(random)}"` : value,
      )
      break
    case 5:
      pieces[at] = piece.replace(/>[^<]*$/, `>${valueOf(random)}`)
      break
    case 6:
      pieces.splice(
        at,
        0,
        ...random
          .pick(others)
          .split(/(?=<)/)
          .slice(other, other + random.integer(1, 50)),
      )
      break
    default:
      pieces[at] = piece.replace(
        /^<\w*/,
        `<${random.pick(['table', 'p', 'a', 'svg', 'title', 'textarea', 'template', 'noscript', 'li', 'blockquote', 'select', 'math', 'style', ''])}`,
      )
  }
  return pieces.join('')
}

const valueOf = (random: Random): string => random.pick(random.chance(0.4) ? dates : awkward)

/** Values of any depth: others in their place, lost or doubled entries, nests. */
export const mutateJson: Mutation = (random, json, others) => {
  if (random.chance(0.2)) return mutateText(random, json, others)
  try {
    const value: unknown = JSON.parse(json)
    const count = countOf(value)
    let left = random.integer(0, count - 1)
    const walk = (at: unknown): unknown => {
      if (left-- === 0) return otherValue(random, at)
      if (Array.isArray(at)) return at.map(walk)
      if (at === null || typeof at !== 'object') return at
      return Object.fromEntries(Object.entries(at).map(([key, inner]) => [key, walk(inner)]))
    }
    return JSON.stringify(walk(value))
  } catch (error) {
    // It was cut or spoilt before; what is no JSON any more is text.
    if (error instanceof SyntaxError) return mutateText(random, json, others)
    throw error
  }
}

function countOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 1
  return Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 1)
}

function otherValue(random: Random, value: unknown): unknown {
  const anything: readonly unknown[] = [
    null,
    true,
    0,
    -1,
    1e308,
    2 ** 53,
    [],
    {},
    [[]],
    valueOf(random),
    [value],
    { a: value },
  ]
  if (Array.isArray(value) && random.chance(0.6)) {
    const list: unknown[] = value
    return random.chance(0.5) ? [...list, ...list] : random.sample(list, random.integer(0, list.length))
  }
  if (value !== null && typeof value === 'object' && random.chance(0.6)) {
    const entries = Object.entries(value)
    return Object.fromEntries(random.sample(entries, random.integer(0, entries.length)))
  }
  if (typeof value === 'string' && random.chance(0.5)) return mutateText(random, value, [value])
  return random.pick(anything)
}

/** A line of its own kind, such as a date, an address or a header. */
export const mutateLine: Mutation = (random, line, others) => {
  if (random.chance(0.2)) return random.pick(dates)
  return mutateText(random, random.chance(0.3) ? random.pick(others) : line, others)
}
