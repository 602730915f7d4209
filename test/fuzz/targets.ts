import { extract, type RawAnswer } from '../../src/crawlers/extract/extraction.ts'
import { parseRetryAfter } from '../../src/crawlers/fetch/retry-after.ts'
import { parseRobots } from '../../src/crawlers/fetch/robots.ts'
import { parseTdmRules } from '../../src/crawlers/fetch/tdmrep.ts'
import { readFeed } from '../../src/crawlers/discover/feed.ts'
import { readSitemap } from '../../src/crawlers/discover/sitemap.ts'
import { decodeBytes } from '../../src/normalise/charset.ts'
import { findMoment, parseMoment } from '../../src/normalise/date.ts'
import { sanitiseHtml } from '../../src/normalise/html.ts'
import { cleanLine, cleanText } from '../../src/normalise/text.ts'
import { canonicalUrl, isSameHost } from '../../src/normalise/url.ts'
import { zoneOfFeed } from '../../src/normalise/zone-hint.ts'
import { usageWishes } from '../../src/extractors/usage-wishes.ts'
import { Failure } from '../../src/failure.ts'
import { defineSite } from '../../src/sites/site.ts'
import { addressFault, batchFault, type Fault, markupFault, momentFault, textFault } from './invariants.ts'
import { type Mutation, mutateJson, mutateLine, mutateMarkup, mutateText } from './mutations.ts'
import {
  answerSeeds,
  dateSeeds,
  feedSeeds,
  headerSeeds,
  pageSeeds,
  robotsSeeds,
  sitemapSeeds,
  tdmSeeds,
  textSeeds,
  urlSeeds,
} from './seeds.ts'

/** A part of the code that takes what strangers send. */
export interface FuzzTarget {
  readonly name: string
  readonly seeds: readonly string[]
  readonly mutate: Mutation
  /** What is wrong with what was made of it, or null. Whatever it throws but a `Failure` is wrong too. */
  readonly check: (input: string) => Fault | Promise<Fault>
}

const at = new Date('2026-04-01T12:00:00Z')
const home = 'https://paper.example/'
const site = defineSite({ id: 'paper', name: 'Paper', url: home })

function answerOf(text: string, url: string, fetchedAt: Date, type = 'text/html; charset=utf-8'): RawAnswer {
  return {
    url,
    status: 200,
    headers: { 'content-type': type },
    body: new TextEncoder().encode(text),
    fetchedAt,
  }
}

const repeated = async <Value>(read: () => Promise<Value>): Promise<{ value: Value; fault: Fault }> => {
  const value = await read()
  const again = await read()
  return {
    value,
    fault: JSON.stringify(value) === JSON.stringify(again) ? null : 'it is read otherwise the second time',
  }
}

async function pageFault(html: string, url: string, fetchedAt: Date): Promise<Fault> {
  const answer = answerOf(html, url, fetchedAt)
  const { value, fault } = await repeated(() => extract({ kind: 'article', answer, site, zoneHint: null }))
  if (value === null || !('articleHash' in value)) return 'no article came back'
  const { article, thread } = value
  return (
    fault ??
    textFault(article, 'article') ??
    addressFault(article.canonicalUrl) ??
    markupFault(article.bodyHtml) ??
    momentFault(article.publishedAt, fetchedAt) ??
    (thread?.batch == null ? null : batchFault(thread.batch, fetchedAt))
  )
}

async function listingFault(html: string): Promise<Fault> {
  const value = await extract({ kind: 'listing', answer: answerOf(html, home, at), site })
  if (value === null || !('feeds' in value)) return 'no listing came back'
  for (const { url } of value.articles) {
    const fault = addressFault(url)
    if (fault !== null) return fault
  }
  return textFault(value)
}

function pageTargets(): FuzzTarget[] {
  return pageSeeds().map(({ url, fetchedAt, html }, _index, all) => ({
    name: `page ${url}`,
    seeds: [html, ...all.map((seed) => seed.html)],
    mutate: mutateMarkup,
    check: (input) => pageFault(input, url, fetchedAt),
  }))
}

async function answerTargets(): Promise<FuzzTarget[]> {
  const targets: FuzzTarget[] = []
  for (const { page, answers } of await answerSeeds()) {
    const answer = answerOf(page.html, page.url, page.fetchedAt)
    const shown = await extract({
      kind: 'article',
      answer,
      site: { ...site, permittedPlatforms: everyRestricted },
      zoneHint: null,
    })
    const start = shown !== null && 'articleHash' in shown ? shown.thread : null
    if (start === null) continue
    const { thread, ask } = start
    const isJson = answers.some((text) => /^[[{]/.test(text))
    targets.push({
      name: `answers of ${thread.platform}: ${page.url}`,
      seeds: answers,
      mutate: isJson ? mutateJson : mutateMarkup,
      check: async (input) => {
        const given = answerOf(
          input,
          ask.url,
          page.fetchedAt,
          isJson ? 'application/json' : 'text/html; charset=utf-8',
        )
        const { value, fault } = await repeated(() => extract({ kind: 'thread', answer: given, ask, thread }))
        return (
          fault ??
          (value !== null && 'comments' in value ? batchFault(value, page.fetchedAt) : 'no batch came back')
        )
      },
    })
  }
  return targets
}

const everyRestricted = ['openweb', 'guardian', 'new-york-times', 'daily-mail', 'viafoura', 'hyvor-talk']

function announcementsFault(
  found: readonly { readonly url: string; readonly publishedAt?: Date | null }[],
): Fault {
  for (const { url, publishedAt } of found) {
    const fault = addressFault(url) ?? momentFault(publishedAt ?? null, at)
    if (fault !== null) return fault
  }
  return textFault(found)
}

const lineTargets: readonly FuzzTarget[] = [
  {
    name: 'feed',
    seeds: feedSeeds,
    mutate: mutateMarkup,
    check: (input) => {
      zoneOfFeed(input)
      return announcementsFault(readFeed(input, `${home}feed/`, null, at))
    },
  },
  {
    name: 'sitemap',
    seeds: sitemapSeeds,
    mutate: mutateMarkup,
    check: (input) => {
      const read = readSitemap(input, `${home}sitemap.xml`, at)
      return announcementsFault(read.kind === 'pages' ? read.pages : read.sitemaps)
    },
  },
  {
    name: 'robots.txt',
    seeds: robotsSeeds,
    mutate: mutateText,
    check: (input) => {
      const rules = parseRobots(new TextEncoder().encode(input), 'commentariat')
      for (const url of urlSeeds) {
        if (rules.allows(url) !== rules.allows(url))
          return `it decides otherwise about ${url} the second time`
        rules.contentUsage(url)
      }
      if (!rules.allows(`${home}robots.txt`)) return 'it forbids itself'
      return Number.isFinite(rules.crawlDelaySeconds ?? 0) ? null : 'it asks for an endless delay'
    },
  },
  {
    name: 'tdmrep.json',
    seeds: tdmSeeds,
    mutate: mutateJson,
    check: (input) => {
      const rules = parseTdmRules(input)
      for (const url of urlSeeds) rules(url)
      return null
    },
  },
  {
    name: 'header',
    seeds: headerSeeds,
    mutate: mutateLine,
    check: (input) => {
      const [name = '', ...rest] = input.split(':')
      const value = rest.join(':')
      const { unavailableAfter } = usageWishes({ [name.toLowerCase()]: value }, {}, at)
      const { text } = decodeBytes(new TextEncoder().encode(input), value, { kind: 'html' })
      const wait = parseRetryAfter(value.trim(), at.getTime())
      if (wait !== null && !(wait >= 1000 && wait <= 86_400_000)) return `it waits ${wait} ms`
      return (
        momentFault(unavailableAfter, new Date('2100-01-01')) ??
        (text.isWellFormed() ? null : 'the text is half')
      )
    },
  },
  {
    name: 'date',
    seeds: dateSeeds,
    mutate: mutateLine,
    check: (input) => {
      const context = { timezone: 'Europe/Moscow', fetchedAt: at, language: null }
      const moment = parseMoment(input, context)
      const found = findMoment(input, context)
      if (moment.at === null && moment.precision !== null) return 'a precision without a moment'
      return momentFault(moment.at, at) ?? momentFault(found?.at ?? null, at) ?? textFault(moment.raw)
    },
  },
  {
    name: 'address',
    seeds: urlSeeds,
    mutate: mutateLine,
    check: (input) => {
      isSameHost(input, home)
      return addressFault(canonicalUrl(input)) ?? addressFault(canonicalUrl(input, home))
    },
  },
  {
    name: 'text',
    seeds: textSeeds,
    mutate: mutateMarkup,
    check: (input) => {
      const clean = cleanText(input)
      const line = cleanLine(input)
      if (cleanText(clean) !== clean || cleanLine(line) !== line) return 'it is cleaned anew each time'
      return (
        textFault(clean) ?? markupFault(sanitiseHtml(input, home)) ?? textFault(sanitiseHtml(input, home))
      )
    },
  },
  { name: 'listing', seeds: pageSeeds().map(({ html }) => html), mutate: mutateMarkup, check: listingFault },
]

/** Every target; pages and answers of platforms have one for each of their fixtures. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  return [...lineTargets, ...pageTargets(), ...(await answerTargets())]
}

/** A failure is an answer: the closed set of what may go wrong. */
export async function faultOf(target: FuzzTarget, input: string): Promise<Fault> {
  try {
    return await target.check(input)
  } catch (error) {
    if (error instanceof Failure) return null
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}
