import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A regular expression as it stands in the source. */
export interface RegexLiteral {
  /** File and line. */
  readonly place: string
  readonly source: string
  readonly flags: string
}

/** All regular expressions that are written out in the TypeScript files below a folder, each once. */
export function regexLiterals(folder: string): RegexLiteral[] {
  const found = new Map<string, RegexLiteral>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!/\.m?ts$/.test(name)) continue
    for (const literal of literalsOf(readFileSync(join(folder, name), 'utf8'), name)) {
      const key = `${literal.source}/${literal.flags}`
      if (!found.has(key)) found.set(key, literal)
    }
  }
  return [...found.values()]
}

/** After these a slash divides, or ends an element of HTML; after all else it begins a regular expression. */
const endOfOperand = /(?:[\w$)\]}'"`] ?|<)$/
const wordBeforeRegex = /(?:^|[^\w$.])(?:return|case|typeof|in|of|await|yield) ?$/

function* literalsOf(text: string, name: string): Generator<RegexLiteral> {
  let before = ''
  let at = 0
  while (at < text.length) {
    const token = tokenAt(text, at, before)
    if (token.kind === 'regex') {
      const line = text.slice(0, at).split('\n').length
      const close = token.text.lastIndexOf('/')
      yield {
        place: `${name}:${line}`,
        source: token.text.slice(1, close),
        flags: token.text.slice(close + 1),
      }
    }
    if (token.kind === 'template') yield* literalsOf(insideTemplate(token.text), name)
    before = (before + (token.kind === 'blank' ? ' ' : token.text)).slice(-20)
    at += token.text.length
  }
}

interface Token {
  readonly kind: 'blank' | 'string' | 'template' | 'regex' | 'other'
  readonly text: string
}

const shapes: readonly (readonly [Token['kind'], RegExp])[] = [
  ['blank', /\s+|\/\/[^\n]*|\/\*[^]*?\*\//y],
  ['string', /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y],
]
const regexShape = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y

function tokenAt(text: string, at: number, before: string): Token {
  for (const [kind, shape] of shapes) {
    const found = matchAt(shape, text, at)
    if (found !== null) return { kind, text: found }
  }
  if (text[at] === '`') return { kind: 'template', text: text.slice(at, endOfTemplate(text, at)) }
  const mayBegin = !endOfOperand.test(before) || wordBeforeRegex.test(before)
  const found = text[at] === '/' && mayBegin ? matchAt(regexShape, text, at) : null
  return found === null ? { kind: 'other', text: text[at] ?? '' } : { kind: 'regex', text: found }
}

function matchAt(shape: RegExp, text: string, at: number): string | null {
  shape.lastIndex = at
  return shape.exec(text)?.[0] ?? null
}

/** Past the closing backtick; templates may hold templates. */
function endOfTemplate(text: string, start: number): number {
  let depth = 0
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (depth === 0 && text[at] === '`') return at + 1
    else if (text.startsWith('${', at)) depth += 1
    else if (depth > 0 && text[at] === '}') depth -= 1
    else if (depth > 0 && text[at] === '`') at = endOfTemplate(text, at) - 1
  }
  return text.length
}

/** The code within a template's braces. */
function insideTemplate(template: string): string {
  return [...template.matchAll(/\$\{([^]*?)\}/g)].map((match) => match[1] ?? '').join('\n')
}
