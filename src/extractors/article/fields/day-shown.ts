import { findMoment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { localTime } from '../../../normalise/local-time.ts'
import { ownTextOf } from '../element-text.ts'
import { metaLineOf } from '../meta-line.ts'
import type { Block } from '../page-outline.ts'
import { longestLine, type Shown, shownDates } from './shown-date.ts'
import { nearHeadline, type Surroundings } from './surroundings.ts'

const year = /(?<!\d)(?:19|20)\d\d(?!\d)/
/** The day is not told from the month: 03/04/2024. */
const ambiguous = /(?<!\d)(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|1[0-2])[./-](?:\d\d){1,2}(?!\d)/
const readingTime = /[|•·,–-]?(?:(?<!\s)\s+)?\d{1,3}[ -]min\w{0,5}\.?(?:\s+(?:read|lesezeit|de lecture))?/i
/** Days of what an article is about, and those on which something ends. */
const otherDays =
  /releas|premi(?:er|ère)|event|veranstalt|born|birth|died|death|air(?:ed|s)\b|season|deadline|expir|effective|(?<![\w-])(?:valid|starts?|begins?|ends?|opens?|joined|since|filed)\b/i
const mostFar = 60
const zones = 12 * 3_600_000
const wholeDay = 24 * 3_600_000

/** The time of publication that machines are told. */
export interface Told {
  readonly at: Date
  /** False where it is the site's own clock that is told, as the day shown is. */
  readonly hasZone: boolean
}

/**
 * The one day that the page shows by its headline as its own, or marked as that of its publication anywhere, where it
 * has been over before the time of publication in its data for machines. That one then can't be right: nobody reads a
 * page before it is published, nor changes it. Such data are made by publishing systems that write down when a page was
 * built or moved.
 *
 * The other way round nothing follows: a later day is as often that of an update, whatever it is called.
 */
export function earlierDayShown(told: Told, page: Surroundings, context: MomentContext): string | null {
  const own = (blocks: readonly Block[]): Shown[] => {
    const dates = shownDates(blocks, page, context).filter(isOwnDay)
    const published = dates.filter(({ isUpdate }) => !isUpdate)
    return published.length > 0 ? published : dates
  }
  const dated = nearHeadline(page).filter(mayShowYear)
  const isOfTold = likenessTo(told)
  const ofTold = dated.filter((block) => isOfTold(textWithDate(block)))
  if (shownDates(ofTold, page, context).some(({ isUpdate }) => !isUpdate)) return null
  const near = own(dated)
  const dates =
    near.length > 0
      ? near
      : own(page.around.filter(isMarked).slice(0, mostFar).filter(mayShowYear)).filter(isLabelled)
  const labelled = dates.filter(isLabelled)
  const candidates = labelled.length > 0 ? labelled : dates
  const days = new Set(candidates.map(({ raw }) => dayOf(raw, context)))
  const [first] = candidates
  if (first === undefined || days.size !== 1) return null
  const at = momentIn(first.raw, context)
  const dayOver = wholeDay + (told.hasZone ? zones : 0)
  return at !== null && told.at.getTime() - at.getTime() > dayOver ? first.raw : null
}

const isMarked = ({ node }: Block): boolean => node.attribs['datetime'] !== undefined
const isLabelled = ({ isPublication }: Shown): boolean => isPublication

/** A cheap sign, for this is asked of every page. */
const mayShowYear = (block: Block): boolean => year.test(textWithDate(block))

/** The text that may hold a day; of one for machines without the hours, which look like days. */
function textWithDate({ node, ownText }: Block): string {
  return (
    node.attribs['datetime']?.slice(0, 10) ?? (ownText > 0 && ownText <= longestLine ? ownTextOf(node) : '')
  )
}

/** Most pages show the day that they tell machines, and a text with its numbers need not be read any further. */
function likenessTo({ at, hasZone }: Told): (text: string) => boolean {
  const offsets = hasZone ? [-zones, 0, zones] : [0]
  const days = offsets.map((offset) => new Date(at.getTime() + offset).getUTCDate())
  const dayOfMonth = new RegExp(String.raw`(?<!\d)0?(?:${days.join('|')})(?!\d)`)
  const ofYear = String(at.getUTCFullYear())
  return (text) => text.includes(ofYear) && dayOfMonth.test(text)
}

/** Nothing else is said in the line or of it. */
function isOwnDay({ raw, line, labels }: Shown): boolean {
  if (ambiguous.test(raw) || labels.some((label) => otherDays.test(label))) return false
  const rest = line.replace(readingTime, '')
  return rest === '' || metaLineOf(rest) !== null
}

const momentIn = (raw: string, context: MomentContext): Date | null =>
  parseMoment(raw, context).at ?? findMoment(raw, context)?.at ?? null

function dayOf(raw: string, context: MomentContext): string | null {
  const at = momentIn(raw, context)
  return at === null ? null : localTime(at, raw, context.timezone).slice(0, 10)
}
