import type { Alarm } from '../db/alarms.ts'
import { chanceOf } from './evidence.ts'

/** How well the fields of a site's pages were filled in one pass. */
export interface FilledPages {
  /** Pages that were read, articles or not. */
  readonly pages: number
  /** Share of the articles, 0 to 1, on which each field was found; `article`: share of the pages that hold one. */
  readonly fillRates: Readonly<Record<string, number>>
  readonly alarms?: readonly Alarm[]
}

/** Few enough to notice a new design within a pass or two, enough not to mistake one odd page for it. */
const FEWEST_PAGES = 5
/** What is missing by chance now and then needs more pages to be told from what is gone. */
const WINDOWS = [FEWEST_PAGES, 10, 20]
/** Chance that is not believed in: of fields on nearly all articles, and of others, which are missing by chance more often. */
const LEAST_CHANCE = { common: 2e-5, other: 1e-7 }
const COMMON = 0.9
/** What was found more rarely is missing by chance now and then. */
const USUAL = 0.6
/** What is left of the usual share when there is an alarm. */
const LEFT = 0.4

/**
 * Fields that used to be found on a site's pages and suddenly are not, which is what a new design looks like from here:
 * the newest passes that make five pages, ten or twenty are compared with the ones before them, but for those on which
 * the field was missed already.
 * @param passes newest first.
 */
export function findFillAlarms(passes: readonly FilledPages[]): Alarm[] {
  const found = WINDOWS.flatMap((pages) => alarmsOver(pages, passes))
  const bySubject = new Map(found.toReversed().map((alarm) => [alarm.subject, alarm]))
  return [...bySubject.values()].toReversed().slice(0, MOST_ALARMS)
}

function alarmsOver(pages: number, passes: readonly FilledPages[]): Alarm[] {
  const recent = passes.slice(0, passesThatMake(pages, passes))
  const former = passes.slice(recent.length)
  if (pagesOf(recent) < FEWEST_PAGES || pagesOf(former) < FEWEST_PAGES) return []
  const fields = [...new Set(former.flatMap(({ fillRates }) => Object.keys(fillRates)))]
  return fields.flatMap((field) => alarmOf(field, recent, former))
}

const MOST_ALARMS = 5

function alarmOf(field: string, recent: readonly FilledPages[], former: readonly FilledPages[]): Alarm[] {
  const wasFound = ({ alarms = [] }: FilledPages) => alarms.every(({ subject }) => subject !== field)
  const { share: before, all: known } = shareOf(field, former.filter(wasFound))
  const { share: now, all } = shareOf(field, recent)
  if (before === null || now === null || before < USUAL || now > before * LEFT) return []
  const looked = Math.round(all)
  const missing = { bad: Math.round(looked * (1 - now)), all: looked }
  // What was never missing may be so by chance on one page of as many as are known.
  if (
    chanceOf(missing, Math.max(1 - before, 1 / (known + 1))) >
    (before < COMMON ? LEAST_CHANCE.other : LEAST_CHANCE.common)
  )
    return []
  const what = field === 'article' ? 'an article' : `the field ${field}`
  const message =
    `${what} is found on ${percent(now)} of the last ${pagesOf(recent)} pages, and was on ${percent(before)}: ` +
    `if the site has a new design, add its layout and run: npm run reextract`
  return [{ kind: 'fields_vanished', subject: field, message, urls: [] }]
}

/** Share of all articles (or pages) of these passes; null when there were too few to tell. */
function shareOf(
  field: string,
  passes: readonly FilledPages[],
): { readonly share: number | null; readonly all: number } {
  let found = 0
  let all = 0
  for (const { pages, fillRates } of passes) {
    const weight = field === 'article' ? pages : pages * (fillRates['article'] ?? 1)
    found += weight * (fillRates[field] ?? (field === 'article' ? 1 : 0))
    all += weight
  }
  return { share: Math.round(all) < FEWEST_PAGES ? null : found / all, all }
}

const pagesOf = (passes: readonly FilledPages[]): number => passes.reduce((sum, { pages }) => sum + pages, 0)

function passesThatMake(pages: number, passes: readonly FilledPages[]): number {
  let sum = 0
  for (const [index, pass] of passes.entries()) {
    sum += pass.pages
    if (sum >= pages) return index + 1
  }
  return passes.length
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
