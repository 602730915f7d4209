import type { Claims } from './claims.ts'
import { tagsOf } from './linked-article.ts'
import type { PageOutline } from '../page-outline.ts'

/** Names of `meta` elements by field, best first; the tail of a list is less exact. */
const names = {
  title: [
    'og:title',
    'twitter:title',
    'parsely-title',
    'sailthru.title',
    'dc.title',
    'dcterms.title',
    'headline',
  ],
  authors: [
    'author',
    'article:author',
    'article:author_name',
    'og:article:author',
    'parsely-author',
    'sailthru.author',
    'cxenseparse:author',
    'cxenseparse:recs:author',
    'dc.creator',
    'dcterms.creator',
    'citation_author',
    'byl',
    'authors',
  ],
  published: [
    'article:published_time',
    'article:published',
    'og:article:published_time',
    'og:published_time',
    'datepublished',
    'parsely-pub-date',
    'sailthru.date',
    'cxenseparse:recs:publishtime',
    'cxenseparse:publishtime',
    'dc.date.issued',
    'dcterms.issued',
    'dcterms.created',
    'dc.date.created',
    'citation_publication_date',
    'article_date_original',
    'originalpublicationdate',
    'publish-date',
    'publish_date',
    'publishdate',
    'pubdate',
    'date.created',
    'dc.date',
    'dcterms.date',
    'date',
  ],
  modified: [
    'article:modified_time',
    'article:modified',
    'og:article:modified_time',
    'og:updated_time',
    'datemodified',
    'dcterms.modified',
    'dc.date.modified',
    'last-modified',
    'lastmod',
    'revision_date',
  ],
  section: [
    'article:section',
    'og:article:section',
    'parsely-section',
    'cxenseparse:category',
    'cxenseparse:recs:category',
    'articlesection',
    'og:section',
    'section',
  ],
  tags: ['article:tag', 'og:article:tag', 'parsely-tags', 'sailthru.tags', 'news_keywords', 'keywords'],
  language: ['og:locale', 'content-language', 'dc.language', 'dcterms.language', 'inlanguage', 'language'],
  image: [
    'og:image',
    'og:image:secure_url',
    'og:image:url',
    'twitter:image',
    'twitter:image:src',
    'parsely-image-url',
    'thumbnail',
  ],
  excerpt: ['og:description', 'description', 'twitter:description', 'dc.description', 'dcterms.abstract'],
  siteName: ['og:site_name', 'application-name', 'publisher', 'dc.publisher'],
} as const

const articleIdNames = [
  'article:id',
  'article_id',
  'article-id',
  'articleid',
  'og:article:id',
  'cxenseparse:recs:articleid',
  'cxenseparse:articleid',
  'parsely-post-id',
  'post-id',
  'post_id',
  'content-id',
  'news_id',
]

/** Reads `meta` elements: Open Graph, Twitter, Dublin Core, Parse.ly, Sailthru, Cxense and their kin. */
export function readMetadata(outline: PageOutline): Claims {
  const first = (keys: readonly string[]): string | null => {
    const key = keys.find((name) => outline.metas.has(name))
    return key === undefined ? null : (outline.metas.get(key)?.[0] ?? null)
  }
  return {
    title: first(names.title),
    subtitle: null,
    authors: authorsOf(outline),
    published: first(names.published) ?? earliestOf(dated(outline, publishedName)),
    modified: first(names.modified) ?? dated(outline, modifiedName)[0] ?? null,
    section: first(names.section),
    tags: tagsOf(all(outline, names.tags)),
    language: outline.htmlLanguage ?? first(names.language),
    imageUrl: first(names.image) ?? outline.relations.get('image_src') ?? null,
    excerpt: first(names.excerpt),
    siteName: first(names.siteName),
    commentCount: null,
  }
}

/** The publisher's own id of the article, where a `meta` element gives one. */
export function articleIdOf(outline: PageOutline): string | null {
  for (const name of articleIdNames) {
    const value = outline.metas.get(name)?.[0]?.trim()
    if (value !== undefined && /^[\w.:-]{1,100}$/.test(value)) return value
  }
  return null
}

/** Dates under names that only this site uses: `w-published-date`, `article:published:time`. */
const publishedName =
  /(?:^|[^a-z])(?:publish(?:ed)?|publication|pub|issued?|released?|posted)(?:$|[^a-z]*(?:time|date|at|on)?$)/
const modifiedName = /(?:^|[^a-z])(?:modified|updated?|revised)(?:$|[^a-z]*(?:time|date|at|on)?$)/

function dated({ metas }: PageOutline, name: RegExp): string[] {
  return [...metas].flatMap(([key, [value = '']]) =>
    value.length <= 40 && /\d{4}/.test(value) && name.test(key) ? [value] : [],
  )
}

/** Of several days the first: a page may be published again, for its publishing system. */
const earliestOf = (values: readonly string[]): string | null =>
  values.toSorted((one, other) => (Date.parse(one) || Infinity) - (Date.parse(other) || Infinity))[0] ?? null

/** All values of the first of these names that is there. */
function all(outline: PageOutline, keys: readonly string[]): readonly string[] {
  for (const name of keys) {
    const values = outline.metas.get(name)
    if (values !== undefined) return values
  }
  return []
}

/** Open Graph asks for profile addresses as authors, Twitter cards hide the name behind a label. */
function authorsOf(outline: PageOutline): readonly string[] {
  for (const name of names.authors) {
    const persons = (outline.metas.get(name) ?? []).filter(
      (value) => !/^(?:https?:|www\.|@|\/)/.test(value.trim()),
    )
    if (persons.length > 0) return name === 'citation_author' ? persons.map(inReadingOrder) : persons
  }
  const label = outline.metas.get('twitter:label1')?.[0]
  const value = outline.metas.get('twitter:data1')?.[0]
  return label !== undefined && value !== undefined && writtenBy.test(label) ? [value] : []
}

/** Citations put the family name first: "Lee, Ann". */
const inReadingOrder = (name: string): string => name.replace(/^([^,]+),\s*([^,]+)$/, '$2 $1')

const writtenBy =
  /^(?:written by|author|geschrieben von|verfasst von|écrit par|escrito por|scritto da|автор|написано)/i
