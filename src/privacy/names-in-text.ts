import { nameKey, nameWord } from './privacy-key.ts'

/** Names that are looked for in texts, known or only recognised. */
export interface WantedNames {
  /**
   * What takes the place of a name, given as `nameKey` makes it; null for what is none. A word after `@` is a name,
   * known or not.
   */
  readonly replacementOf: (key: string, isAddressed: boolean) => string | null
  /** Words of the longest name. */
  readonly mostWords: number
}

/** A name of fewer letters is a word like any other, unless `@` says that a person is meant. */
const shortest = 3

/** A text with every mention of a wanted name replaced: whole words only, in any case. */
export function replaceNames(text: string, { replacementOf, mostWords }: WantedNames): string {
  const words = [...text.matchAll(nameWord)]
  let result = ''
  let done = 0
  for (let index = 0; index < words.length;) {
    const found = findName(text, words.slice(index, index + mostWords), replacementOf)
    if (found === null) {
      index++
      continue
    }
    result += text.slice(done, found.start) + found.replacement
    done = found.end
    index += found.words
  }
  return result + text.slice(done)
}

function findName(
  text: string,
  words: readonly RegExpExecArray[],
  replacementOf: WantedNames['replacementOf'],
) {
  const start = words[0]?.index ?? 0
  const isAddressed = text[start - 1] === '@'
  for (let count = words.length; count > 0; count--) {
    const last = words[count - 1]
    if (last === undefined) continue
    const end = last.index + last[0].length
    const key = nameKey(text.slice(start, end))
    if (key.length < shortest && !isAddressed) continue
    const replacement = replacementOf(key, isAddressed && count === 1)
    if (replacement !== null) return { start, end, words: count, replacement }
  }
  return null
}

/**
 * Replaces in sanitised HTML what `replace` does in texts: in words between tags, and in attributes that a reader sees.
 * An address in which something is replaced, such as that of a profile or a mailbox, goes altogether.
 */
export function replaceInHtml(html: string, replace: (text: string) => string): string {
  return html.replaceAll(/<[^<>]*>|[^<]+|</g, (piece) => {
    if (!piece.startsWith('<')) return replace(piece)
    return piece.replaceAll(
      / (href|src|data-author|data-ref|alt|title)="([^"]*)"/g,
      (whole, name: string, value: string) => {
        const isAddress = name === 'href' || name === 'src'
        const text = isAddress ? unescaped(value) : value
        const replaced = replace(text)
        if (replaced === text) return whole
        return isAddress ? '' : ` ${name}="${replaced}"`
      },
    )
  })
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    // A per cent sign of its own: the address stands for itself.
    return address
  }
}

/** The names, each with what takes its place. @param ofUnknown what takes that of a word after `@`. */
export function namesWith(
  replacements: ReadonlyMap<string, string>,
  ofUnknown: (key: string) => string | null = () => null,
): WantedNames {
  const byKey = new Map([...replacements].map(([name, replacement]) => [nameKey(name), replacement]))
  byKey.delete('')
  return {
    replacementOf: (key, isAddressed) => byKey.get(key) ?? (isAddressed ? ofUnknown(key) : null),
    mostWords: Math.max(1, ...[...byKey.keys()].map((key) => key.split(' ').length)),
  }
}
