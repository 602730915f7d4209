import { z } from 'zod'
import type { Comment } from './platform.ts'

/** A list in an answer; one that is missing, or that holds what it should not, is empty. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .catch(null)
    .transform((items) => items ?? [])

/** Votes for and against, with what they come to when both are known. */
export function votes(
  likes: number | null | undefined,
  dislikes: number | null | undefined,
): Pick<Comment, 'likes' | 'dislikes' | 'score'> {
  const isKnown = typeof likes === 'number' && typeof dislikes === 'number'
  return { likes: likes ?? null, dislikes: dislikes ?? null, score: isKnown ? likes - dislikes : null }
}

/** The words for those marks of a writer that are set. */
export function badges(marks: Readonly<Record<string, boolean | undefined>>): string[] {
  return Object.entries(marks).flatMap(([name, isSet]) => (isSet === true ? [name] : []))
}

/** The total as a batch reports it: left out when the answer does not tell. */
export function reported(total: number | null | undefined): { reportedCount?: number } {
  return typeof total === 'number' ? { reportedCount: total } : {}
}
