import type { Comment, Quote } from '../extractors/comments/platform.ts'
import { replaceNames, replaceNamesInHtml, type WantedNames } from './names-in-text.ts'

/** Stands where an erased person was mentioned. */
export const ERASED_NAME = '[erased]'

/** What is left of a comment whose writer was erased: its place in the thread, which its time is needed for. */
export function erasedComment(comment: Comment): Comment {
  return {
    ...comment,
    ...withoutWriter,
    publishedRaw: null,
    bodyText: '',
    bodyHtml: '',
    quotes: [],
    likes: null,
    dislikes: null,
    score: null,
    state: 'removed',
    isEdited: false,
    editedAt: null,
    isPinned: false,
    isPicked: false,
    authorBadges: [],
  }
}

const withoutWriter = { authorName: null, authorDisplay: null, authorKey: null, permalink: null }

export const namelessComment = (comment: Comment): Comment => ({ ...comment, ...withoutWriter })

/** The words of a comment, which are its writer's, with what they tell of others taken out. */
export type Words = Pick<Comment, 'bodyText' | 'bodyHtml' | 'quotes'>

/** Words in which names are replaced, in quotes too. */
export function withReplacedNames<Kind extends Words>(words: Kind, names: WantedNames): Kind {
  if (names.mostWords === 0) return words
  return {
    ...words,
    bodyText: replaceNames(words.bodyText, names),
    bodyHtml: replaceNamesInHtml(words.bodyHtml, names),
    quotes: words.quotes.map((quote) => ({
      ...quote,
      author: quote.author === null ? null : replaceNames(quote.author, names),
      text: replaceNames(quote.text, names),
    })),
  }
}

/** Words without what they quote of an erased person. */
export function withoutQuotes<Kind extends Words>(words: Kind, isErased: (quote: Quote) => boolean): Kind {
  const quotes = words.quotes.filter((quote) => !isErased(quote))
  if (quotes.length === words.quotes.length) return words
  // Which of its blockquotes is whose the markup does not tell for certain, so that all of them go.
  return { ...words, quotes, bodyHtml: paragraphsOf(words.bodyText) }
}

function paragraphsOf(text: string): string {
  if (text === '') return ''
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<p>${escaped.replaceAll('\n\n', '</p><p>').replaceAll('\n', '<br />')}</p>`
}

/** Words of a comment that is older than they are kept. */
export const wordlessComment = (comment: Comment): Comment => ({
  ...comment,
  bodyText: '',
  bodyHtml: '',
  quotes: [],
})
