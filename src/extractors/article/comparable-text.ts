/** Letters and digits only, so that quotes, dashes, spaces and case do not tell two titles apart. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
