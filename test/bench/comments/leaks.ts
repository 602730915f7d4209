import type { CommentPage, ReadPage } from './page.ts'
import type { Share } from './score/score.ts'
import { wordsOf } from '../articles/score/words.ts'

/** Shorter remarks may stand in an article by chance. */
const FEWEST_WORDS = 8
const SHINGLE = 4
const LEAKED = 0.8

/** How many of an article page's comments stand in what was taken for the article's own text. */
export function leakedComments({ kind, comments }: CommentPage, { articleText }: ReadPage): Share {
  if (kind !== 'article') return { right: 0, of: 0 }
  const article = new Set(shinglesOf(articleText))
  const counted = comments.filter(({ text }) => wordsOf(text).length >= FEWEST_WORDS)
  const leaked = counted.filter(({ text }) => {
    const shingles = shinglesOf(text)
    return shingles.filter((shingle) => article.has(shingle)).length >= LEAKED * shingles.length
  })
  return { right: leaked.length, of: counted.length }
}

function shinglesOf(text: string): string[] {
  const words = wordsOf(text.toLowerCase())
  return words.slice(SHINGLE - 1).map((_, start) => words.slice(start, start + SHINGLE).join(' '))
}
