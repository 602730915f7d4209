import { withoutCredentials } from '../secrets.ts'

/**
 * What a site is: a declaration of 5 to 40 lines. Every field but the first three may be left out,
 * because the generic way comes first and a site overrides it field by field.
 */
export interface Site {
  /** Lower-case letters, digits, dots and hyphens: `topcor`, `en.topcor`. */
  readonly id: string
  readonly name: string
  /** Address of the front page. */
  readonly url: string
  /** Sites that are language hosts of one newsroom share a family. */
  readonly family: string | null
  /** True for the host whose language the family's articles are written in. */
  readonly isFamilySource: boolean
  readonly language: string | null
  /** IANA zone of the site's clock. Null: as its feed, its pages or its engine tell. */
  readonly timezone: string | null
  /** Where new articles are announced. Empty: found on the front page and in robots.txt. */
  readonly sources: readonly Source[]
  /** Newest last; each may end with a date, so that stored pages still extract. */
  readonly layouts: readonly Layout[]
  /** Names of comment platforms to try, in order. Empty: every known one, by its marks. */
  readonly comments: readonly string[]
  /** Names of comment platforms that are read only by permission, and that may be read here. */
  readonly permittedPlatforms: readonly string[]
  /** Our own keys to interfaces of comment platforms that answer nobody without one, by the platform's name. */
  readonly platformKeys: Readonly<Record<string, string>>
  /** Matches the path of an article's address; a first group is the article's native id. */
  readonly articlePath: string | null
  /** Cron expression: when the site is crawled. */
  readonly schedule: string
  /** IANA zone of the schedule's clock. */
  readonly scheduleZone: string
  /** Seconds between requests to the site's host; robots.txt may ask for more. */
  readonly delaySeconds: number
  /** Requests in flight at once to the site's host; more than one only where the publisher agrees. */
  readonly connections: number
  /**
   * What is done with a page that asks not to be indexed, archived or mined: it is left alone, or only its wishes are
   * written down, where the publisher agrees.
   */
  readonly usageWishes: 'obey' | 'record'
  /** Pages need a real browser to show their text or comments. */
  readonly needsBrowser: boolean
  /**
   * What becomes of the words of a comment that its site removed: `keep` them; `redact` them after
   * `redactAfterDays`; `erase` them at once, with the writer's name. The comment's place in the thread stays.
   */
  readonly onRemoval: 'keep' | 'redact' | 'erase'
  readonly redactAfterDays: number
  /** Days for which the bytes of pages are stored, so that they can be extracted again. */
  readonly captureDays: number
  /**
   * How those who comment are held: by their `names`, under pseudonyms (`pseudonymise`), or `nameless`. Null: as
   * COMMENTARIAT_PRIVACY says.
   */
  readonly privacy: 'names' | 'pseudonymise' | 'nameless' | null
  /** Days after publication for which names of writers, and words of comments, are kept. Null: for good. */
  readonly nameDays: number | null
  readonly commentDays: number | null
  /** Days for which the records of runs and failures are kept. Null: for good. */
  readonly runDays: number | null
  readonly enabled: boolean
}

export type Source =
  | { readonly kind: 'feed'; readonly url: string }
  | { readonly kind: 'sitemap'; readonly url: string }
  | { readonly kind: 'listing'; readonly url: string }

/**
 * CSS selectors of one design of the site. `selector@attribute` takes an attribute.
 * Only what the generic way gets wrong needs to be named.
 */
export interface Layout {
  /** Last day (YYYY-MM-DD, by fetch time) on which this design was seen. */
  readonly until?: string
  readonly title?: string
  readonly subtitle?: string
  readonly authors?: string
  readonly published?: string
  readonly modified?: string
  readonly section?: string
  readonly tags?: string
  readonly image?: string
  readonly body?: string
  /** Boxes inside the body that do not belong to the text. */
  readonly drop?: readonly string[]
}

export type SiteDeclaration = Pick<Site, 'id' | 'name' | 'url'> & Partial<Site>

export const feed = (url: string): Source => ({ kind: 'feed', url })
export const sitemap = (url: string): Source => ({ kind: 'sitemap', url })
export const listing = (url: string): Source => ({ kind: 'listing', url })

/** Fills a declaration with the defaults. Source addresses may be relative to the site's. */
export function defineSite(declaration: SiteDeclaration): Site {
  return {
    family: null,
    isFamilySource: false,
    language: null,
    timezone: null,
    layouts: [],
    comments: [],
    permittedPlatforms: [],
    platformKeys: {},
    articlePath: null,
    schedule: '*/30 * * * *',
    scheduleZone: 'UTC',
    delaySeconds: 1,
    connections: 1,
    usageWishes: 'obey',
    needsBrowser: false,
    onRemoval: 'redact',
    redactAfterDays: 30,
    captureDays: 30,
    privacy: null,
    nameDays: null,
    commentDays: null,
    runDays: null,
    enabled: true,
    ...declaration,
    url: withoutCredentials(declaration.url),
    sources: (declaration.sources ?? []).map((source) => ({
      ...source,
      url: withoutCredentials(new URL(source.url, declaration.url).href),
    })),
  }
}
