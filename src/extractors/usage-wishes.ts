import { getElementsByTagName } from 'domutils'
import type { Document } from 'domhandler'
import { parseMoment } from '../normalise/date.ts'

/** What a publisher asks of those who read a page by machine, as its headers and its `meta` elements say it. */
export interface UsageWishes {
  /** Of robots `meta` elements and X-Robots-Tag, those for everyone and for us, in lower case. */
  readonly directives: readonly string[]
  /** The page is to be shown no longer than that. */
  readonly unavailableAfter: Date | null
  /** Text and data mining is reserved (Directive (EU) 2019/790, Art. 4(3)). */
  readonly isMiningReserved: boolean
  /** By category, as in `train-ai=n`; only recorded, but for those that forbid any automatic reading. */
  readonly preferences: Readonly<Record<string, string>>
  /** What the page's own elements say, by the names under which it is kept beside the headers. */
  readonly marks: Readonly<Record<string, string>>
}

/** Headers that hold wishes. Those with a colon are ours: what was said elsewhere than in the answer's headers. */
export const wishHeaders = [
  'x-robots-tag',
  'tdm-reservation',
  'tdm-policy',
  'content-usage',
  'content-signal',
  'robots.txt:content-usage',
  'tdmrep.json:tdm-reservation',
  'tdmrep.json:tdm-policy',
] as const

/** The product token that rules may name us by. */
const ownToken = 'commentariat'
const metaNames: Readonly<Record<string, string>> = {
  robots: 'meta:robots',
  [ownToken]: 'meta:robots',
  'tdm-reservation': 'meta:tdm-reservation',
  'tdm-policy': 'meta:tdm-policy',
}
/** Directives with a value, which is no agent's name. */
const valued = /^(?:unavailable_after|max-snippet|max-image-preview|max-video-preview)$/
const agentScope = /^\s*([\w-]+)\s*:(.*)$/
/** Categories that cover whatever a crawler does. */
const anyReading = ['tdm', 'bots', 'all']

/** Reads the wishes of a page that was fetched then. Header names are in lower case. */
export function usageWishes(
  headers: Readonly<Record<string, string>>,
  marks: Readonly<Record<string, string>>,
  fetchedAt: Date,
): UsageWishes {
  const directives = [
    ...taggedDirectives(headers['x-robots-tag'] ?? ''),
    ...directivesOf(marks['meta:robots'] ?? ''),
  ]
  const preferences = {
    ...preferencesOf(headers['content-signal']),
    ...preferencesOf(headers['robots.txt:content-usage']),
    ...preferencesOf(headers['content-usage']),
  }
  const reservation =
    marks['meta:tdm-reservation'] ?? headers['tdm-reservation'] ?? headers['tdmrep.json:tdm-reservation']
  const isForbidden = anyReading.some(
    (category) => preferences[category] === 'n' || preferences[category] === 'no',
  )
  return {
    directives: directives.filter((directive) => !directive.startsWith('unavailable_after')),
    unavailableAfter: earliest(directives, fetchedAt),
    // TDM Reservation Protocol, §5 and §6: 0 or 1, of the page before its header before the host's file. What can't be
    // read is no permission.
    isMiningReserved: isForbidden || (reservation !== undefined && reservation.trim() !== '0'),
    preferences,
    marks,
  }
}

/** What the page's `meta` elements ask, by the names in `UsageWishes.marks`. */
export function usageMarks(document: Document): Record<string, string> {
  const marks: Record<string, string> = {}
  for (const { attribs } of getElementsByTagName('meta', document)) {
    const mark = metaNames[(attribs['name'] ?? '').trim().toLowerCase()]
    const content = attribs['content']?.trim().slice(0, longestMark)
    if (mark === undefined || content === undefined || content === '') continue
    marks[mark] = mark === 'meta:robots' && marks[mark] !== undefined ? `${marks[mark]}, ${content}` : content
  }
  return marks
}

const longestMark = 500

/** Why a page is not to be stored, or null when nothing speaks against it. */
export function refusedUse(
  { directives, unavailableAfter, isMiningReserved }: UsageWishes,
  now: Date,
): string | null {
  if (directives.includes('noindex') || directives.includes('none')) return 'noindex'
  if (unavailableAfter !== null && unavailableAfter <= now) return 'unavailable_after'
  return isMiningReserved ? 'tdm-reservation' : null
}

/** No copy of the page is to be kept. */
export function isNotToBeArchived({ directives }: Pick<UsageWishes, 'directives'>): boolean {
  return directives.includes('noarchive') || directives.includes('nocache')
}

/** Of an X-Robots-Tag, one line for each field: a line may begin with the agent that it is for. */
export function taggedDirectives(tag: string): string[] {
  return tag.split('\n').flatMap((line) => {
    const scope = agentScope.exec(line)
    const agent = scope?.[1]?.toLowerCase() ?? null
    if (agent === null || valued.test(agent)) return directivesOf(line)
    return agent === ownToken || agent === 'robots' ? directivesOf(scope?.[2] ?? '') : []
  })
}

/** The dates of `unavailable_after` hold commas of their own. */
function directivesOf(list: string): string[] {
  const directives: string[] = []
  for (const part of list.toLowerCase().split(',')) {
    const last = directives.at(-1)
    if (last?.startsWith('unavailable_after') === true && /\d/.test(part))
      directives[directives.length - 1] = `${last},${part}`
    else if (part.trim() !== '') directives.push(part.trim())
  }
  return directives
}

function earliest(directives: readonly string[], fetchedAt: Date): Date | null {
  const moments = directives
    .filter((directive) => directive.startsWith('unavailable_after'))
    .map((directive) => lastMoment(directive.slice(directive.indexOf(':') + 1).trim(), fetchedAt))
    .filter((at) => at !== null)
  return moments.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}

/** A page may be shown for years to come, while no page was published tomorrow. */
function lastMoment(text: string, fetchedAt: Date): Date | null {
  const timezone = 'UTC'
  return (
    parseMoment(text, { timezone, fetchedAt }).at ?? parseMoment(text, { timezone, fetchedAt: farAway }).at
  )
}

const farAway = new Date('2100-01-01T00:00:00Z')

/** `key=value, key=value` (RFC 9651 §3.2); parameters and what has no value are passed over. */
function preferencesOf(list: string | undefined): Record<string, string> {
  const pairs = (list ?? '')
    .toLowerCase()
    .split(/[,\n]/)
    .map((item) => /^\s*([a-z][\w-]*)\s*=\s*([\w-]+)/.exec(item))
  return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', pair[2] ?? '']])))
}
