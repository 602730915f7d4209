const printableAscii = /^[ -~]*$/

/** Letters and digits only, so that quotes, dashes, spaces and case do not tell two titles apart. */
export function comparable(text: string): string {
  // Such text has one form only, and normalising is dear.
  if (printableAscii.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '')
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
