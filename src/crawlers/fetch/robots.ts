import {
  compileRule,
  compileUsage,
  matcherOf,
  type Rule,
  usageMatcherOf,
  type UsageRule,
} from './robots-rule.ts'

/** What a robots.txt says to one crawler (RFC 9309), compiled once. */
export interface RobotsRules {
  /** True when the address may be fetched. Its scheme and host are taken to be those of the robots.txt. */
  allows(url: string): boolean
  /** Seconds between requests that the group asks for, as written. */
  readonly crawlDelaySeconds: number | null
  /** Addresses of sitemaps, as written, from the whole file. */
  readonly sitemaps: readonly string[]
  /** What the most exact rule for this address says of automatic use, as written; null when nothing is said. */
  contentUsage(url: string): string | null
}

interface Group {
  readonly rules: Rule[]
  readonly usage: UsageRule[]
  named: boolean
  crawlDelaySeconds: number | null
}

type Field = 'user-agent' | 'allow' | 'disallow' | 'sitemap' | 'crawl-delay' | 'content-usage'

interface LineRecord {
  readonly field: Field
  readonly value: string
}

/** Fields and the misspellings of them that are met in the wild, read as what they were meant to be. */
const fields: ReadonlyMap<string, Field> = new Map([
  ['user-agent', 'user-agent'],
  ['useragent', 'user-agent'],
  ['user agent', 'user-agent'],
  ['allow', 'allow'],
  ['disallow', 'disallow'],
  ['dissallow', 'disallow'],
  ['dissalow', 'disallow'],
  ['disalow', 'disallow'],
  ['diasllow', 'disallow'],
  ['disallaw', 'disallow'],
  ['sitemap', 'sitemap'],
  ['site-map', 'sitemap'],
  ['crawl-delay', 'crawl-delay'],
  ['crawldelay', 'crawl-delay'],
  ['content-usage', 'content-usage'],
  ['content-signal', 'content-usage'],
])

/** Longer lines are cut, as Google's parser does: eight times the longest address of old browsers. */
const maxLineOctets = 2083 * 8 - 1
const bomAsLatin1 = '\u00EF\u00BB\u00BF'

/** For hosts without a robots.txt. */
export const allowAll: RobotsRules = {
  allows: () => true,
  crawlDelaySeconds: null,
  sitemaps: [],
  contentUsage: () => null,
}

/**
 * Compiles a robots.txt for the crawler with this product token. All groups that name the token count as one; when none
 * does, those for `*` hold. Lines that can't be read are passed over; a page of HTML has no rules.
 */
export function parseRobots(body: Uint8Array, productToken: string): RobotsRules {
  // One character per octet, so that any charset survives and lengths count octets.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const content = text.startsWith(bomAsLatin1) ? text.slice(bomAsLatin1.length) : text
  if (content.trimStart().startsWith('<')) return allowAll
  const reader = new RobotsReader(productToken)
  for (const line of content.split(/\r\n|\r|\n/)) {
    const record = readLine(line)
    if (record !== null) reader.take(record)
  }
  return reader.rules()
}

/** Collects what concerns one crawler, record by record. */
class RobotsReader {
  readonly #token: string
  readonly #own = emptyGroup()
  readonly #everyone = emptyGroup()
  readonly #sitemaps: string[] = []
  /** Those of our two groups that the record at hand belongs to. */
  #current: Group[] = []
  #namingAgents = false
  /** A Content-Usage line ends a list of agents for others of its kind, though not for Allow and Disallow. */
  #usageGroups: Group[] = []
  #usageTaken = false

  constructor(productToken: string) {
    this.#token = productToken.toLowerCase()
  }

  take({ field, value }: LineRecord): void {
    if (field === 'user-agent') this.#takeAgent(value)
    else if (field === 'allow' || field === 'disallow') this.#takeRule(field === 'allow', value)
    else if (field === 'sitemap') this.#sitemaps.push(Buffer.from(value, 'latin1').toString('utf8'))
    else if (field === 'content-usage') this.#takeUsage(value)
    else
      for (const group of this.#current) group.crawlDelaySeconds = longerDelay(group.crawlDelaySeconds, value)
  }

  rules(): RobotsRules {
    const { rules, crawlDelaySeconds, usage } = this.#own.named ? this.#own : this.#everyone
    return {
      allows: matcherOf(rules),
      crawlDelaySeconds,
      sitemaps: this.#sitemaps.filter((url) => url !== ''),
      contentUsage: usageMatcherOf(usage),
    }
  }

  /** Agents that follow one another share a group; only an Allow or Disallow between them ends it. */
  #takeAgent(value: string): void {
    if (!this.#namingAgents) this.#current = []
    if (!this.#namingAgents || this.#usageTaken) this.#usageGroups = []
    this.#namingAgents = true
    this.#usageTaken = false
    const group = isEveryone(value) ? this.#everyone : tokenOf(value) === this.#token ? this.#own : null
    if (group === null) return
    group.named = true
    this.#current.push(group)
    this.#usageGroups.push(group)
  }

  #takeUsage(value: string): void {
    this.#usageTaken = true
    for (const group of this.#usageGroups) group.usage.push(compileUsage(value))
  }

  #takeRule(allow: boolean, value: string): void {
    this.#namingAgents = false
    const rule = compileRule(allow, value)
    if (rule !== null) for (const group of this.#current) group.rules.push(rule)
  }
}

function emptyGroup(): Group {
  return { rules: [], usage: [], named: false, crawlDelaySeconds: null }
}

function readLine(line: string): LineRecord | null {
  const kept = line.length > maxLineOctets ? line.slice(0, maxLineOctets) : line
  const comment = kept.indexOf('#')
  const content = (comment < 0 ? kept : kept.slice(0, comment)).trim()
  const colon = content.indexOf(':')
  // A missing colon is forgiven when there are just two words.
  const words = colon < 0 ? content.split(/[ \t]+/) : [content.slice(0, colon), content.slice(colon + 1)]
  if (words.length !== 2) return null
  const field = fields.get((words[0] ?? '').trim().toLowerCase())
  return field === undefined ? null : { field, value: (words[1] ?? '').trim() }
}

function isEveryone(value: string): boolean {
  return value === '*' || /^\*\s/.test(value)
}

function tokenOf(value: string): string | null {
  return /^[a-z_-]+/i.exec(value)?.[0].toLowerCase() ?? null
}

function longerDelay(known: number | null, value: string): number | null {
  if (!/^\d+(?:\.\d+)?$/.test(value)) return known
  return Math.max(known ?? 0, Number(value))
}
