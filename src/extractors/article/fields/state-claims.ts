import type { Element } from 'domhandler'
import type { PageOutline } from '../page-outline.ts'
import { deepestState, headlinesOf, isHeadlined, statesIn } from '../script-state.ts'
import { type Claims, noClaims } from './claims.ts'

const authorKey = /^(?:author|byline|writer)s?$/i
const anyAuthor = /"(?:author|byline|writer)s?"\s*:\s*["{[]/i
const nameKeys = ['name', 'displayName', 'display_name', 'fullName', 'full_name', 'title']
/** What content systems and GraphQL put between a field and its values. */
const wrappers = ['node', 'nodes', 'edges', 'data', 'attributes', 'items', 'fields']
const mostAuthors = 12
const deepestWrapper = 6

/**
 * Reads what stands beside the article's own headline in the state that a framework leaves in the page: for pages that
 * show and tell nobody before their scripts have run.
 * @param titles what may be the headline.
 */
export function readState({ dataScripts }: PageOutline, titles: readonly (string | null)[]): Claims {
  return new StateClaims(dataScripts, titles)
}

/** Long states are read only when they are asked; a class for the reason that `VisibleFields` is one. */
class StateClaims implements Claims {
  readonly title = noClaims.title
  readonly subtitle = noClaims.subtitle
  readonly published = noClaims.published
  readonly modified = noClaims.modified
  readonly section = noClaims.section
  readonly tags = noClaims.tags
  readonly language = noClaims.language
  readonly imageUrl = noClaims.imageUrl
  readonly excerpt = noClaims.excerpt
  readonly siteName = noClaims.siteName
  readonly commentCount = noClaims.commentCount
  readonly #scripts: readonly Element[]
  readonly #titles: readonly (string | null)[]

  constructor(scripts: readonly Element[], titles: readonly (string | null)[]) {
    this.#scripts = scripts
    this.#titles = titles
  }

  get authors(): readonly string[] {
    const headlines = headlinesOf(this.#titles)
    for (const state of statesIn(this.#scripts, (source) => anyAuthor.test(source))) {
      const names = authorsWithin(state, headlines, 0)
      if (names.length > 0) return names.slice(0, mostAuthors)
    }
    return []
  }
}

function authorsWithin(value: object, headlines: ReadonlySet<string>, depth: number): string[] {
  const own = isHeadlined(value, headlines) ? authorsBeside(value) : []
  if (own.length > 0 || depth >= deepestState) return own
  for (const child of Object.values(value)) {
    if (child === null || typeof child !== 'object') continue
    const found = authorsWithin(child, headlines, depth + 1)
    if (found.length > 0) return found
  }
  return []
}

const authorsBeside = (value: object): string[] =>
  Object.entries(value).flatMap(([key, told]) => (authorKey.test(key) ? namesIn(told, 0) : []))

function namesIn(told: unknown, depth: number): string[] {
  if (typeof told === 'string') return told.trim() === '' ? [] : [told]
  if (told === null || typeof told !== 'object' || depth > deepestWrapper) return []
  if (Array.isArray(told)) return told.slice(0, mostAuthors).flatMap((one) => namesIn(one, depth + 1))
  const members = new Map<string, unknown>(Object.entries(told))
  const name = nameKeys.map((key) => members.get(key)).find((own) => typeof own === 'string')
  if (typeof name === 'string') return [name]
  return wrappers.flatMap((key) => namesIn(members.get(key), depth + 1))
}
