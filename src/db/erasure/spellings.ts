/** A name as it may be written, for searches that must not depend on what a database takes for a lower-case letter. */
export function spellingsOf(name: string): string[] {
  const lower = name.toLowerCase()
  const capitalised = lower.replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())
  return [...new Set([name, name.normalize('NFKC'), lower, name.toUpperCase(), capitalised])].filter(
    (spelling) => spelling.trim() !== '',
  )
}

/** How these names may stand in the octets of a page or of an interface's answer, as Latin-1 in lower case. */
export function octetsOf(names: readonly string[]): string[] {
  const written = names.flatMap(spellingsOf).flatMap((spelling) => [
    latin1(Buffer.from(spelling)),
    spelling.replaceAll(
      /[^\x20-\x7E]/g,
      (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    spelling.replaceAll(/[^\x20-\x7E]/gu, (letter) => `&#${letter.codePointAt(0)};`),
    spelling.replaceAll(/[^\x20-\x7E]/gu, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`),
    encodeURIComponent(spelling),
    ...[...singleByte].flatMap(([, octets]) => {
      const codes = Array.from(spelling, (letter) => octets.get(letter))
      return codes.every((code) => code !== undefined) ? [String.fromCharCode(...codes)] : []
    }),
  ])
  return [...new Set(written.map((octets) => octets.toLowerCase()))]
}

const latin1 = (octets: Buffer): string => octets.toString('latin1')

/** The charsets of one octet for each letter in which news are still served. */
const singleByte: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  ['windows-1252', 'windows-1251', 'windows-1250', 'koi8-r', 'iso-8859-2'].map((name) => {
    const letters = new TextDecoder(name).decode(Uint8Array.from({ length: 256 }, (_, octet) => octet))
    return [name, new Map(Array.from(letters, (letter, octet) => [letter, octet]))]
  }),
)
