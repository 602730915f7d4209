import type { Element } from 'domhandler'
import type { ElementIndex, IndexedPage } from '../../element-index.ts'
import { isWords } from '../../elements.ts'
import { selector } from '../../selector.ts'

const scripts = selector('script')

/** Nobody asks for more of an address than its host and path. */
const longestAddress = 2000

const knownAddresses = new WeakMap<ElementIndex, string>()

/** Where a page's scripts come from, one address a line; consent tools keep it in `data-src`. */
function addressesOf({ elements }: IndexedPage): string {
  const known = knownAddresses.get(elements)
  if (known !== undefined) return known
  const addresses = scripts
    .all(elements)
    .flatMap(({ attribs }) => [attribs['src'] ?? '', attribs['data-src'] ?? ''])
    .filter((address) => address !== '' && !address.startsWith('data:'))
    .map((address) => address.slice(0, longestAddress))
    .join('\n')
  knownAddresses.set(elements, addresses)
  return addresses
}

/** The first match of `pattern` in the addresses of the page's scripts, which stand one a line. */
export function scriptAddress(page: IndexedPage, pattern: RegExp): RegExpExecArray | null {
  return pattern.exec(addressesOf(page))
}

/**
 * The words of every script inside the page that has one of `marks` in it, and of its attributes. To be asked only of
 * pages that show another mark, for it looks through every script.
 */
export function scriptsWith({ elements }: IndexedPage, ...marks: readonly string[]): string {
  return scripts
    .all(elements)
    .map(wordsOf)
    .filter((words) => marks.some((mark) => words.includes(mark)))
    .join('\n')
}

function wordsOf({ attribs, children }: Element): string {
  let words = Object.values(attribs).join('\n')
  for (const node of children) if (isWords(node)) words += `\n${node.data}`
  return words
}

/** The first value that is not empty. */
export function firstOf(...values: readonly (string | null | undefined)[]): string | null {
  return values.find((value) => value !== null && value !== undefined && value.trim() !== '')?.trim() ?? null
}

/**
 * The quoted value of a setting in a script or in JSON, as in `serverURL: 'https://…'`; null when the setting is
 * missing, empty or computed.
 */
export function settingIn(text: string, name: string): string | null {
  const setting = new RegExp(
    `(?<![\\w$.-])["']?${name}["']?\\s{0,9}[:=]\\s{0,9}(?:"([^"\\n]{0,2000})"|'([^'\\n]{0,2000})'|\`([^\`$\\n]{0,2000})\`)`,
  )
  const [, double, single, tick] = setting.exec(text) ?? []
  const value = double ?? single ?? tick ?? ''
  return value === '' ? null : value.replaceAll('\\/', '/')
}

/** As `settingIn`, for a whole number, quoted or not. */
export function numberIn(text: string, name: string): string | null {
  const setting = new RegExp(`(?<![\\w$.-])["']?${name}["']?\\s{0,9}[:=]\\s{0,9}["']?(\\d{1,20})(?![\\w.])`)
  return setting.exec(text)?.[1] ?? null
}
