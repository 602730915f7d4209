import { Dice } from './dice.ts'
import { Newsroom, rateAt, type Rhythm, rhythmOf } from './newsroom.ts'
import type { PassFigures } from '../../../src/db/site-checks.ts'
import type { NewsHour } from '../../../src/db/pass-measures.ts'

const HOUR = 3_600_000
const [SOURCES, EMPTY_ANSWERS] = [3, 0.002]
const FIELDS = ['title', 'body', 'publishedAt', 'authors', 'subtitle', 'thread']

/** What goes wrong with a site; each kind is one series of passes. */
export const incidents = [
  'a field vanishes',
  'pages hold no article',
  'all requests are refused',
  'half of the requests are refused',
  'pages show a wall',
  'the host fails',
  'nothing new is found',
  'threads end early',
  'threads hold no comments',
  'dates lie in the future',
  'the encoding is read wrong',
  'the feed stands still',
  'due work piles up',
  'sources name nothing',
] as const

export type Incident = (typeof incidents)[number]

/** One pass of a site's life, as the alarms see it. */
export interface LivedPass {
  readonly at: Date
  readonly pages: number
  readonly fillRates: Readonly<Record<string, number>>
  readonly figures: PassFigures
  /** Pages, threads or texts that the incident has touched so far. */
  readonly touched: number
}

interface Traits extends Rhythm {
  readonly fills: Readonly<Record<string, number>>
  readonly commentsPerThread: number
  readonly failing: number
  readonly walled: number
  readonly incomplete: number
  readonly feedShare: number
  /** Articles that are looked at again for each new one. */
  readonly revisits: number
}

function traitsOf(dice: Dice): Traits {
  const between = (least: number, most: number) => dice.between(least, most)
  return {
    ...rhythmOf(dice),
    fills: Object.fromEntries(
      FIELDS.map((field, index) => [
        field,
        index < 2 ? 1 : index === 4 ? between(0.1, 0.9) : between(0.7, 1),
      ]),
    ),
    commentsPerThread: between(2, 60),
    failing: between(0, 0.05),
    walled: dice.next() < 0.3 ? between(0.05, 0.25) : 0,
    incomplete: between(0, 0.1),
    feedShare: between(0.5, 1),
    revisits: between(0.5, 4),
  }
}

/** Probability under the incident, or else the usual one. */
const chance = (incident: Incident | null, under: Partial<Record<Incident, number>>, usual: number): number =>
  incident === null ? usual : (under[incident] ?? usual)

/** A site from its first pass on; `beginsAt` is the moment from which something is wrong. Virtual time only. */
export class SiteLife {
  readonly #dice: Dice
  /** Of its own, for what has nothing to do with articles. */
  readonly #sourceDice: Dice
  readonly #traits: Traits
  readonly #newsroom: Newsroom
  readonly #news = new Map<number, number>()
  #at = 0
  #due = 0
  #touched = 0
  /** Articles of the pass before, which the feed should name by now. */
  #recent = 0

  constructor(seed: number, traits: Partial<Traits> = {}) {
    this.#dice = new Dice(seed)
    this.#sourceDice = new Dice(seed + 500_000)
    this.#traits = { ...traitsOf(this.#dice), ...traits }
    this.#newsroom = new Newsroom(this.#dice, this.#traits)
  }

  get hours(): NewsHour[] {
    const first = Math.floor(this.#at / HOUR) - 29 * 24
    return [...this.#news].filter(([hour]) => hour >= first).map(([hour, articles]) => ({ hour, articles }))
  }

  get passesPerDay(): number {
    return 24 / this.#traits.passHours
  }

  nextPass(incident: Incident | null): LivedPass {
    const { at, articles: appeared } = this.#newsroom.next()
    this.#at = at.getTime()
    const isOf = (...kinds: Incident[]) => incident !== null && kinds.includes(incident)
    const isUnread = isOf(
      'all requests are refused',
      'the host fails',
      'nothing new is found',
      'sources name nothing',
    )
    const fresh = isUnread ? 0 : appeared
    const hour = Math.floor(this.#at / HOUR)
    this.#news.set(hour, (this.#news.get(hour) ?? 0) + fresh)
    const looked = this.#read(fresh, incident, at)
    const { tried, refused, walls, failed, threads, dated, texts } = looked.figures
    if (isOf('nothing new is found', 'the feed stands still')) this.#touched += appeared
    else if (isOf('threads end early', 'threads hold no comments')) this.#touched += threads
    else if (isOf('dates lie in the future')) this.#touched += dated
    else if (isOf('the encoding is read wrong')) this.#touched += texts
    else if (isOf('sources name nothing')) this.#touched += 1
    else if (isOf('due work piles up')) this.#touched += looked.figures.due
    else if (isOf('a field vanishes', 'pages hold no article')) this.#touched += looked.pages
    else if (incident !== null) this.#touched += Math.max(tried, refused + walls + failed)
    return { at, ...looked, touched: this.#touched }
  }

  /** What the feed names of the articles of the pass before, of which it passes over some, and has named all by now. */
  #readFeed(fresh: number, incident: Incident | null): Pick<PassFigures, 'recent' | 'unnamed'> {
    const recent = this.#recent
    this.#recent = fresh
    const passedOver = chance(incident, { 'the feed stands still': 1 }, 1 - this.#traits.feedShare)
    return { recent, unnamed: this.#dice.binomial(recent, passedOver) }
  }

  /** Feeds, sitemaps and listings that are due, which once in a while answer with nothing by mistake. */
  #readSources(incident: Incident | null): Required<Pick<PassFigures, 'sources' | 'emptySources'>> {
    const sources = this.#sourceDice.binomial(SOURCES, 0.7)
    const isEmpty = this.#sourceDice.next() < chance(incident, { 'sources name nothing': 1 }, EMPTY_ANSWERS)
    return { sources, emptySources: isEmpty ? sources : 0 }
  }

  #read(
    fresh: number,
    incident: Incident | null,
    at: Date,
  ): Pick<LivedPass, 'pages' | 'fillRates' | 'figures'> {
    const dice = this.#dice
    const traits = this.#traits
    const wanted = fresh + dice.poisson((rateAt(traits, at) * traits.passHours + 0.2) * traits.revisits)
    const asked =
      incident === 'all requests are refused' || incident === 'the host fails' ? Math.max(1, wanted) : wanted
    const refusing = chance(
      incident,
      { 'all requests are refused': 1, 'half of the requests are refused': 0.6 },
      0.002,
    )
    const refused = dice.binomial(asked, refusing)
    const failed = dice.binomial(asked - refused, chance(incident, { 'the host fails': 1 }, traits.failing))
    const walls = dice.binomial(
      asked - refused - failed,
      chance(incident, { 'pages show a wall': 0.9 }, traits.walled),
    )
    const pages = asked - refused - failed - walls
    const articles = dice.binomial(pages, chance(incident, { 'pages hold no article': 0 }, 0.98))
    const fillOf = (field: string, usual: number) =>
      incident === 'a field vanishes' && field === 'publishedAt' ? 0 : usual
    const found = Object.entries(traits.fills).map(
      ([field, usual]) => [field, dice.binomial(articles, fillOf(field, usual))] as const,
    )
    const fillRates = Object.fromEntries(
      found.map(([field, count]) => [field, count / Math.max(1, articles)]),
    )
    const threads = Math.round(articles * (fillRates['thread'] ?? 0))
    const busy = incident === 'threads hold no comments' ? 0 : traits.commentsPerThread
    let comments = 0
    // Most threads are short and a few are long.
    for (let thread = 0; thread < threads; thread++) comments += Math.round(-busy * Math.log(1 - dice.next()))
    const dated =
      Math.round(articles * (fillRates['publishedAt'] ?? 0)) + dice.poisson(Math.min(comments / 10, 20))
    this.#due = incident === 'due work piles up' ? this.#due + 60 + wanted : asked === 0 ? 0 : dice.poisson(3)
    const figures = {
      tried: asked,
      refused,
      walls,
      failed,
      newArticles: fresh,
      threads,
      incompleteThreads: dice.binomial(
        threads,
        chance(incident, { 'threads end early': 0.9 }, traits.incomplete),
      ),
      comments,
      dated,
      futureDates: dice.binomial(dated, chance(incident, { 'dates lie in the future': 0.8 }, 0.002)),
      texts: fresh,
      damagedTexts: dice.binomial(fresh, chance(incident, { 'the encoding is read wrong': 0.9 }, 0.01)),
      due: this.#due,
      ...this.#readFeed(fresh, incident),
      ...this.#readSources(incident),
    }
    const fills = articles === 0 ? {} : fillRates
    return { pages, fillRates: pages === 0 ? {} : { article: articles / pages, ...fills }, figures }
  }
}
