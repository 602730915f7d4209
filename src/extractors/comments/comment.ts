import { authorKey } from '../../normalise/author.ts'
import type { Comment } from './platform.ts'

/** A comment of which nothing is known but what is given. The name is the writer's key, unless one is given. */
export function commentOf(given: Pick<Comment, 'nativeId'> & Partial<Comment>): Comment {
  const { authorName = null } = given
  return {
    parentNativeId: null,
    parentConfidence: 'high',
    authorName,
    authorDisplay: null,
    authorKey: authorName === null ? null : authorKey('name', plainQuotes(authorName)),
    publishedAt: null,
    publishedPrecision: null,
    publishedRaw: null,
    bodyText: '',
    bodyHtml: '',
    quotes: [],
    likes: null,
    dislikes: null,
    score: null,
    state: 'visible',
    isEdited: false,
    editedAt: null,
    isPinned: false,
    isPicked: false,
    authorBadges: [],
    isPing: false,
    permalink: null,
    ...given,
  }
}

/** Some themes set a name's quotation marks in type, others and the interfaces leave them as typed. */
function plainQuotes(name: string): string {
  return name.replace(/[‘’‛′]/g, "'").replace(/[“”„″]/g, '"')
}
