import { articleHash } from '../extractors/article/article-hash.ts'
import { isTopic, titleAlone } from '../extractors/article/topic-of-posts.ts'
import type { PageToSave } from '../store.ts'
import type { Guard } from './guard.ts'

/**
 * An article with what may be held of it. Of a topic that is the title alone where names are hidden, its writer was erased or
 * its words are past their time: names in its text could not be told while only a part of the thread is known.
 */
export function protectedArticle(
  guard: Guard,
  { article, articleHash: hash, capture }: PageToSave,
  { now, hasErased }: { readonly now: Date; readonly hasErased: boolean },
): Pick<PageToSave, 'article' | 'articleHash' | 'isWithheld'> {
  const isErased = article.authors.some((author) => guard.isErasedName(author))
  if (!isTopic(article)) {
    const authors = article.authors.filter((author) => !guard.isErasedName(author))
    return { article: isErased ? { ...article, authors } : article, articleHash: hash, isWithheld: false }
  }
  const { areNamesOver, areWordsOver } = guard.retentionAt(article.publishedAt ?? capture.fetchedAt, now)
  const mayHoldErased = isErased || (hasErased && article.rules.body === 'posts')
  if (guard.hidesNames || mayHoldErased || areWordsOver) {
    const kept = titleAlone(article)
    return { article: kept, articleHash: articleHash(kept), isWithheld: true }
  }
  return {
    article: areNamesOver ? { ...article, authors: [], tags: [], imageUrl: null } : article,
    articleHash: hash,
    isWithheld: false,
  }
}
