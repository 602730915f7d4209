import { isSamePage } from '../../../normalise/url.ts'
import { type Claims, noClaims } from './claims.ts'
import { type LinkedGraph, type LinkedNode, textOfMember, typesOf } from './json-ld.ts'

/** What the JSON-LD says of the page's main article. */
interface LinkedArticle {
  readonly claims: Claims
  /** The whole text, where given; often cut or dirty, so it is a check and a last resort. */
  readonly body: string | null
  /** `isAccessibleForFree` is false. */
  readonly isWalled: boolean
  /** Those of the authors that are organisations. */
  readonly organisations: readonly string[]
  /** Said to be a news article, rather than a blog post or just an article. */
  readonly isNews: boolean
  /** Said to be a post, such as one that opens the topic of a forum. */
  readonly isPost: boolean
}

/** What the JSON-LD says of the page as a whole. */
export interface LinkedPage {
  readonly article: LinkedArticle | null
  /** The times of the page where it describes no article, as search engine plug-ins write them for every page. */
  readonly times: Claims
  /** The page is said to be a list, a front page or a page about something. */
  readonly isListing: boolean
}

const articleType =
  /^(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|DiscussionForumPosting|Report|\w*Review|Recipe)$/
const postTypes = new Set(['SocialMediaPosting', 'DiscussionForumPosting'])
const listingTypes = new Set([
  'CollectionPage',
  'SearchResultsPage',
  'ProfilePage',
  'AboutPage',
  'ContactPage',
  'ItemList',
])

/** Picks the node that is this page's article and reads it. */
export function readLinkedPage(graph: LinkedGraph, pageUrl: string): LinkedPage {
  const articles = graph.nodes.filter((node) => typesOf(node).some((type) => articleType.test(type)))
  const main = mainOf(articles, pageUrl)
  const types = new Set(graph.nodes.flatMap(typesOf))
  const times = timesOf(graph.nodes, pageUrl)
  return {
    article: main === null ? null : readArticle(main, graph, times.published),
    times: main === null ? times : noClaims,
    isListing: main === null && [...listingTypes].some((type) => types.has(type)),
  }
}

function timesOf(nodes: readonly LinkedNode[], pageUrl: string): Claims {
  const pages = nodes.filter((node) => typesOf(node).includes('WebPage'))
  const own = pages.find((node) => addressesOf(node).some((url) => isSamePage(url, pageUrl)))
  const page = own ?? (pages.length === 1 ? pages[0] : undefined)
  if (page === undefined) return noClaims
  const { datePublished, dateModified } = page
  return { ...noClaims, published: textOfMember(datePublished), modified: textOfMember(dateModified) }
}

/** Several articles without one of this address are a list of others. Entries of a live blog are parts of it. */
function mainOf(all: readonly LinkedNode[], pageUrl: string): LinkedNode | null {
  const blogs = all.filter((node) => typesOf(node).includes('LiveBlogPosting'))
  const articles = blogs.length > 0 ? blogs : all
  const own = articles.filter((node) => addressesOf(node).some((url) => isSamePage(url, pageUrl)))
  const candidates = own.length > 0 ? own : articles
  const titles = new Set(candidates.map((node) => textOfMember(node['headline'] ?? node['name'])))
  titles.delete(null)
  if (own.length === 0 && titles.size > 2) return null
  return candidates.reduce<LinkedNode | null>(
    (best, node) => (best === null || fieldCount(node) > fieldCount(best) ? node : best),
    null,
  )
}

function addressesOf(node: LinkedNode): string[] {
  const page = node['mainEntityOfPage']
  const values = [node['url'], node['@id'], page]
  if (typeof page === 'object' && page !== null && '@id' in page) values.push(page['@id'])
  return values.filter((value): value is string => typeof value === 'string')
}

const tellingMembers = [
  'headline',
  'datePublished',
  'author',
  'articleBody',
  'image',
  'publisher',
  'dateModified',
]
const fieldCount = (node: LinkedNode): number =>
  tellingMembers.filter((member) => node[member] !== undefined).length

function readArticle(node: LinkedNode, graph: LinkedGraph, pageTime: string | null): LinkedArticle {
  const text = (member: string): string | null => textOfMember(node[member])
  const authors = namesOf(node['author'] ?? node['creator'], graph)
  return {
    claims: {
      title: text('headline') ?? text('name'),
      subtitle: text('alternativeHeadline'),
      authors: authors.persons.length > 0 ? authors.persons : authors.organisations,
      published: withHours(text('datePublished') ?? text('dateCreated'), pageTime),
      modified: text('dateModified'),
      section: text('articleSection'),
      tags: tagsOf(node['keywords']),
      language: text('inLanguage'),
      imageUrl: imageOf(node['image'] ?? node['thumbnailUrl'], graph),
      excerpt: text('description'),
      siteName: publisherOf(node, graph),
      commentCount: countOf(node['commentCount']),
    },
    body: text('articleBody') ?? text('text'),
    isWalled: isFalse(node['isAccessibleForFree']),
    organisations: authors.persons.length > 0 ? [] : authors.organisations,
    isNews: typesOf(node).some((type) => type.endsWith('NewsArticle')),
    isPost: typesOf(node).some((type) => postTypes.has(type)),
  }
}

/** A midnight in UTC that differs by less than this from a time is the day of that time somewhere. */
const oneDayAnywhere = 36 * 3_600_000

/** The time of the page for an article whose own has lost its hours, and may have changed its day with the zone. */
function withHours(told: string | null, pageTime: string | null): string | null {
  if (
    told === null ||
    pageTime === null ||
    !isMidnight(told) ||
    !/T\d\d:/.test(pageTime) ||
    isMidnight(pageTime)
  )
    return told
  return Math.abs(Date.parse(told) - Date.parse(pageTime)) < oneDayAnywhere ? pageTime : told
}

const isMidnight = (time: string): boolean => /T00:00(?::00)?(?:\.0+)?(?:Z|[+-]00:?00)?$/.test(time)

/** Written as a boolean, as "False" or as an address ending so. */
const isFalse = (value: unknown): boolean =>
  value === false || (typeof value === 'string' && /false$/i.test(value))

const publisherOf = (node: LinkedNode, graph: LinkedGraph): string | null =>
  textOfMember(graph.resolve(node['publisher'])?.['name'])

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function namesOf(value: unknown, graph: LinkedGraph): { persons: string[]; organisations: string[] } {
  const persons: string[] = []
  const organisations: string[] = []
  for (const entry of listOf(value).slice(0, 50)) {
    const node = graph.resolve(entry)
    for (const member of listOf(typeof entry === 'string' ? entry : node?.['name'])) {
      const name = textOfMember(member)
      if (name === null || /^https?:/.test(name)) continue
      const isOrganisation = node !== null && typesOf(node).some((type) => type.endsWith('Organization'))
      ;(isOrganisation ? organisations : persons).push(name)
    }
  }
  return { persons, organisations }
}

/** Keywords come as a list, as one line with commas, or as both. */
export function tagsOf(value: unknown): string[] {
  return listOf(value)
    .slice(0, 200)
    .flatMap((entry) => textOfMember(entry)?.split(/[,;،、，]/) ?? [])
    .map((tag) => tag.trim().replace(/^[a-z]+:(?=\S)/i, ''))
    .filter((tag) => tag !== '')
}

function imageOf(value: unknown, graph: LinkedGraph): string | null {
  const first = listOf(value)[0]
  if (typeof first === 'string') return first
  const node = graph.resolve(first)
  const address: unknown = node?.['url'] ?? node?.['contentUrl'] ?? node?.['@id']
  return typeof address === 'string' ? address : null
}

function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
}
