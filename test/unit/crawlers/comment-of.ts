import type { Comment } from '../../../src/extractors/comments/platform.ts'

/** A comment that says nothing but its id and its words. */
export function commentOf(nativeId: string, bodyText = `words of ${nativeId}`): Comment {
  return {
    nativeId,
    parentNativeId: null,
    parentConfidence: 'high',
    authorName: null,
    authorDisplay: null,
    authorKey: null,
    publishedAt: null,
    publishedPrecision: null,
    publishedRaw: null,
    bodyText,
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
  }
}
