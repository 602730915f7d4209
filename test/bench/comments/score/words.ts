const typedSmiley = /(^|\s):[a-z_]{2,12}:(?=\s|$)/g
const drawnSmiley = /[:;=8x]['’]?-?[)(dpo|/\\*3]+(?![\p{L}\p{N}])/gu

/** Compatibility forms and case are no difference. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Words of a comment with how often each stands in it. */
export type Bag = ReadonlyMap<string, number>

/** Smileys, drawn or as an image's `alt`, count only where there is nothing else. */
export function bagOf(text: string): Bag {
  const line = folded(text)
  const words = line
    .replace(typedSmiley, ' ')
    .replace(drawnSmiley, ' ')
    .match(/[\p{L}\p{N}]+/gu)
  const bag = new Map<string, number>()
  for (const word of words ?? line.match(/\S/gu) ?? []) bag.set(word, (bag.get(word) ?? 0) + 1)
  return bag
}

/** Jaccard's measure of bags: what they share of what either holds. */
export function likeness(one: Bag, other: Bag): number {
  let shared = 0
  for (const [word, count] of one) shared += Math.min(count, other.get(word) ?? 0)
  const either = sizeOf(one) + sizeOf(other) - shared
  return either === 0 ? 1 : shared / either
}

function sizeOf(bag: Bag): number {
  let size = 0
  for (const count of bag.values()) size += count
  return size
}

/** Names are compared by letters and digits, whatever their case; names without any by what they are made of. */
export function nameKey(name: string | null): string {
  const line = folded(name ?? '')
  return line.replace(/[^\p{L}\p{N}]+/gu, '') || line.replace(/\s+/g, '')
}
