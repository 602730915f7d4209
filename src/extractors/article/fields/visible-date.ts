import { lengthOfByline } from '../../../normalise/byline.ts'
import { findMoment, type MomentContext } from '../../../normalise/date.ts'
import { ownTextOf } from '../element-text.ts'
import { lineTextOf } from '../line-text.ts'
import type { Block } from '../page-outline.ts'
import {
  labelBefore,
  longestLine,
  publishedWords,
  type Shown,
  shownDates,
  updatedWords,
} from './shown-date.ts'
import { nearHeadline, type Surroundings } from './surroundings.ts'

/** Class and id words of dates. */
const dateNames =
  /(?:^|[\s_-])(?:dates?|dateline|datetime|time|timestamp|published|publish-?date|pub-?date|posted(?:-on)?|post-?date|entry-?date|created)(?:$|[\s_-])/
const firstPublishedWords =
  /\b(?:(?:first|originally) (?:published|posted|appeared)(?: on)?|(?:zuerst|ursprünglich) (?:veröffentlicht|erschienen)(?: am)?|publié (?:initialement|pour la première fois)(?: le)?|publicad[oa] (?:originalmente|por primera vez)(?: el)?|впервые опубликован[оа]?)\s/iu
const longestNote = 300
const mostFar = 60
const addressDay = /\/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)/

/**
 * The date of publication that a reader sees: by the headline before all, marked up or in a short line; then the
 * day in the address; then elements and labelled lines anywhere. What says it is of an update comes last.
 */
export function visiblePublished(page: Surroundings, pageUrl: string, context: MomentContext): string | null {
  const near = nearHeadline(page)
  return (
    firstPublished(page.around, context) ??
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
  if (!/\d/.test(line)) return false
  const before = labelBefore(node)
  return (
    [line, before].some((some) => publishedWords.test(some) || updatedWords.test(some)) ||
    lengthOfByline(before) > 0
  )
}

/** What a note says of a text that was changed or moved later: "This article was originally published on 26 May 2019". */
function firstPublished(blocks: readonly Block[], context: MomentContext): string | null {
  for (const { node, ownText } of blocks) {
    const text = ownText === 0 || ownText > longestNote ? '' : ownTextOf(node)
    const words = text === '' ? null : firstPublishedWords.exec(text)
    if (words === null) continue
    const rest = text.slice(words.index + words[0].length).trimStart()
    const found = findMoment(rest, context)
    if (found?.at != null && found.index === 0) return rest.slice(found.index, found.index + found.length)
  }
  return null
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

/** Newsrooms put the day into addresses: `/2024/05/03/ferry`. */
function dayInAddress(pageUrl: string): string | null {
  const parts = addressDay.exec(new URL(pageUrl).pathname)
  if (parts === null) return null
  const [, year = '', month = '', day = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
