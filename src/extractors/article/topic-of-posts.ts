import { localTime } from '../../normalise/local-time.ts'
import type { Comment } from '../comments/platform.ts'
import type { Article, FieldRule } from './article.ts'
import { comparable } from './comparable-text.ts'

/** The topic of a forum, which a reader wrote, not a newsroom. */
export const isTopic = ({ rules }: Pick<Article, 'rules'>): boolean =>
  rules.body === 'opening-post' || rules.body === 'posts'

/** Letters by which a post is known again, and how many posts must be for chance to be out of the question. */
const letters = 60
const fewestPosts = 2
/** Letters of a text before its first post: a headline, a name, a date. */
const longestHeader = 300

/**
 * What an article is whose text holds most of the comments that were found on its page: the topic of a forum whose
 * engine is not known, opened by the first of them. Where its text begins otherwise nobody knows whose it is (`posts`).
 * @param timezone of the page's clock.
 */
export function topicOfPosts(article: Article, posts: readonly Comment[], timezone: string): Article {
  if (article.rules.body === 'layout' || posts.length < fewestPosts) return article
  const text = comparable(article.bodyText)
  const starts = posts.map(({ bodyText }) => comparable(bodyText.slice(0, 4 * letters)).slice(0, letters))
  const telling = starts.filter((start) => start.length === letters)
  const held = telling.filter((start) => text.includes(start)).length
  if (held < fewestPosts || held * 2 <= telling.length) return article
  const [opening, place] = [posts[0], text.indexOf(starts[0] ?? '')]
  const isOpening = opening !== undefined && opening.bodyText !== '' && place >= 0 && place <= longestHeader
  return isOpening
    ? openedBy(article, opening, timezone)
    : { ...article, rules: { ...article.rules, body: 'posts' } }
}

function openedBy(
  article: Article,
  { authorName, publishedAt, publishedRaw, bodyText, bodyHtml }: Comment,
  timezone: string,
): Article {
  const { rules } = article
  const isNamed = authorName !== null && isGuess(rules.authors)
  const isDated = publishedAt !== null && isGuess(rules.publishedAt)
  return {
    ...article,
    bodyText,
    bodyHtml,
    authors: isNamed ? [authorName] : article.authors,
    publishedAt: isDated ? publishedAt : article.publishedAt,
    publishedLocal: isDated ? localTime(publishedAt, publishedRaw ?? '', timezone) : article.publishedLocal,
    rules: {
      ...rules,
      body: 'opening-post',
      authors: isNamed ? 'opening-post' : rules.authors,
      publishedAt: isDated ? 'opening-post' : rules.publishedAt,
    },
  }
}

/** What a page marks for machines is of the opening post, too, and more exact. */
const isGuess = (rule: FieldRule): boolean => rule === 'heuristic' || rule === 'none'
