import { type Element, isTag } from 'domhandler'
import { findMoment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { lengthOfByline } from '../../../normalise/byline.ts'
import { lineTextOf } from '../line-text.ts'
import { metaLineOf } from '../meta-line.ts'
import type { Block } from '../page-outline.ts'
import { isInTeaser, type Surroundings } from './surroundings.ts'

/** Words of clocks that show the day of the visit. */
const clockNames = /(?:^|[\s_-])(?:todays?|current|now|clock|weather|calendar|copyright)(?:$|[\s_-])/
export const publishedWords =
  /publish|posted|created|released|first aired|veröffentlicht|erschienen|erstellt|publi(?:é|ée|cado|cada|cerad|sert)|pubblicat|publicerad|publicat|julkaistu|udgivet|opublikowan|gepubliceerd|yayın|опубликован|размещен|дата публикации|оприлюднен|diterbitkan|ngày đăng|نشر|प्रकाशित|发布|發布|发表|公開日|掲載|配信|등록|입력|^datum|^date\b|^дата|^stand\b/iu
export const updatedWords =
  /updat|modif|revis|edited|reviewed|aktualisiert|actualis|mis à jour|maj\b|actualizad|atualizad|aggiornat|uppdaterad|oppdatert|opdateret|päivitetty|zaktualizowan|bijgewerkt|güncel|обновлен|изменен|оновлен|diperbarui|cập nhật|تحديث|अपडेट|更新|修正|수정/iu

export const longestLine = 120
/** Words beside a date that still leave the line a date's, in UTF-16 units. */
const mostBeside = 45
/** Characters of a label, and nodes in its element. */
const longestLabel = 60
const mostInLabel = 6
const readingTime =
  /^\D{0,20}\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?min\w{0,5}\.?(?:\s+(?:read|de lecture|lesezeit|чтения))?\.?$/i

/** A date on the page, as its element or line has it. */
export interface Shown {
  readonly raw: string
  /** What a reader sees of it. */
  readonly line: string
  /** What it is called: words before it in its line, of the element before, of its class and id. */
  readonly labels: readonly string[]
  readonly isPublication: boolean
  readonly isUpdate: boolean
}

/** Those of the blocks that show a date, of this article rather than of another. */
export function shownDates(blocks: readonly Block[], page: Surroundings, context: MomentContext): Shown[] {
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
  if (!isDate(raw, context)) return null
  const before = labelBefore(node)
  // A box that says "Published" is this article's, though it stands at the side.
  if (!publishedWords.test(before) && isInTeaser(block, page)) return null
  const labels = [lineAround(block, page), before, names]
  const words = [line, ...labels]
  return {
    raw,
    line,
    labels,
    isPublication: words.some((some) => publishedWords.test(some)) || lengthOfByline(before) > 0,
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

/** What stands before in an element of its own: `<dt>Published</dt><dd>3 May 2024</dd>`, or the author. */
export function labelBefore(node: Element): string {
  let before = node.prev
  while (before !== null && !isTag(before)) before = before.prev
  const text = before === null || hasMuch(before) ? '' : lineTextOf(before)
  return text.length > longestLabel || /\p{Nd}/u.test(text) ? '' : text
}

const hasMuch = ({ children }: Element): boolean => children.length > mostInLabel
