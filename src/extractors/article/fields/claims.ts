/** What one source on the page says of the article, as it says it. Readers of sources fill in what they find. */
export interface Claims {
  readonly title: string | null
  readonly subtitle: string | null
  readonly authors: readonly string[]
  readonly published: string | null
  readonly modified: string | null
  readonly section: string | null
  readonly tags: readonly string[]
  readonly language: string | null
  readonly imageUrl: string | null
  readonly excerpt: string | null
  readonly siteName: string | null
  readonly commentCount: number | null
}

/** The claims of a source that says nothing. */
export const noClaims: Claims = {
  title: null,
  subtitle: null,
  authors: [],
  published: null,
  modified: null,
  section: null,
  tags: [],
  language: null,
  imageUrl: null,
  excerpt: null,
  siteName: null,
  commentCount: null,
}
