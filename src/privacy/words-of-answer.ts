import { textContent } from 'domutils'
import { parseHtml } from '../extractors/page.ts'
import { decodeBytes } from '../normalise/charset.ts'
import type { CapturedAnswer } from '../store.ts'

/**
 * All that an answer says, as `comparableText` writes it: decoded, with the escapes of JSON, HTML and addresses undone,
 * words between tags before those inside of them. One name is found in it however its site writes it.
 */
export function wordsOfAnswer({
  url,
  body,
  headers,
}: Pick<CapturedAnswer, 'url' | 'body' | 'headers'>): string {
  const type = headers['content-type'] ?? null
  const kind = /json/.test(type ?? '') ? 'json' : 'html'
  const text = withoutEscapes(decodeBytes(body, type, { kind }).text)
  const tags: string[] = []
  const between = text.replaceAll(/<[a-z/!][^<>]*>/gi, (tag) => {
    tags.push(tag)
    return ' '
  })
  return folded(`${withoutEscapes(url)}\n${between}\n${tags.join(' ')}`)
}

/** A name or an address as it stands in the words of an answer. */
export const comparableText = (text: string): string => folded(withoutEscapes(text)).trim()

const folded = (text: string): string =>
  text
    .replaceAll(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[‘’‛ʼ′´`]/g, "'")
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()

/** Those of JSON first, for markup is often inside of it; those of HTML twice, for feeds hold markup as text. */
function withoutEscapes(text: string): string {
  const plain = text
    .replaceAll(
      /\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([bfnrt]))?/gi,
      (_, long?: string, short?: string, space?: string) => {
        const code = long ?? short
        if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
        return space === undefined ? '' : ' '
      },
    )
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, fromPercent)
  return withoutReferences(withoutReferences(plain))
}

function fromPercent(octets: string): string {
  try {
    return decodeURIComponent(octets)
  } catch {
    // Of another charset, or no escape at all.
    return octets
  }
}

const withoutReferences = (text: string): string =>
  text.replaceAll(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z\d]{1,31});?/gi, (reference) => {
    const known = characters.get(reference)
    if (known !== undefined) return known
    const read = textContent(parseHtml(reference))
    if (characters.size < MOST_CHARACTERS) characters.set(reference, read)
    return read
  })

/** What references to characters stand for, as far as they were met: parsing takes longer than looking up. */
const characters = new Map<string, string>()
const MOST_CHARACTERS = 5_000
