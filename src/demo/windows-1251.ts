/** Byte for each character that windows-1251 has above ASCII, read off the platform's own decoder. */
const byteOf = new Map(
  Array.from({ length: 128 }, (_, index) => index + 128).map((byte) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(byte)),
    byte,
  ]),
)

/**
 * Encodes markup in windows-1251. What the charset lacks, such as emoji, becomes a numeric character
 * reference, as browsers send it and old sites store it; so this is for HTML and XML text only.
 */
export function encodeWindows1251(markup: string): Buffer {
  const bytes = markup.replace(/[^\0-\x7F]/gu, (character) => {
    const byte = byteOf.get(character)
    return byte === undefined ? `&#${character.codePointAt(0)};` : String.fromCodePoint(byte)
  })
  return Buffer.from(bytes, 'latin1')
}
