import { cleanAuthors } from '../../../normalise/author.ts'
import { type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { localTime } from '../../../normalise/local-time.ts'
import { normaliseLanguage } from '../../../normalise/language.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { canonicalUrl } from '../../../normalise/url.ts'
import type { Article, FieldRule } from '../article.ts'
import type { Claims } from './claims.ts'
import type { Told } from './day-shown.ts'
import {
  type Answer,
  answersOf,
  type AnswerValue,
  type Ballot,
  readOnce,
  takeFirst,
  type Way,
} from './answers.ts'
import { isSiteName, rankTitles, type TitleEvidence } from './title.ts'

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
  /** The day that readers are shown, where it is over before the time that machines are told. */
  readonly earlierDayShown: (told: Told) => string | null
}

const mostTags = 50

/**
 * Chooses each field: the first source wins whose claim, once normalised, says something. With a ballot, the others
 * are asked too.
 */
export function chooseFields(
  sources: readonly Source[],
  moment: MomentContext,
  page: Evidence,
  ballot: Ballot | null = null,
): Fields {
  const choose = <Value extends AnswerValue>(field: FieldName, read: (claims: Claims) => Value | null) =>
    takeFirst(answersOf(waysOf(sources, read)), takerOf(ballot, field))
  const chooseList = (field: FieldName, read: (claims: Claims) => string[]) =>
    listed(choose(field, (claims) => nonEmpty(read(claims))))
  const published = choosePublished(sources, moment, page, ballot)
  return {
    title: takeFirst(rankTitles(titlesOf(sources), page), takerOf(ballot, 'title')),
    subtitle: choose('subtitle', ({ subtitle }) => cleanLine(subtitle)),
    authors: listed(takeFirst(answersOf(authorWays(sources, page)), takerOf(ballot, 'authors'))),
    section: choose('section', ({ section }) => cleanLine(section)),
    tags: chooseList('tags', ({ tags }) => uniqueLines(tags)),
    language: choose('language', ({ language }) => normaliseLanguage(language)),
    publishedAt: { value: published.value?.at ?? null, rule: published.rule },
    publishedLocal: { value: published.value?.local ?? null, rule: published.rule },
    modifiedAt: choose('modifiedAt', ({ modified }) => parseMoment(modified, moment).at),
    imageUrl: choose('imageUrl', ({ imageUrl }) =>
      imageUrl === null ? null : canonicalUrl(imageUrl.trim(), page.pageUrl),
    ),
    excerpt: choose('excerpt', ({ excerpt }) => cleanLine(excerpt)),
    siteName: choose('siteName', ({ siteName }) => cleanLine(siteName)),
    commentCount: choose('commentCount', ({ commentCount }) => commentCount),
  }
}

const waysOf = <Value>(
  sources: readonly Source[],
  read: (claims: Claims) => Value | null,
): readonly Way<Value>[] => sources.map(({ rule, claims }) => ({ rule, read: () => read(claims) }))

const takerOf = (ballot: Ballot | null, field: FieldName) =>
  ballot === null ? null : (all: readonly Answer<AnswerValue>[]) => void ballot.set(field, all)

const listed = ({ value, rule }: { value: readonly string[] | null; rule: FieldRule }) => ({
  value: value ?? [],
  rule,
})

const titlesOf = (sources: readonly Source[]) =>
  sources.map(({ rule, claims }) => ({ rule, title: claims.title }))

/** A person says where the field stands, or the engine of a forum. */
const isCertain = ({ rule }: { rule: FieldRule }): boolean => rule === 'layout' || rule === 'opening-post'

/**
 * An earlier day that readers are shown goes before all data for machines, and after the word of a layout. So does what
 * two other sources say alike against the JSON-LD.
 */
function choosePublished(
  sources: readonly Source[],
  moment: MomentContext,
  page: Evidence,
  ballot: Ballot | null,
) {
  const ways = waysOf(sources, ({ published }) => publishedOf(published, moment)).map(readOnce)
  const others = ways.filter((way) => !isCertain(way))
  const shown: Way<Published> = {
    rule: 'heuristic',
    read: () => {
      const told = answersOf(others).next().value
      if (told === undefined || told.rule === 'heuristic') return null
      return publishedOf(page.earlierDayShown(told.value), moment)
    },
  }
  const agreed: Way<Published> = { rule: 'metadata', read: () => outvoting(others) }
  const take = takerOf(ballot, 'publishedAt')
  return takeFirst(
    answersOf([...ways.filter(isCertain), shown, agreed, ...others]),
    take && ((all) => take(all.map(({ rule, value }) => ({ rule, value: value.at })))),
  )
}

/** Two moments less than this apart are of one day, whatever the zone. */
const sameDay = 36 * 3_600_000

/** What the metadata say, where readers are shown the same day and only the JSON-LD another. */
function outvoting(ways: readonly Way<Published>[]): Published | null {
  const [first, ...others] = ways
  const linked = first?.rule === 'json-ld' ? first.read() : null
  const metadata = others.find(({ rule }) => rule === 'metadata')?.read() ?? null
  if (linked === null || metadata === null || isNear(linked, metadata)) return null
  const shown = others.find(({ rule }) => rule === 'heuristic')?.read() ?? null
  return shown !== null && isNear(shown, metadata) ? metadata : null
}

const isNear = (one: Published, other: Published): boolean =>
  Math.abs(one.at.getTime() - other.at.getTime()) < sameDay

/**
 * Persons, from the first source that names one; who opened a topic of a forum, under whatever name. Organisations, the publisher before all, which many pages give as
 * the author of everything, and names of accounts count only where nobody else is named.
 */
function authorWays(
  sources: readonly Source[],
  { siteName, pageUrl, organisations }: Evidence,
): readonly Way<string[]>[] {
  const publishers = [siteName, ...sources.map(({ claims }) => claims.siteName)]
  const others = new Set(cleanAuthors(organisations))
  const isPerson = (name: string): boolean =>
    !others.has(name) &&
    !/^[a-z\d]+[._][a-z\d._]+$/.test(name) &&
    !publishers.some((publisher) => isSiteName(name, publisher, pageUrl))
  const host = new URL(pageUrl).hostname.replace(/^www\./, '')
  const personsOf = ({ authors }: Claims): string[] =>
    cleanAuthors(authors.filter((name) => !name.includes(host))).filter(isPerson)
  const anybody = waysOf(sources, ({ authors }) => nonEmpty(cleanAuthors(authors)))
  return [
    ...anybody.filter(({ rule }) => rule === 'layout'),
    ...waysOf(
      sources.filter(({ rule }) => rule === 'opening-post'),
      ({ authors }) => nonEmpty(authors.filter((name) => !mailbox.test(name))),
    ),
    ...waysOf(sources, (claims) => nonEmpty(personsOf(claims))),
    ...anybody,
  ]
}

/** People call themselves what they like, but a mailbox is not told. */
const mailbox = /[^\s@]@[^\s@]+\.[^\s@]/

const nonEmpty = (list: string[]): string[] | null => (list.length > 0 ? list : null)

function uniqueLines(raw: readonly string[]): string[] {
  const lines = new Map<string, string>()
  for (const entry of raw) {
    const line = cleanLine(entry)
    if (line !== null && !lines.has(line.toLowerCase())) lines.set(line.toLowerCase(), line)
  }
  return [...lines.values()].slice(0, mostTags)
}

interface Published extends Told {
  readonly local: string
}

/** Ends with the zone that a time is of. */
const zoneMark = /(?:z|utc|gmt|[+-]\d\d:?\d\d)\s*$/i

function publishedOf(raw: string | null, moment: MomentContext): Published | null {
  const { at } = parseMoment(raw, moment)
  if (at === null || raw === null) return null
  return { at, local: localTime(at, raw, moment.timezone), hasZone: zoneMark.test(raw) }
}
