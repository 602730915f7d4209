import { html } from 'hono/html'
import type { Database } from '../db/client.ts'
import type { HourlyArrivals, HourlyDelay } from '../db/reading/arrivals.ts'
import type { SiteCoverage } from '../db/reading/coverage.ts'
import type { Markup } from './markup.ts'

/** What a page is made from. */
export interface PageRequest {
  /** On one snapshot, which nothing can be written to. */
  readonly db: Database
  readonly now: Date
  readonly query: Query
  /** A part of the address, by the name that its route gives it. */
  readonly parameter: (name: string) => string
}

export interface Page {
  readonly title: string
  readonly body: Markup
  readonly status?: 200 | 404
}

/** Makes a page, or finds that there is none. */
export type MakePage = (request: PageRequest) => Promise<Page>

/** What is counted over everything that is held, which takes longer than a page may. */
export interface Figures {
  readonly coverage: readonly SiteCoverage[]
  readonly arrivals: readonly HourlyArrivals[]
  readonly delays: readonly HourlyDelay[]
}

/** Makes a page with such figures. */
export type MakePageWithFigures = (request: PageRequest, figures: Figures) => Promise<Page>

/** What an address asks for behind its question mark; what makes no sense there counts as not asked. */
export class Query {
  readonly #read: (name: string) => string | undefined

  /** @param read gives what is asked for by a name. */
  constructor(read: (name: string) => string | undefined) {
    this.#read = read
  }

  /** Some text; null when there is none. */
  text(name: string): string | null {
    const given = cleanText(this.#read(name) ?? '')
    return given === '' ? null : given
  }

  /** A whole number, as ids and positions are. */
  whole(name: string): number | null {
    return wholeOf(this.#read(name))
  }

  /** A moment, in Unix milliseconds. */
  moment(name: string): Date | null {
    const at = this.whole(name)
    return at === null || at < 0 || at > LATEST ? null : new Date(at)
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | null {
    const given = this.#read(name)
    return choices.find((choice) => choice === given) ?? null
  }
}

const LONGEST = 200
/** The year 9999. */
const LATEST = 253_370_764_800_000

/** Text of an address without white space around it and without what no database takes. */
export const cleanText = (given: string): string =>
  given.toWellFormed().replaceAll('\0', '').trim().slice(0, LONGEST).toWellFormed()

/** A whole number that a database can hold as an id or position, also below zero; else null. */
export function wholeOf(given: string | undefined): number | null {
  if (given === undefined || !/^-?\d{1,15}$/.test(given)) return null
  return Number(given)
}

export const notFound = (what: string): Page => ({
  title: 'Not found',
  status: 404,
  body: html`<h1>Not found</h1>
    <p>${what}</p>`,
})
