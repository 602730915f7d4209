import { cleanAuthors } from '../../../normalise/author.ts'
import { type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { localTime } from '../../../normalise/local-time.ts'
import { normaliseLanguage } from '../../../normalise/language.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { Article, FieldRule } from '../article.ts'
import type { Claims } from './claims.ts'
import { chooseTitle, isSiteName, type TitleEvidence } from './title.ts'

/** The claims of one source, with the name of the rule that read them. */
export interface Source {
  readonly rule: FieldRule
  readonly claims: Claims
}

/** The fields that are chosen from claims, each with the rule that gave it. */
export type Fields = {
  readonly [Name in FieldName]: { readonly value: Article[Name]; readonly rule: FieldRule }
}

type FieldName =
  | 'title'
  | 'subtitle'
  | 'authors'
  | 'section'
  | 'tags'
  | 'language'
  | 'publishedAt'
  | 'publishedLocal'
  | 'modifiedAt'
  | 'imageUrl'
  | 'excerpt'
  | 'siteName'
  | 'commentCount'

/** What is known of the page beside the claims. */
export interface Evidence extends TitleEvidence {
  /** Authors that are said to be organisations. */
  readonly organisations: readonly string[]
}

const mostTags = 50

/** Chooses each field: the first source wins whose claim, once normalised, says something. */
export function chooseFields(sources: readonly Source[], moment: MomentContext, page: Evidence): Fields {
  const choose = <Value>(read: (claims: Claims) => Value | null): Choice<Value> => firstOf(sources, read)
  const chooseList = (read: (claims: Claims) => string[]): { value: string[]; rule: FieldRule } => {
    const { value, rule } = choose((claims) => nonEmpty(read(claims)))
    return { value: value ?? [], rule }
  }
  const published = choose((claims) => publishedOf(claims.published, moment))
  return {
    title: chooseTitle(
      sources.map(({ rule, claims }) => ({ rule, title: claims.title })),
      page,
    ),
    subtitle: choose(({ subtitle }) => cleanLine(subtitle)),
    authors: chooseAuthors(sources, page),
    section: choose(({ section }) => cleanLine(section)),
    tags: chooseList(({ tags }) => uniqueLines(tags)),
    language: choose(({ language }) => normaliseLanguage(language)),
    publishedAt: { value: published.value?.at ?? null, rule: published.rule },
    publishedLocal: { value: published.value?.local ?? null, rule: published.rule },
    modifiedAt: choose(({ modified }) => parseMoment(modified, moment).at),
    imageUrl: choose(({ imageUrl }) =>
      imageUrl === null ? null : canonicalUrl(imageUrl.trim(), page.pageUrl),
    ),
    excerpt: choose(({ excerpt }) => cleanLine(excerpt)),
    siteName: choose(({ siteName }) => cleanLine(siteName)),
    commentCount: choose(({ commentCount }) => commentCount),
  }
}

/**
 * Persons, from the first source that names one. Organisations, the publisher before all, which many pages give as
 * the author of everything, and names of accounts count only where nobody else is named.
 */
function chooseAuthors(
  sources: readonly Source[],
  { siteName, pageUrl, organisations }: Evidence,
): { value: string[]; rule: FieldRule } {
  const publishers = [siteName, ...sources.map(({ claims }) => claims.siteName)]
  const others = new Set(cleanAuthors(organisations))
  const isPerson = (name: string): boolean =>
    !others.has(name) &&
    !/^[a-z\d]+[._][a-z\d._]+$/.test(name) &&
    !publishers.some((publisher) => isSiteName(name, publisher, pageUrl))
  let last: { value: string[]; rule: FieldRule } = { value: [], rule: 'none' }
  const host = new URL(pageUrl).hostname.replace(/^www\./, '')
  for (const { rule, claims } of sources) {
    const names = cleanAuthors(claims.authors)
    const persons = cleanAuthors(claims.authors.filter((name) => !name.includes(host))).filter(isPerson)
    if (rule === 'layout' && names.length > 0) return { value: names, rule }
    if (persons.length > 0) return { value: persons, rule }
    if (names.length > 0 && last.value.length === 0) last = { value: names, rule }
  }
  return last
}

interface Choice<Value> {
  readonly value: Value | null
  readonly rule: FieldRule
}

function firstOf<Value>(sources: readonly Source[], read: (claims: Claims) => Value | null): Choice<Value> {
  for (const { rule, claims } of sources) {
    const value = read(claims)
    if (value !== null) return { value, rule }
  }
  return { value: null, rule: 'none' }
}

const nonEmpty = (list: string[]): string[] | null => (list.length > 0 ? list : null)

function uniqueLines(raw: readonly string[]): string[] {
  const lines = new Map<string, string>()
  for (const entry of raw) {
    const line = cleanLine(entry)
    if (line !== null && !lines.has(line.toLowerCase())) lines.set(line.toLowerCase(), line)
  }
  return [...lines.values()].slice(0, mostTags)
}

function publishedOf(raw: string | null, moment: MomentContext): { at: Date; local: string } | null {
  const { at } = parseMoment(raw, moment)
  return at === null ? null : { at, local: localTime(at, raw ?? '', moment.timezone) }
}
