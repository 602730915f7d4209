/** Characters 80 to 9F of windows-1252; the five that it leaves free stand for themselves. */
const printed = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/** Those that stand elsewhere in Unicode. */
export const windowsCharacters = printed.replace(/[\u0080-\u009F]/g, '')

/** What a control character of that range was meant to print, or itself where it is none of them. */
export const windowsCharacter = (control: string): string => printed[control.charCodeAt(0) - 0x80] ?? control

/** The byte of a character of windows-1252, or of ISO 8859-1 where that is another. */
export function byteOf(character: string): number {
  const code = character.charCodeAt(0)
  return code <= 0xff ? code : 0x80 + printed.indexOf(character)
}
