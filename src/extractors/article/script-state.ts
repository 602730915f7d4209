import type { Element } from 'domhandler'
import { comparable } from './comparable-text.ts'
import { ownTextOf } from './element-text.ts'

const longestScript = 5_000_000
const mostScripts = 30
const longestHeadline = 500

/** How deep a state is looked into: it may be nested without end. */
export const deepestState = 40

/** `window.__STATE__ = {…}`, and nothing but one object or list after it. */
const assignment = /^\s*(?:window|self|globalThis)?[.[\]"'\w$]{1,80}\s*=\s*(?=[{[])/

/** The states that frameworks (Next.js, Nuxt and others) leave in a page for its scripts, in page order. */
export function* statesIn(
  scripts: readonly Element[],
  mayTell: (source: string) => boolean = () => true,
): Generator<object, undefined> {
  for (const script of scripts.slice(0, mostScripts)) {
    const source = ownTextOf(script)
    const state = mayTell(source) ? stateOf(source) : null
    if (typeof state === 'object' && state !== null) yield state
  }
}

function stateOf(source: string): unknown {
  if (source.length > longestScript) return null
  const json = source.replace(assignment, '').trim().replace(/;$/, '')
  if (!/^[{[]/.test(json)) return null
  try {
    return JSON.parse(json)
  } catch {
    // Most scripts are programs, not states.
    return null
  }
}

/** True for an object that has one of these headlines, which are given as `comparable`. */
export function isHeadlined(value: object, headlines: ReadonlySet<string>): boolean {
  return Object.values(value).some(
    (own) => typeof own === 'string' && own.length < longestHeadline && headlines.has(comparable(own)),
  )
}

/** Headlines for `isHeadlined`. */
export function headlinesOf(titles: readonly (string | null)[]): ReadonlySet<string> {
  const headlines = new Set(titles.map((title) => comparable(title ?? '')))
  headlines.delete('')
  return headlines
}
