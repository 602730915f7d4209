import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { wordsOfElement } from './boxes.ts'
import type { Entry } from './section.ts'

/**
 * Each entry once: a page may show its comments twice, for narrow and wide screens, or the best of them above all.
 * Entries that differ are kept, whatever their numbers: where those are equal, the whole ids tell them apart.
 */
export function withoutDoubles(entries: readonly Entry[]): Entry[] {
  const known = new Map<string, Entry>()
  const byElement = new Map(entries.map((entry) => [entry.box.element, entry]))
  const different = entries.filter((entry) => {
    const around = entry.number === null ? entryAround(entry, byElement) : null
    const words = wordsOf(entry)
    const key = JSON.stringify([
      toldBy(entry, words),
      around === null ? null : toldBy(around, wordsOf(around)),
    ])
    const other = known.get(key)
    known.set(key, entry)
    return other === undefined || (entry.number === null && !isCopy(entry, other, words))
  })
  return toldApart(different)
}

function toldBy({ number, author, date }: Entry, words: string): unknown[] {
  return [number, author?.name, date?.moment.at, words]
}

/** An editor may thank two readers in the same words. */
function entryAround({ box }: Entry, byElement: ReadonlyMap<Element, Entry>): Entry | null {
  let outer = box.element.parent
  while (outer !== null && isElement(outer)) {
    const entry = byElement.get(outer)
    if (entry !== undefined) return entry
    outer = outer.parent
  }
  return null
}

const shortestCopy = 12

/** Two people may say the same few words in a list, but hardly the same sentence in two. */
function isCopy({ box }: Entry, other: Entry, words: string): boolean {
  return words.length >= shortestCopy && box.element.parent !== other.box.element.parent
}

function wordsOf({ body, box }: Entry): string {
  return (body.length === 0 ? [box.element] : body).map((part) => wordsOfElement(part)).join(' ')
}

/** With whole ids where several of them have one number, and else with the number for the first only. */
function toldApart(entries: readonly Entry[]): Entry[] {
  const ids = new Map<string, string | undefined>()
  let isNumberUnique = true
  let isIdLonger = false
  for (const entry of entries) {
    if (entry.number === null) continue
    const id = idOf(entry)
    isNumberUnique &&= !ids.has(entry.number)
    isIdLonger ||= ids.has(entry.number) && ids.get(entry.number) !== id
    ids.set(entry.number, id)
  }
  if (isNumberUnique) return [...entries]
  const used = new Set<string>()
  return entries.map((entry) => {
    const number = isIdLonger ? (idOf(entry) ?? entry.number) : entry.number
    if (number === null || used.has(number)) return { ...entry, number: null }
    used.add(number)
    return { ...entry, number }
  })
}

function idOf({ box }: Entry): string | undefined {
  return box.element.attribs['id']
}
