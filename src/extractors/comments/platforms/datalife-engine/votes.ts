import { type Element, isTag, type ParentNode } from 'domhandler'
import { descendants, hasClass, lineOf } from '../../nodes.ts'
import type { Comment } from '../../platform.ts'

type Votes = Pick<Comment, 'likes' | 'dislikes' | 'score'>

/**
 * The votes that the engine prints beside a comment. Two of the three counters are enough; a rating
 * in stars is a mark of quality, not a count of votes, and stays out.
 */
export function readVotes(box: ParentNode): Votes {
  let likes: number | null = null
  let dislikes: number | null = null
  let votes: number | null = null
  let net: number | null = null
  for (const node of descendants(box)) {
    if (!isTag(node)) continue
    if (isCounter(node, 'comments-likes-id')) likes ??= numberIn(node)
    else if (isCounter(node, 'comments-dislikes-id')) dislikes ??= numberIn(node)
    else if (isCounter(node, 'comments-vote-num-id')) votes ??= numberIn(node)
    else if (hasClass(node, 'ratingtypeplusminus')) net ??= numberIn(node)
  }
  return complete({ likes, dislikes, score: net }, votes)
}

function isCounter({ attribs }: Element, name: string): boolean {
  return attribs[`data-${name}`] !== undefined || (attribs['id'] ?? '').startsWith(`${name}-`)
}

function numberIn(counter: Element): number | null {
  const text = lineOf(counter)?.replace(/\s/g, '').replace(/^[−–]/u, '-')
  return text !== undefined && /^[+-]?\d{1,9}$/.test(text) ? Number(text) : null
}

function complete({ likes, dislikes, score }: Votes, votes: number | null): Votes {
  if (likes !== null && dislikes !== null) return { likes, dislikes, score: score ?? likes - dislikes }
  if (likes !== null) return { likes, dislikes, score }
  if (score === null || votes === null || (votes + score) % 2 !== 0 || votes < Math.abs(score)) {
    return { likes, dislikes, score }
  }
  return { likes: (votes + score) / 2, dislikes: (votes - score) / 2, score }
}
