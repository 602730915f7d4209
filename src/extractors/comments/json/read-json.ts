import type { z } from 'zod'
import { refusal, unread, unreadable } from '../answers.ts'
import type { Answer, Batch } from '../platform.ts'

/** The answer's JSON, or undefined when it is something else. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
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
