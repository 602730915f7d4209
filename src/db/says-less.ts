import type { Article } from '../extractors/article/article.ts'
import type { KnownArticle } from './articles.ts'

/**
 * Whether a text is what is left of a page that we can't read any more: none at all, the beginning before a wall, or
 * less than half of what is held, found by another rule.
 */
export function saysLess({ bodyText, isWalled, rules }: Article, held: KnownArticle): boolean {
  // Whose the words of an opening post are is known, and those of a page of posts may be anybody's.
  if (held.bodyRule === 'opening-post' && rules.body === 'posts') return true
  if (held.bodyRule === 'posts' && rules.body === 'opening-post') return false
  if (bodyText.length >= held.bodyLength) return false
  if (bodyText === '' || isWalled) return true
  // A layout is what a person says the text is.
  const isOtherRule = rules.body !== held.bodyRule && rules.body !== 'layout'
  return isOtherRule && bodyText.length < held.bodyLength / 2
}
