import type { z } from 'zod'
import { refusal, unread, unreadable } from '../answers.ts'
import type { Answer, Batch } from '../platform.ts'

/** The answer's JSON, or undefined when it is something else. Whole numbers that doubles can't hold come as text. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(longNumber.test(text) ? withLongNumbersQuoted(text) : text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const longNumber = /[:[,]\s{0,9}-?\d{16}/
const longNumbers = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

/** Step by step from one text to the next, for texts are longer than expressions can hold. */
function withLongNumbersQuoted(json: string): string {
  const parts: string[] = []
  let from = 0
  for (let start = json.indexOf('"'); start !== -1; start = json.indexOf('"', from)) {
    const end = endOfText(json, start)
    if (end === -1) return json
    parts.push(json.slice(from, start).replace(longNumbers, quoted), json.slice(start, end + 1))
    from = end + 1
  }
  parts.push(json.slice(from).replace(longNumbers, quoted))
  return parts.join('')
}

const quoted = (digits: string): string => (Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`)

/** Where the text ends that starts at `start`; -1 when it does not. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end
}

function isEscaped(json: string, at: number): boolean {
  let first = at
  while (json[first - 1] === '\\') first -= 1
  return (at - first) % 2 === 1
}

/** An answer of JSON: what is in it, or the batch that tells why nothing is. */
export type JsonAnswer<Content> =
  | { readonly content: Content; readonly refused: null }
  | { readonly content: null; readonly refused: Batch }

/** @throws Failure `unreadable_answer` when `schema` does not know the answer's shape. */
export function readJson<Schema extends z.ZodType>(
  answer: Answer,
  schema: Schema,
  platform: string,
): JsonAnswer<z.infer<Schema>> {
  const reason = refusal(answer)
  if (reason !== null) return { content: null, refused: unread(reason) }
  const parsed = schema.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(platform, answer)
  return { content: parsed.data, refused: null }
}
