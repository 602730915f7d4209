import type { Lexicon, Scene, Section } from './lexicon.ts'
import type { Random } from './random.ts'

/** What an engine lets its readers do, as far as the shape of a thread depends on it. */
export interface Habits {
  /** Levels of replies that the engine keeps; the first level counts as 1. */
  readonly depth: number
  /** Times are kept to the minute or to the second. */
  readonly precision: 'minute' | 'second'
  /** `reference`: replies have no place in a tree, and name the quoted comment instead. */
  readonly quotes: 'named' | 'reference' | 'anonymous'
  readonly hasDisplayNames: boolean
  readonly hasVotes: boolean
  readonly hasPings: boolean
  /** The second article is split over several pages. */
  readonly hasTextPages: boolean
  /** A deleted comment leaves a mark, takes its replies along, or only goes when it has none. */
  readonly deletion: 'tombstone' | 'subtree' | 'leaf'
}

/** Who wrote a comment; `memberId` is null for guests. */
export interface DemoAuthor {
  readonly name: string
  readonly display: string | null
  readonly memberId: number | null
}

export interface DemoQuote {
  readonly of: DemoComment
  readonly text: string
}

export interface DemoComment {
  id: number
  readonly parent: DemoComment | null
  readonly author: DemoAuthor
  readonly publishedAt: Date
  readonly quotes: readonly DemoQuote[]
  /** Own words as typed; a paragraph may hold line breaks. */
  readonly paragraphs: string[]
  readonly likes: number
  readonly dislikes: number
  readonly isPing: boolean
  editedAt: Date | null
  removedAt: Date | null
}

export interface DemoArticle {
  id: number
  readonly slug: string
  readonly title: string
  readonly paragraphs: string[]
  readonly authors: readonly string[]
  readonly section: Section
  /** Paragraphs on a page, where the engine splits the text over several; null: all of it is on one page. */
  paragraphsPerPage: number | null
  readonly tags: readonly string[]
  readonly publishedAt: Date
  modifiedAt: Date
  /** The last change of anything on the article's page, comments included. */
  changedAt: Date
  /** In order of time, removed ones included. */
  readonly comments: DemoComment[]
  /** Kept for comments that come later, so that they talk of the same place and people. */
  readonly scene: Scene
}

/** One news site: its articles, newest first, and what is needed to make more of them. */
export interface DemoSite {
  readonly id: string
  readonly name: string
  /** The comment platform's name, as the extractors call it. */
  readonly platform: string
  readonly language: string
  readonly timezone: string
  readonly lexicon: Lexicon
  readonly habits: Habits
  readonly random: Random
  /** `http://127.0.0.1:8080`, without a slash at the end. */
  readonly origin: string
  readonly articles: DemoArticle[]
  nextArticleId: number
  nextCommentId: number
}

/** What a site is before its articles are made. */
export type SiteProfile = Pick<
  DemoSite,
  'id' | 'name' | 'platform' | 'language' | 'timezone' | 'lexicon' | 'habits'
> & { readonly firstArticleId: number; readonly firstCommentId: number }

export function visibleComments(article: DemoArticle): DemoComment[] {
  return article.comments.filter(({ removedAt }) => removedAt === null)
}

export function repliesTo(comment: DemoComment | null, among: readonly DemoComment[]): DemoComment[] {
  return among.filter(({ parent }) => parent === comment)
}

/** The first level counts as 1. */
export function levelOf(comment: DemoComment): number {
  let level = 1
  for (let parent = comment.parent; parent !== null; parent = parent.parent) level += 1
  return level
}

export function lastChange(articles: readonly DemoArticle[]): Date {
  return new Date(Math.max(0, ...articles.map(({ changedAt }) => changedAt.getTime())))
}

/** Page `number` (from 1) of a list; empty past the end. */
export function pageOf<Item>(list: readonly Item[], number: number, size: number): Item[] {
  return list.slice((number - 1) * size, number * size)
}

export function pageCount(list: readonly unknown[], size: number): number {
  return Math.max(1, Math.ceil(list.length / size))
}
