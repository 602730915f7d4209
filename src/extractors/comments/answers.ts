import type { z } from 'zod'
import { Failure } from '../../failure.ts'
import type { Answer, Ask, Batch, IncompleteReason } from './platform.ts'

/** The status of an answer that was never sent for, because robots.txt forbids its address. */
const forbiddenByRobots = 0

const refusals: ReadonlySet<number> = new Set([401, 403, 429])

/** Why an answer can't be read, by its status alone; null when it can. */
export function refusal({ status }: Answer): IncompleteReason | null {
  if (status === forbiddenByRobots) return 'robots'
  if (refusals.has(status)) return 'blocked'
  return status >= 200 && status < 300 ? null : 'page_failed'
}

/** The answer's JSON, or undefined when it is something else. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A batch without comments, for an answer that could not be read. */
export function unread(reason: IncompleteReason, next: readonly Ask[] = []): Batch {
  return { comments: [], next, incomplete: reason }
}

export function unreadable(platform: string, answer: Answer): Failure {
  return new Failure(
    'unreadable_answer',
    `${platform}: the answer from ${answer.url} is of no known shape (status ${answer.status}, ${answer.text.length} characters)`,
    { url: answer.url, status: answer.status },
  )
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
