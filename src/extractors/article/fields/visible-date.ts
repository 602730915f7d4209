import { findMoment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { lineTextOf } from '../line-text.ts'
import { metaLineOf } from '../meta-line.ts'
import type { Block } from '../page-outline.ts'
import { isInTeaser, nearHeadline, type Surroundings } from './surroundings.ts'

/** Class and id words of dates. */
const dateNames =
  /(?:^|[\s_-])(?:dates?|dateline|datetime|time|timestamp|published|publish-?date|pub-?date|posted(?:-on)?|post-?date|entry-?date|created)(?:$|[\s_-])/
/** Words of clocks that show the day of the visit. */
const clockNames = /(?:^|[\s_-])(?:todays?|current|now|clock|weather|calendar|copyright)(?:$|[\s_-])/
const publishedWords =
  /publish|posted|created|released|first aired|veröffentlicht|erschienen|erstellt|publi(?:é|ée|cado|cada|cerad|sert)|pubblicat|publicerad|publicat|julkaistu|udgivet|opublikowan|gepubliceerd|yayın|опубликован|размещен|дата публикации|оприлюднен|diterbitkan|ngày đăng|نشر|प्रकाशित|发布|發布|发表|公開日|掲載|配信|등록|입력|^datum|^date\b|^дата|^stand\b/iu
const updatedWords =
  /updat|modif|revis|edited|reviewed|aktualisiert|actualis|mis à jour|maj\b|actualizad|atualizad|aggiornat|uppdaterad|oppdatert|opdateret|päivitetty|zaktualizowan|bijgewerkt|güncel|обновлен|изменен|оновлен|diperbarui|cập nhật|تحديث|अपडेट|更新|修正|수정/iu

const longestLine = 120
/** Words beside a date that still leave the line a date's, in UTF-16 units. */
const mostBeside = 45
const mostFar = 60
const readingTime =
  /^\D{0,20}\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?min\w{0,5}\.?(?:\s+(?:read|de lecture|lesezeit|чтения))?\.?$/i
const addressDay = /\/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)/

/** A date on the page, as its element or line has it. */
interface Shown {
  readonly raw: string
  readonly isPublication: boolean
  readonly isUpdate: boolean
}

/**
 * The date of publication that a reader sees: by the headline before all, marked up or in a short line; then the
 * day in the address; then elements and labelled lines anywhere. What says it is of an update comes last.
 */
export function visiblePublished(page: Surroundings, pageUrl: string, context: MomentContext): string | null {
  const near = nearHeadline(page)
  return (
    best(shownDates(near.filter(isMarked), page, context)) ??
    best(shownDates(near, page, context)) ??
    dayInAddress(pageUrl) ??
    best(shownDates(page.around.filter(isMarked).slice(0, mostFar), page, context)) ??
    best(labelled(shownDates(page.around.filter(isLabelled), page, context))) ??
    only(shownDates(page.around.filter(isNamed).slice(0, mostFar), page, context))
  )
}

/** The time of the last change that is marked up so. */
export function visibleModified({ around }: Surroundings): string | null {
  const marked = around.find(
    ({ node, names }) =>
      node.attribs['datetime'] !== undefined && updatedWords.test(names) && !/publish/.test(names),
  )
  return marked?.node.attribs['datetime'] ?? null
}

const isMarked = ({ node }: Block): boolean => node.name === 'time' || node.attribs['datetime'] !== undefined
const isNamed = ({ names }: Block): boolean => names !== '' && dateNames.test(names)

function isLabelled({ node, ownText, flowText }: Block): boolean {
  if (ownText === 0 || ownText > longestLine || flowText > longestLine) return false
  const line = lineTextOf(node)
  return /\d/.test(line) && (publishedWords.test(line) || updatedWords.test(line))
}

/** The first that says it is of the publication, else the first that says nothing, else the first. */
function best(dates: readonly Shown[]): string | null {
  const first =
    dates.find(({ isPublication, isUpdate }) => isPublication && !isUpdate) ??
    dates.find(({ isUpdate }) => !isUpdate) ??
    dates[0]
  return first?.raw ?? null
}

const labelled = (dates: readonly Shown[]): Shown[] =>
  dates.filter(({ isPublication, isUpdate }) => isPublication || isUpdate)

/** Several dates far from the headline are those of other articles. */
function only(dates: readonly Shown[]): string | null {
  const [first] = dates
  return first !== undefined && dates.every(({ raw }) => raw === first.raw) ? first.raw : null
}

function shownDates(blocks: readonly Block[], page: Surroundings, context: MomentContext): Shown[] {
  return blocks.flatMap((block) => {
    const shown = shownDate(block, page, context)
    return shown === null ? [] : [shown]
  })
}

function shownDate(block: Block, page: Surroundings, context: MomentContext): Shown | null {
  const { node, names } = block
  const datetime = node.attribs['datetime']
  if (datetime === undefined && !isShortLine(block)) return null
  const line = lineTextOf(node)
  const raw = datetime ?? line
  if (raw.length > longestLine || !/\p{Nd}/u.test(raw) || clockNames.test(names)) return null
  if (!isDate(raw, context) || isInTeaser(block, page)) return null
  const words = [line, lineAround(block, page), names]
  return {
    raw,
    isPublication: words.some((some) => publishedWords.test(some)),
    isUpdate: words.some((some) => updatedWords.test(some)),
  }
}

const isShortLine = ({ ownText, flowText }: Block): boolean =>
  ownText > 0 && ownText <= longestLine && flowText <= 2 * longestLine

/** Whether a date is what the line is for: no sentence that has one in it, and no copyright. */
function isDate(raw: string, context: MomentContext): boolean {
  if (/©|copyright/i.test(raw) || readingTime.test(raw)) return false
  const found = findMoment(raw, context)
  if (found?.at == null) return parseMoment(raw, context).at !== null
  return raw.length - found.length <= mostBeside || metaLineOf(raw) !== null
}

/** What stands before an element in its short line: "Updated on" + a date. */
function lineAround({ node, flow }: Block, { blocks }: Surroundings): string {
  const line = blocks[flow]
  if (line === undefined || line.node === node || line.flowText > longestLine || line.flowBlocks > 0)
    return ''
  const text = lineTextOf(line.node)
  const start = text.indexOf(lineTextOf(node))
  return start <= 0 ? '' : text.slice(Math.max(0, start - 30), start)
}

/** Newsrooms put the day into addresses: `/2024/05/03/ferry`. */
function dayInAddress(pageUrl: string): string | null {
  const parts = addressDay.exec(new URL(pageUrl).pathname)
  if (parts === null) return null
  const [, year = '', month = '', day = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
