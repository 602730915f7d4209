import { z } from 'zod'
import { compilePath, coverageOf, type Rule } from './robots-rule.ts'

/** What a publisher's file says of an address, by the names under which it is kept beside the headers. */
export interface TdmDeclaration {
  /** `1`: text and data mining is reserved, `0`: it is not; anything else can't be read. */
  readonly reservation: string
  /** Address of the terms, or null. */
  readonly policy: string | null
}

/** Says what holds for an address, or null where no rule covers it. */
export type TdmRules = (url: string) => TdmDeclaration | null

/** Where a host says what may be mined (TDM Reservation Protocol, W3C community report of 2024-05-10, §6.1). */
export const tdmFilePath = '/.well-known/tdmrep.json'

const noTdmRules: TdmRules = () => null

const ruleShape = z.object({
  location: z.string(),
  'tdm-reservation': z.union([z.number(), z.string()]),
  'tdm-policy': z.string().nullish(),
})

const longest = 500
const mostRules = 10_000
const unreadable: TdmDeclaration = { reservation: 'unreadable', policy: null }

/**
 * Compiles a `tdmrep.json`: a list of rules, each for the addresses that its pattern covers, of which the first in
 * sequence counts. Patterns are those of robots.txt. A page of HTML, as many hosts send for whatever they do not have,
 * is no such file. A file that can't be read reserves everything, and so does a rule without a readable location: a slip
 * of the pen is no permission.
 */
export function parseTdmRules(text: string): TdmRules {
  const written = text.replace(/^\uFEFF/, '').trimStart()
  if (!/^[[{]/.test(written)) return noTdmRules
  const rules = rulesOf(written).slice(0, mostRules).map(compile)
  return (url) => {
    const covers = coverageOf(url)
    return rules.find(({ location }) => covers(location))?.declaration ?? null
  }
}

function rulesOf(written: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(written)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch (error) {
    if (error instanceof SyntaxError) return [null]
    throw error
  }
}

function compile(rule: unknown): { location: Rule; declaration: TdmDeclaration } {
  const read = ruleShape.safeParse(rule)
  if (!read.success) return { location: compilePath(locationOf(rule)), declaration: unreadable }
  const { location, 'tdm-reservation': reservation, 'tdm-policy': policy } = read.data
  const declaration = {
    reservation: String(reservation).trim().slice(0, longest),
    policy: policy?.trim().slice(0, longest) ?? null,
  }
  return { location: compilePath(location), declaration }
}

const locationOf = (rule: unknown): string => {
  const { location } = z.object({ location: z.string() }).safeParse(rule).data ?? { location: '/' }
  return location
}
