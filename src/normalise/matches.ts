/**
 * The matches of a global pattern, one after the other. `matchAll` looks with a copy of the pattern, and of a large one
 * that is seldom asked for V8 compiles each copy anew. The pattern is not to be used for anything else meanwhile.
 */
export function* matchesOf(pattern: RegExp, text: string): Generator<RegExpExecArray, undefined> {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    // As `matchAll` goes on after a match of nothing.
    if (match[0] === '') pattern.lastIndex++
    yield match
  }
}
