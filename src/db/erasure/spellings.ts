import { apostropheForms } from '../../privacy/privacy-key.ts'

/** A name as it may be written, for searches that must not depend on what a database takes for a lower-case letter. */
export function spellingsOf(name: string): string[] {
  return [...new Set(apostropheForms(name).flatMap(inAnyCase))].filter((spelling) => spelling.trim() !== '')
}

function inAnyCase(name: string): string[] {
  const lower = name.toLowerCase()
  const capitalised = lower.replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())
  return [name, name.normalize('NFKC'), lower, name.toUpperCase(), capitalised]
}
