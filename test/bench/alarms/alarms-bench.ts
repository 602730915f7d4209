import type { Alarm, AlarmKind } from '../../../src/db/alarms.ts'
import type { PastCheck } from '../../../src/db/site-checks.ts'
import { alarmChanges, findPassAlarms } from '../../../src/report/pass-alarms.ts'
import type { Bench, BenchReport } from '../bench.ts'
import { readFloors } from '../floors.ts'
import { compareSilences } from './silences.ts'
import { type Incident, incidents, SiteLife } from './site-life.ts'

/** The alarm that each kind of incident must raise. */
const kindOf: Record<Incident, AlarmKind> = {
  'a field vanishes': 'fields_vanished',
  'pages hold no article': 'fields_vanished',
  'all requests are refused': 'refused',
  'half of the requests are refused': 'refused',
  'pages show a wall': 'walled',
  'the host fails': 'failing',
  'nothing new is found': 'nothing_new',
  'threads end early': 'coverage_fallen',
  'threads hold no comments': 'comments_fewer',
  'dates lie in the future': 'future_dates',
  'the encoding is read wrong': 'damaged_text',
  'the feed stands still': 'feed_stale',
  'due work piles up': 'due_piling',
  'sources name nothing': 'sources_empty',
}

const [HEALTHY_SITES, HEALTHY_DAYS] = [60, 100]
const [SERIES, DAYS_BEFORE] = [20, 30]
/** Found in time: at the second pass, or at the pass that touches the twentieth page. */
const [PASSES_IN_TIME, PAGES_IN_TIME] = [2, 20]
/** For each series and each healthy site so many more of which only the silences are judged: there chance decides. */
const [SILENT_SERIES, SILENT_SITES] = [500, 25]
/** Then an incident counts as never found. */
const MOST_PASSES = 1500
/** Passes that a site is judged by, as the database gives them. */
const MOST_CHECKS = 1400

/** Virtual time only: nothing is fetched and nobody waits. */
export const alarmsBench: Bench = {
  description: 'whether alarms find what goes wrong with made-up sites, and leave healthy ones alone',
  run: ({ note, rounds, sites }) => {
    const healthySites = sites ?? HEALTHY_SITES
    note(`${healthySites} healthy sites, ${HEALTHY_DAYS} days each`)
    const falseAlarms = Array.from({ length: healthySites }, (_, seed) => liveHealthily(1000 + seed)).flat()
    const found = incidents.map((incident, index) => {
      note(incident)
      const series = Array.from({ length: rounds ?? SERIES }, (_, seed) =>
        endure(incident, index * 100 + seed),
      )
      return { incident, series }
    })
    note('silences, and judges who are told the truth')
    const silences = compareSilences({
      sites: healthySites * SILENT_SITES,
      series: (rounds ?? SERIES) * SILENT_SERIES,
      passesInTime: PASSES_IN_TIME,
      pagesInTime: PAGES_IN_TIME,
    })
    const { figures, floors, tables } = report(falseAlarms, healthySites * HEALTHY_DAYS, found)
    return Promise.resolve({ figures, floors, tables: [...tables, silences] })
  },
}

/** A watched site: what its passes were, and the alarms that stand. */
class Watch {
  readonly #life: SiteLife
  #checks: PastCheck[] = []
  standing: readonly Alarm[] = []

  constructor(life: SiteLife) {
    this.#life = life
  }

  pass(incident: Incident | null) {
    const { at, pages, fillRates, figures, touched } = this.#life.nextPass(incident)
    const pass = { at, pages, fillRates, figures, alarms: [], toldAt: null }
    const passes = [pass, ...this.#checks]
    const alarms = findPassAlarms({ passes, hours: this.#life.hours, now: at })
    const { raised } = alarmChanges(this.standing, alarms)
    this.standing = alarms
    const isKept =
      figures.tried + figures.due + (figures.recent ?? 0) + (figures.emptySources ?? 0) > 0 ||
      alarms.length > 0
    if (isKept) this.#checks = [{ ...pass, alarms }, ...this.#checks].slice(0, MOST_CHECKS)
    return { raised, touched }
  }
}

/** @returns the alarms that should not have been raised. */
function liveHealthily(seed: number): Alarm[] {
  const life = new SiteLife(seed)
  const watch = new Watch(life)
  return Array.from({ length: HEALTHY_DAYS * life.passesPerDay }, () => watch.pass(null).raised).flat()
}

interface Found {
  readonly passes: number
  /** Pages that were touched by then. */
  readonly touched: number
  readonly isInTime: boolean
}

/** A site that is well for a month, and then is not. @returns null: never found. */
function endure(incident: Incident, seed: number): Found | null {
  const life = new SiteLife(seed)
  const watch = new Watch(life)
  for (let pass = 0; pass < DAYS_BEFORE * life.passesPerDay + (seed % 24); pass++) watch.pass(null)
  let before = 0
  for (let passes = 1; passes <= MOST_PASSES; passes++) {
    const { touched } = watch.pass(incident)
    if (watch.standing.some(({ kind }) => kind === kindOf[incident])) {
      return { passes, touched, isInTime: passes <= PASSES_IN_TIME || before < PAGES_IN_TIME }
    }
    before = touched
  }
  return null
}

function report(
  falseAlarms: readonly Alarm[],
  siteDays: number,
  found: readonly { readonly incident: Incident; readonly series: readonly (Found | null)[] }[],
): BenchReport {
  const rows = found.map(({ incident, series }) => {
    const known = series.filter((one) => one !== null)
    const inTime = known.filter(({ isInTime }) => isInTime).length
    return { incident, all: series.length, found: known, inTime }
  })
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const figures = {
    kindsFoundInTime: rows.filter(({ all, inTime }) => inTime === all).length,
    shareFoundInTime: sum(rows.map(({ inTime }) => inTime)) / sum(rows.map(({ all }) => all)),
    falseAlarmsPerThousandDays: (falseAlarms.length / siteDays) * 1000,
  }
  const middle = (values: readonly number[]) =>
    String(values.toSorted((a, b) => a - b)[values.length >> 1] ?? '–')
  return {
    figures,
    floors: readFloors('alarms').figures,
    tables: [
      {
        head: ['what goes wrong', 'alarm', 'found in time', 'median passes', 'median pages', 'most pages'],
        rows: rows.map(({ incident, all, found, inTime }) => [
          incident,
          kindOf[incident],
          `${inTime} of ${all}`,
          middle(found.map(({ passes }) => passes)),
          middle(found.map(({ touched }) => touched)),
          String(Math.max(0, ...found.map(({ touched }) => touched))),
        ]),
      },
      {
        head: ['healthy site-days', 'false alarms', 'of which'],
        rows: [[String(siteDays), String(falseAlarms.length), kindsOf(falseAlarms)]],
      },
    ],
  }
}

function kindsOf(alarms: readonly Alarm[]): string {
  const counts = new Map<string, number>()
  for (const { kind, subject } of alarms) {
    const name = subject === undefined ? kind : `${kind} ${subject}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || '–'
}
