/** Runs of letters, marks, digits and low lines: what Python's `\w+` takes for a word. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []
}
