/** One Allow or Disallow line, compiled. */
export interface Rule {
  readonly allow: boolean
  /** The parts between wildcards, the first anchored at the start of the path. */
  readonly parts: readonly string[]
  readonly toEnd: boolean
  /** Octets of the pattern: the longest match wins. */
  readonly length: number
}

/** A Content-Usage line: what may be done with the addresses that its rule covers. */
export interface UsageRule {
  readonly rule: Rule
  readonly usage: string
}

/** `[path] key=value, …`; without a path it is for the whole host (draft-ietf-aipref-attach, §5). */
export function compileUsage(value: string): UsageRule {
  const [, path = '/', usage = ''] = /^(?:([/*]\S*)\s+)?(.*)$/.exec(value) ?? []
  return { rule: compileRule(true, path) ?? everything, usage: usage.slice(0, longestUsage) }
}

const longestUsage = 500
const everything: Rule = { allow: true, parts: ['/'], toEnd: false, length: 1 }

/** Decides by the longest match, as for Allow and Disallow; what rules of one length say is put together. */
export function usageMatcherOf(rules: readonly UsageRule[]): (url: string) => string | null {
  return (url) => {
    const written = pathOf(url)
    const matching = rules.filter(({ rule }) => matches(rule, written))
    const longest = Math.max(...matching.map(({ rule }) => rule.length))
    const said = matching.filter(({ rule }) => rule.length === longest).map(({ usage }) => usage)
    return said.length === 0 ? null : said.join(', ')
  }
}

/** A pattern of another file than robots.txt, in UTF-8; an empty one covers the whole host. */
export const compilePath = (pattern: string): Rule =>
  compileRule(false, Buffer.from(pattern).toString('latin1')) ?? everything

/** Tells which patterns cover an address, in either spelling. */
export function coverageOf(url: string): (rule: Rule) => boolean {
  const written = pathOf(url)
  const decoded = decodeUnreserved(written)
  return (rule) => matches(rule, written) || matches(rule, decoded)
}

/**
 * RFC 9309 §2.2.2 wants both sides percent-encoded alike and unreserved octets decoded. Where spellings differ the
 * careful reading is taken: a Disallow holds for either spelling, an Allow only as written.
 */
export function compileRule(allow: boolean, value: string): Rule | null {
  if (value === '') return null
  const anchored = value.startsWith('/') || value.startsWith('*')
  if (allow && !anchored) return null
  const pattern = anchored ? value : `/${value}`
  const toEnd = pattern.endsWith('$')
  const body = (toEnd ? pattern.slice(0, -1) : pattern).replaceAll('$', '%24')
  const encoded = encodeOctets(body)
  const parts = (allow ? encoded : decodeUnreserved(encoded)).split('*')
  return { allow, parts, toEnd, length: encoded.length + (toEnd ? 1 : 0) }
}

/** Decides for an address by RFC 9309 §2.2.2: the longest match wins, and of equals the one that allows. */
export function matcherOf(rules: readonly Rule[]): (url: string) => boolean {
  // Longest first, and of equals the one that allows: then the first that matches decides.
  const ordered = rules.toSorted((a, b) => b.length - a.length || Number(b.allow) - Number(a.allow))
  return (url) => {
    const written = pathOf(url)
    if (written === '/robots.txt') return true
    const decoded = decodeUnreserved(written)
    return ordered.find((rule) => matches(rule, rule.allow ? written : decoded))?.allow ?? true
  }
}

/** Walks the parts from left to right, each at its first place: no backtracking, so time is linear in the path. */
function matches(rule: Rule, path: string): boolean {
  const first = rule.parts[0] ?? ''
  if (!path.startsWith(first)) return false
  if (rule.parts.length === 1) return !rule.toEnd || path.length === first.length
  const last = rule.parts.length - 1
  const tail = rule.parts[last] ?? ''
  if (rule.toEnd && !path.endsWith(tail)) return false
  let position = first.length
  for (let index = 1; index < last; index += 1) {
    const part = rule.parts[index] ?? ''
    const found = path.indexOf(part, position)
    if (found < 0) return false
    position = found + part.length
  }
  return rule.toEnd ? path.length - tail.length >= position : path.includes(tail, position)
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return encodeOctets(pathname + search)
    .replaceAll('*', '%2A')
    .replaceAll('$', '%24')
}

/** Octets that an address can't hold as %XX, and the hex digits of what is encoded already in capitals. */
function encodeOctets(text: string): string {
  return text
    .replace(
      /[^\u0021-\u007E]|["'<>^`{|}]/g,
      (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replace(/%[0-9a-f]{2}/gi, (encoded) => encoded.toUpperCase())
}

function decodeUnreserved(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded
  })
}
