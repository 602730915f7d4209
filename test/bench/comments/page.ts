/** One comment as a person wrote it down from the page; see the `README.md` beside the collected pages. */
export interface TruthComment {
  readonly id: string | null
  readonly parent: string | null
  readonly author: string | null
  /** What the page tells, ISO 8601: with an offset or seconds only where the page has them; a day alone. */
  readonly published: string | null
  readonly publishedRaw: string | null
  readonly text: string
  /** A headline of the comment's own. */
  readonly title: string | null
  readonly isPing: boolean
  /** The first post of a forum thread, which stands for its article. */
  readonly isOpening: boolean
  readonly isAnswer: boolean
}

export interface CommentPage {
  /** The set's name, a slash, and the page's file within the set. */
  readonly key: string
  readonly file: string
  readonly url: string
  readonly fetchedAt: Date
  /** Zone of the site's clock, for pages that were written for one; else the page has to tell. */
  readonly timezone: string | null
  readonly kind: 'article' | 'forum'
  /** The comment system, as a person named it. */
  readonly platform: string
  /** Empty where the page has none, or only what looks like some. */
  readonly comments: readonly TruthComment[]
}

/** What was read of a comment, as `inspect --batch` gives it. */
export interface ReadComment {
  readonly id: string
  readonly parent: string | null
  readonly author: string | null
  readonly published: string | null
  readonly text: string
}

/** What was made of a page. */
export interface ReadPage {
  /** Name of the platform that was recognised, or null. */
  readonly platform: string | null
  readonly comments: readonly ReadComment[]
  readonly articleText: string
  /** What extraction threw, or null. */
  readonly fault: string | null
}
