import type { AnyNode, Element } from 'domhandler'
import { isElement } from '../elements.ts'
import { type Claims, noClaims } from './fields/claims.ts'
import { type MainText, mainTextWithin, textLength } from './body/main-text.ts'
import type { PageOutline } from './page-outline.ts'

/** The post that opens a topic of a forum: the article of the topic's page. */
export interface OpeningPost {
  /** Its words, where they stand in the page. */
  readonly body: Element
  /** What the engine prints among them: buttons, signatures, notes of editing. */
  readonly apart: readonly Element[]
  readonly author: string | null
  /** In any form that `normalise/date` reads. */
  readonly published: string | null
}

/** A page that shows a topic of a forum, or a part of it. */
export interface TopicPage {
  /** Later pages hold answers only, and are no articles. */
  readonly isFirst: boolean
  /** Null on later pages, and where the design keeps none of the engine's names. */
  readonly opening: OpeningPost | null
}

export const isLaterPage = (topic: TopicPage | null): boolean => topic !== null && !topic.isFirst

export const claimsOfOpening = ({ author, published }: OpeningPost): Claims => ({
  ...noClaims,
  authors: author === null ? [] : [author],
  published,
})

/** The `<noscript>` that the post stands in, where the engine's application makes the page for readers with scripts. */
export function withoutScripts({ body }: OpeningPost): Element | null {
  for (let around = body.parent; around !== null && isElement(around); around = around.parent)
    if (around.name === 'noscript') return around
  return null
}

/** Characters before the posts that are an article, and no description of the forum. */
const shortestArticle = 500

/**
 * The opening post as the page's main text; null where the posts hang under an article of the page's own, which stands
 * before them and says more than the first of them.
 */
export function openingText(
  outline: PageOutline,
  found: MainText | null,
  { body }: OpeningPost,
): MainText | null {
  const opening = mainTextWithin(outline, new Set<AnyNode>([body]), 'opening-post')
  const [root] = opening?.roots ?? []
  if (opening === null || root === undefined) return null
  if (found === null) return opening
  const isBefore = found.roots.every(({ end }) => end <= root.index)
  return isBefore && textLength(found) > Math.max(shortestArticle, textLength(opening)) ? null : opening
}
