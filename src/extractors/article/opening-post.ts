import type { AnyNode, Element } from 'domhandler'
import { isElement } from '../elements.ts'
import type { FieldRule } from './article.ts'
import { type Claims, noClaims } from './fields/claims.ts'
import { type MainText, mainTextWithin } from './body/main-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

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

/** Whether a text that was found on the page may be anybody's. */
export const isOfPosts = (topic: TopicPage | null, rule: FieldRule): boolean =>
  topic !== null && topic.opening === null && rule !== 'layout' && rule !== 'none'

/** Characters before the posts that are an article, and no notice of the forum. */
const shortestArticle = 250

/** The opening post as the page's main text; null where the posts hang under an article of the page's own before them. */
export function openingText(
  outline: PageOutline,
  found: MainText | null,
  { body }: OpeningPost,
): MainText | null {
  const opening = mainTextWithin(outline, new Set<AnyNode>([body]), 'opening-post')
  const [root] = opening?.roots ?? []
  if (opening === null || root === undefined || found === null) return opening
  return proseBefore(root, outline, found) >= shortestArticle ? null : opening
}

/** Columns of a paragraph: shorter lines name people and dates. */
const shortestParagraph = 80

/** Characters of the main text that stand before a block. */
function proseBefore({ index: start }: Block, { blocks }: PageOutline, { roots }: MainText): number {
  return roots
    .flatMap((root) => blocks.slice(root.index, Math.min(root.end, start)))
    .filter(({ index, end, flow, flowText, flowLinkText }) => {
      const isParagraph = flow === index && flowText >= shortestParagraph && flowLinkText * 2 < flowText
      return isParagraph && end <= start
    })
    .reduce((sum, { flowText }) => sum + flowText, 0)
}
