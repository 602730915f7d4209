import { articleHash } from '../extractors/article/article-hash.ts'
import { isTopic } from '../extractors/article/topic-of-posts.ts'
import type { PageToSave } from '../store.ts'
import type { Guard } from './guard.ts'

const nothing = {
  authors: [],
  tags: [],
  subtitle: null,
  excerpt: null,
  imageUrl: null,
  bodyText: '',
  bodyHtml: '',
}

/**
 * An article with what may be held of it. Of a topic that is the title alone where names are hidden, its writer was erased or
 * its words are past their time: names in its text could not be told while only a part of the thread is known.
 */
export function protectedArticle(
  guard: Guard,
  { article, articleHash: hash, capture }: PageToSave,
  now: Date,
): Pick<PageToSave, 'article' | 'articleHash' | 'isWithheld'> {
  const isErased = article.authors.some((author) => guard.isErasedName(author))
  if (!isTopic(article)) {
    const authors = article.authors.filter((author) => !guard.isErasedName(author))
    return { article: isErased ? { ...article, authors } : article, articleHash: hash, isWithheld: false }
  }
  const { areNamesOver, areWordsOver } = guard.retentionAt(article.publishedAt ?? capture.fetchedAt, now)
  if (guard.hidesNames || isErased || areWordsOver) {
    const kept = { ...article, ...nothing }
    return { article: kept, articleHash: articleHash(kept), isWithheld: true }
  }
  return {
    article: areNamesOver ? { ...article, authors: [] } : article,
    articleHash: hash,
    isWithheld: false,
  }
}
