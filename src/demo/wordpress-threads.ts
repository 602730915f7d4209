import { localIso } from './clock.ts'
import { slugOf } from './lexicon.ts'
import {
  type DemoArticle,
  type DemoComment,
  type DemoSite,
  pageCount,
  pageOf,
  repliesTo,
  visibleComments,
} from './model.ts'
import type { CommentList } from './wordpress-comments.ts'

/** Settings under "Discussion": first-level comments on a page, and levels of replies. */
const rootsPerPage = 5
const depth = 5

export function postUrl({ origin, timezone }: DemoSite, { publishedAt, slug }: DemoArticle): string {
  return `${origin}/${localIso(publishedAt, timezone).slice(0, 10).replaceAll('-', '/')}/${slug}/`
}

export function authorUrl({ origin }: DemoSite, author: string): string {
  return `${origin}/author/${slugOf(author)}/`
}

export function commentPages(article: DemoArticle): number {
  return pageCount(repliesTo(null, visibleComments(article)), rootsPerPage)
}

/** Pages of the text itself: WordPress cuts it at `<!--nextpage-->`. */
export function textPages({ paragraphs, paragraphsPerPage }: DemoArticle): number {
  return paragraphsPerPage === null ? 1 : pageCount(paragraphs, paragraphsPerPage)
}

/** Paragraphs on one page of the text. */
export function paragraphsOn({ paragraphs, paragraphsPerPage }: DemoArticle, part: number): string[] {
  return paragraphsPerPage === null ? paragraphs : pageOf(paragraphs, part, paragraphsPerPage)
}

/** First-level comments of one page; the oldest are on page 1, and the article itself shows the last. */
export function rootsOn(article: DemoArticle, page: number): DemoComment[] {
  return pageOf(repliesTo(null, visibleComments(article)), page, rootsPerPage)
}

/** WordPress names the page in a comment's address unless it all fits on one. */
export function commentUrl(site: DemoSite, article: DemoArticle, comment: DemoComment): string {
  let root = comment
  while (root.parent !== null) root = root.parent
  const page = Math.floor(repliesTo(null, visibleComments(article)).indexOf(root) / rootsPerPage) + 1
  const part = commentPages(article) > 1 ? `comment-page-${page}/` : ''
  return `${postUrl(site, article)}${part}#comment-${comment.id}`
}

export function commentListOf(site: DemoSite, article: DemoArticle): CommentList {
  return {
    origin: site.origin,
    timezone: site.timezone,
    postId: article.id,
    depth,
    permalink: (comment) => commentUrl(site, article, comment),
  }
}
