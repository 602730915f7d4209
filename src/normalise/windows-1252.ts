/** Characters 80 to 9F of windows-1252; the five that it leaves free stand for themselves. */
const printed = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'

/** What a control character of that range was meant to print, or itself where it is none of them. */
export const windowsCharacter = (control: string): string => printed[control.charCodeAt(0) - 0x80] ?? control
