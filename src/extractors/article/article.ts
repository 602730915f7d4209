/**
 * Where a field's value came from, in the order in which they are asked. `posts` is a text that was found on the page of a
 * forum's topic whose opening post could not be told: it may hold words of several people.
 */
export type FieldRule =
  | 'layout'
  | 'opening-post'
  | 'json-ld'
  | 'metadata'
  | 'microdata'
  | 'heuristic'
  | 'state'
  | 'posts'
  | 'none'

export const articleFields = [
  'title',
  'subtitle',
  'authors',
  'publishedAt',
  'modifiedAt',
  'section',
  'tags',
  'language',
  'imageUrl',
  'body',
] as const

export type ArticleField = (typeof articleFields)[number]

/** A news article as its page gives it. `null` means: not on the page. Text is clean (`normalise/text`). */
export interface Article {
  readonly canonicalUrl: string
  /** The publisher's own id, when the page tells it; the same on every language host of a family. */
  readonly nativeId: string | null
  readonly title: string | null
  /** The standfirst under the headline. */
  readonly subtitle: string | null
  /** Persons, without "By"; where the page names nobody but its publisher, the publisher. */
  readonly authors: readonly string[]
  readonly section: string | null
  readonly tags: readonly string[]
  /** BCP 47, lower-case language with an optional region: `en`, `pt-BR`. */
  readonly language: string | null
  readonly publishedAt: Date | null
  /** The same by the page's own clock, ISO 8601 with its offset: the day that its readers see. */
  readonly publishedLocal: string | null
  readonly modifiedAt: Date | null
  /** Paragraphs, separated by an empty line. */
  readonly bodyText: string
  /** Sanitised: no script, style, handler or unknown URL scheme. */
  readonly bodyHtml: string
  readonly excerpt: string | null
  readonly imageUrl: string | null
  readonly siteName: string | null
  /** The page's own count of comments, when it shows one. */
  readonly commentCount: number | null
  /** The page is a stub of a text that needs a login or payment. */
  readonly isWalled: boolean
  /** False for home pages, sections, tag lists, imprints: pages that must not be stored as articles. */
  readonly isArticle: boolean
  readonly rules: Readonly<Record<ArticleField, FieldRule>>
}
