/**
 * A comment system's threads as its server answers them, written by hand in the shape of the real answers. A file in
 * `recordings/` that exports one as `recording` is found and replayed by itself. `{origin}` stands for the address (`{host}`: without its scheme)
 * of the loopback server wherever it occurs.
 */
export interface Recording {
  readonly platform: string
  /** Servers that the platform always asks, whatever the page says: the loopback server answers in their place. */
  readonly standsFor?: readonly string[]
  /** The one site that has the platform: the loopback server gives its pages. */
  readonly site?: string
  /** Threads are pages of HTML, of which the article's own is the first. Left out: they are answers of JSON. */
  readonly isPrinted?: true
  /** What a refusal means where it is not that we are kept out. */
  readonly refusal?: 'needs_token'
  /** What the answers hold of people that must be kept nowhere: e-mail addresses, hashes of them, addresses, pictures. */
  readonly secrets: readonly string[]
  /** The first one is also replayed with every kind of trouble, unless all of it is in the article's page. */
  readonly threads: readonly RecordedThread[]
}

export interface RecordedThread {
  readonly title: string
  /** Path of the article. */
  readonly path?: string
  /** Markup of the article's page by which the platform is recognised; in the body, below the article. */
  readonly page: string
  /** By "METHOD /path?query" without escapes, and for POST the body's JSON after a space. A list is answered in turn. */
  readonly answers: Readonly<Record<string, RecordedAnswer | readonly RecordedAnswer[]>>
  readonly expected: ExpectedThread
}

export interface RecordedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is; anything else as JSON. */
  readonly body: unknown
}

export interface ExpectedThread {
  /** In the order in which they are read. */
  readonly comments: readonly ExpectedComment[]
  readonly reportedCount: number | null
  readonly closed?: boolean
  readonly incomplete?: string
  /** Classes of the failures that are written down. */
  readonly failures?: readonly string[]
}

/** Of a comment all that differs from a visible one without votes and marks. */
export interface ExpectedComment {
  readonly id: string
  readonly parent?: string
  readonly author?: string
  /** ISO 8601, UTC. */
  readonly at?: string
  readonly text: string
  /** `removed`, `withheld`, `edited`, `pinned`, `picked`, and what is said of the writer. */
  readonly marks?: readonly string[]
  readonly likes?: number
  readonly dislikes?: number
  readonly score?: number
  /** "name: words" for each quote. */
  readonly quotes?: readonly string[]
}

/** Recorded pages are read at this moment. */
export const recordedAt = new Date('2026-04-01T12:00:00Z')
