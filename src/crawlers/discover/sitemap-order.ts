export interface SitemapReference {
  readonly url: string
  readonly lastModified: Date | null
}

type Contents = 'articles' | 'unknown' | 'static' | 'nothing'

/** Words in a sitemap's address that name lists or files, never articles. */
const nothingWords = new Set(
  `taxonomy taxonomies category categories tag tags user users author authors image images video videos
  attachment attachments`.split(/\s+/),
)

const articleWords = new Set('post posts news article articles story stories'.split(' '))

/** Imprints and the like; they are read only where a site has nothing else. */
const staticWords = new Set(['page', 'pages', 'static'])

/**
 * The sitemaps of an index in the order in which to read them: those that seem to hold articles first,
 * among them the most recently changed; where no date tells, the highest number, which WordPress and
 * most others fill last. Lists of categories, tags, authors, images and videos are left out.
 * Names known: WordPress (`wp-sitemap-posts-post-1.xml`), Yoast (`post-sitemap2.xml`),
 * DataLife Engine (`news_pages.xml`).
 */
export function articleSitemaps(references: readonly SitemapReference[]): SitemapReference[] {
  const known = references.map((reference) => ({ reference, contents: contentsByName(reference.url) }))
  const dynamic = known.filter(({ contents }) => contents === 'articles' || contents === 'unknown')
  const kept = dynamic.length > 0 ? dynamic : known.filter(({ contents }) => contents === 'static')
  return kept
    .toSorted(
      (a, b) =>
        Number(b.contents === 'articles') - Number(a.contents === 'articles') ||
        time(b.reference) - time(a.reference) ||
        byNumber.compare(b.reference.url, a.reference.url),
    )
    .map(({ reference }) => reference)
}

const byNumber = new Intl.Collator('en', { numeric: true })

function contentsByName(url: string): Contents {
  const { pathname, search } = new URL(url)
  const name = `${pathname}${search}`.toLowerCase().replace('wp-sitemap-posts-', 'wp-sitemap-')
  const words = name.split(/[^a-z]+/)
  if (words.some((word) => nothingWords.has(word))) return 'nothing'
  if (words.some((word) => articleWords.has(word))) return 'articles'
  return words.some((word) => staticWords.has(word)) ? 'static' : 'unknown'
}

function time(reference: SitemapReference): number {
  return reference.lastModified?.getTime() ?? 0
}
