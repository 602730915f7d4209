import type { Comment, Quote } from '../extractors/comments/platform.ts'
import { replaceContacts } from './contacts-in-text.ts'
import { replaceInHtml, replaceNames, type WantedNames } from './names-in-text.ts'

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
  return names.mostWords === 0 ? words : withReplaced(words, (text) => replaceNames(text, names))
}

/** Words that tell no mailbox and no telephone number, in quotes neither. */
export const withoutContacts = <Kind extends Words>(words: Kind): Kind => withReplaced(words, replaceContacts)

function withReplaced<Kind extends Words>(words: Kind, replace: (text: string) => string): Kind {
  return {
    ...words,
    bodyText: replace(words.bodyText),
    bodyHtml: replaceInHtml(words.bodyHtml, replace),
    quotes: words.quotes.map((quote) => ({
      ...quote,
      author: quote.author === null ? null : replace(quote.author),
      text: replace(quote.text),
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
