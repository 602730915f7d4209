import type { Alarm } from '../db/alarms.ts'
import { chanceOf, checksPerDay } from './evidence.ts'

/** How well the fields of a site's pages were filled in one pass. */
export interface FilledPages {
  readonly at: Date
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
/** False alarms that a field may raise on a healthy site in a day. */
const FALSE_PER_DAY = 1e-4
/** Before anything is known of a site, a field is taken to be on nearly all articles, without much conviction. */
const PRIOR = { bad: 0.05, all: 1 }
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
  const read = passes.filter(({ pages }) => pages > 0)
  const found = WINDOWS.flatMap((pages) => alarmsOver(pages, read))
  const bySubject = new Map(found.toReversed().map((alarm) => [alarm.subject, alarm]))
  return [...bySubject.values()].toReversed().slice(0, MOST_ALARMS)
}

function alarmsOver(pages: number, passes: readonly FilledPages[]): Alarm[] {
  const recent = passes.slice(0, passesThatMake(pages, passes))
  const former = passes.slice(recent.length)
  if (pagesOf(recent) < FEWEST_PAGES || pagesOf(former) < FEWEST_PAGES) return []
  const leastChance = FALSE_PER_DAY / checksPerDay(passes)
  return missedFields(recent, former).flatMap((field) => alarmOf(field, recent, former, leastChance))
}

const MOST_ALARMS = 5
/** What no page of so many passes had is no news. */
const REMEMBERED_PASSES = 100

/** The fields that most of the recent pages lack, of those that were ever found of late. */
function missedFields(recent: readonly FilledPages[], former: readonly FilledPages[]): string[] {
  const known = former.slice(0, REMEMBERED_PASSES).flatMap(({ fillRates }) => Object.keys(fillRates))
  return [...new Set(known)].filter((field) => (shareOf(field, recent).share ?? 1) <= LEFT)
}

function alarmOf(
  field: string,
  recent: readonly FilledPages[],
  former: readonly FilledPages[],
  leastChance: number,
): Alarm[] {
  const { share: now, all } = shareOf(field, recent)
  if (now === null) return []
  const wasFound = ({ alarms = [] }: FilledPages) => alarms.every(({ subject }) => subject !== field)
  const { share: before, all: known } = shareOf(field, former.filter(wasFound))
  if (before === null || before < USUAL || now > before * LEFT) return []
  const looked = Math.round(all)
  const missing = { bad: Math.round(looked * (1 - now)), all: looked }
  const usual = { bad: known * (1 - before) + PRIOR.bad, all: known + PRIOR.all }
  if (chanceOf(missing, usual) > leastChance) return []
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
