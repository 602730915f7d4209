import { articleHash } from '../extractors/article/article-hash.ts'
import type { Article } from '../extractors/article/article.ts'
import { commentOf } from '../extractors/comments/comment.ts'
import type { Comment } from '../extractors/comments/platform.ts'
import type { PageToSave } from '../store.ts'

/** The opening post of a forum's topic as the comment that it is: a reader wrote it. Null for an article of a newsroom. */
export function openingComment({ rules, authors, publishedAt, bodyText, bodyHtml }: Article): Comment | null {
  if (rules.body !== 'opening-post') return null
  return commentOf({
    nativeId: 'opening post',
    authorName: authors[0] ?? null,
    publishedAt,
    bodyText,
    bodyHtml,
  })
}

/**
 * The topic with what may be held of its opening post. As in all articles, names of erased persons stay in its text.
 * @param held the post, once it is protected.
 */
export function withOpening(
  article: Article,
  { authorName, bodyText, bodyHtml }: Comment,
  hidesNames: boolean,
): Pick<PageToSave, 'article' | 'articleHash'> {
  const authors = authorName === null ? [] : [authorName]
  // Summaries are the first words of the post.
  const words = hidesNames || bodyText === '' ? { subtitle: null, excerpt: null, bodyText, bodyHtml } : {}
  const kept = { ...article, ...words, authors }
  return { article: kept, articleHash: articleHash(kept) }
}
