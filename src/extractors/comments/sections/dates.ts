import type { ChildNode, Element } from 'domhandler'
import { findMoment, type Moment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { isElement, isWords } from '../../elements.ts'
import { type Box, wordsOfElement } from './boxes.ts'
import { type Column, columnsOf } from './columns.ts'
import { namesOf } from './names.ts'
import { clockBeside } from './clock-beside.ts'

/** Where an entry says when it was written. */
export interface DatePart {
  readonly element: Element
  /** What shows it: the element, with that of the time where the day has one of its own, or a text. */
  readonly nodes: readonly ChildNode[]
  readonly moment: Moment
  readonly isStamp: boolean
  readonly place: number
}

const longestLine = 160
const dateName = /date|time|ago|posted|publi|created|when|meta|stamp|since/i
const otherDate =
  /edit|modif|updat|join|regist|member-?since|lastvisit|last-?seen|signature|quote|birth|bearbeitet|geändert|изменен|отредакт|signature/i
const otherDateWords =
  /^\W*(?:last\s+)?(?:edited|modified|updated|joined|join date|member since|registered|registriert|dabei seit|mitglied seit|beigetreten|zuletzt|bearbeitet|geändert|modifié|inscrit|editado|registrado|modificato|iscritto|зарегистр|регистрация|изменено|отредактировано|сообщение отредактировано|last seen|location|posts)/iu
const likeDate =
  /\d{1,2}[:.]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}|ago|назад|前|전$|vor |il y a|hace|há |fa$|temu|geleden|siden|sedan|önce|today|yesterday|heute|gestern|сегодня|вчера|hier|ayer|hoy|oggi|ieri|вчора|сьогодні|^\d{1,3}\s?\p{L}{1,3}$|\d{1,2}(?:st|nd|rd|th)?[ ,]|just now|moment/iu

/** The date of every entry of a section that has one, each by the best of the places where most have theirs. */
export function datesOf(boxes: readonly Box[], context: MomentContext): Map<Box, DatePart> {
  const columns = columnsOf(boxes, (element, box, place) => datePart(element, box, place, context))
  const ranked = columns
    .map((column) => ({ column, rank: rankOf(column, boxes.length) }))
    .toSorted((a, b) => b.rank - a.rank)
  const dates = new Map<Box, DatePart>()
  for (const { column } of ranked) {
    for (const [box, part] of column.parts) if (!dates.has(box)) dates.set(box, part)
  }
  for (const box of boxes) {
    const part = dates.has(box) ? null : looseDate(box, context)
    if (part !== null) dates.set(box, part)
  }
  return dates
}

const longestLoose = 60

/** The date in an entry's own words, beside the name and before a line break: `<b>Ida</b> (May 3, 2024):<br>`. */
function looseDate({ element, own }: Box, context: MomentContext): DatePart | null {
  let place = 0
  for (const node of element.children.slice(0, mostLoose)) {
    if (isElement(node)) {
      if (node.name === 'br') return null
      place = own.indexOf(node) + 1
      continue
    }
    const line = isWords(node) ? node.data.trim() : ''
    if (line.length > longestLoose || !likeDate.test(line)) continue
    const moment = momentIn(line, element, context)
    if (moment !== null && (moment.raw?.length ?? 0) * 2 > line.length)
      return { element, nodes: [node], moment, isStamp: false, place }
  }
  return null
}

const mostLoose = 8

function rankOf({ key, parts }: Column<DatePart>, total: number): number {
  let stamps = 0
  let exact = 0
  let places = 0
  for (const [box, part] of parts) {
    stamps += Number(part.isStamp)
    exact += Number(part.moment.precision === 'second' || part.moment.precision === 'minute')
    places += part.place / (box.own.length + 1)
  }
  const share = parts.size / total
  return (
    share * 4 + (stamps + exact) / parts.size + Number(dateName.test(key)) * 0.3 - (places / parts.size) * 1.5
  )
}

function datePart(element: Element, box: Box, place: number, context: MomentContext): DatePart | null {
  const size = box.sizes.get(element) ?? 0
  if (size > longestLine * 2 || isOtherDate(element, box) || isLabelled(element)) return null
  const stamp = stampOf(element, size, context)
  if (stamp !== null) return { isStamp: true, place, ...withClock(element, stamp, context) }
  const line = ownLine(element, size)
  if (line.length > longestLine || !likeDate.test(line) || otherDateWords.test(line)) return null
  const moment = momentIn(line, element, context)
  return moment === null ? null : { isStamp: false, place, ...withClock(element, moment, context) }
}

/** Day and time may stand in two elements. */
function withClock(
  element: Element,
  moment: Moment,
  context: MomentContext,
): Pick<DatePart, 'element' | 'nodes' | 'moment'> {
  const clock = moment.precision === 'day' ? clockBeside(element) : null
  const whole = clock === null ? null : parseMoment(`${moment.raw} ${clock.words}`, context)
  return clock === null || whole === null || whole.at === null || whole.precision === 'day'
    ? { element, nodes: [element], moment }
    : { element, nodes: [element, clock.element], moment: whole }
}

function isOtherDate(element: Element, box: Box): boolean {
  for (let outer: Element = element; outer !== box.element;) {
    if (outer.name === 'blockquote' || otherDate.test(ownNames(outer, box))) return true
    if (outer.parent === null || !isElement(outer.parent)) return false
    outer = outer.parent
  }
  return false
}

/** "Joined" and the date stand in a list of terms. */
function isLabelled({ name, prev }: Element): boolean {
  if (name !== 'dd' && name !== 'td') return false
  let before = prev
  while (before !== null && !isElement(before)) before = before.prev
  return before !== null && isElement(before) && otherDateWords.test(wordsOfElement(before, 60))
}

/** `js-comment-edit-hide` says what is hidden while one edits, `can-edit` what may be: no note of a change. */
function ownNames(element: Element, { element: whole, sizes }: Box): string {
  const names = namesOf(element)
  if (!/edit|quot/i.test(names)) return names
  const isMost = (sizes.get(element) ?? 0) * 2 > (sizes.get(whole) ?? 0)
  return names
    .replace(/(?<!\S)\S*(?:edit-hide|js-|quick-?edit|select-?to-?quote|quotable|multiquote)\S*/gi, '')
    .replace(isMost ? /(?<!\S)\S{1,40}-edit(?!\S)/gi : /(?<!\S)(?:can|may|is|allow)-edit(?!\S)/gi, '')
}

const stampAttributes = ['datetime', 'content', 'title', 'aria-label']

/** A time in an attribute: the machine's own, or the words of a tooltip. The first that tells more than the day. */
function stampOf(element: Element, size: number, context: MomentContext): Moment | null {
  const { attribs, name } = element
  if (name === 'img' || name === 'input') return null
  let coarse: Moment | null = null
  for (const attribute of [...stampAttributes, ...Object.keys(attribs).filter(isTooltip)]) {
    const value = attribs[attribute]
    if (value === undefined || !mayBeStamp(attribute, value, element, size, context)) continue
    const moment = parseMoment(value, context)
    if (moment.at === null) continue
    if (moment.precision !== 'day') return moment
    coarse ??= moment
  }
  return coarse
}

function mayBeStamp(
  attribute: string,
  value: string,
  { attribs }: Element,
  size: number,
  context: MomentContext,
): boolean {
  if (value.length > 60 || value.length < 6 || !/\d/.test(value)) return false
  if (attribute === 'datetime') return true
  if (attribute === 'content') return /date/i.test(attribs['itemprop'] ?? '')
  return size <= longestLine && mostlyDate(value, context)
}

/** Any library's own tooltip, or a time for its script. */
function isTooltip(attribute: string): boolean {
  return attribute.startsWith('data-') && /time|date|title|tip|content|stamp/.test(attribute)
}

function mostlyDate(text: string, context: MomentContext): boolean {
  if (/^\d{10}(?:\d{3})?$/.test(text)) return true
  const found = findMoment(text, context)
  return found !== null && found.at !== null && found.length >= text.trim().length * 0.6
}

/** The text of an element that has words of its own, and is not only around those that do. */
function ownLine(element: Element, size: number): string {
  if (
    element.name !== 'time' &&
    !element.children.some((child) => isWords(child) && /[\p{L}\p{N}]/u.test(child.data))
  ) {
    return ''
  }
  return size > longestLine ? '' : wordsOfElement(element, longestLine + 1)
}

function momentIn(line: string, element: Element, context: MomentContext): Moment | null {
  const short = /^\W*(?<age>\d{1,3}\s?\p{L}{1,3}\.?)\W*$/u.exec(line)?.groups?.['age']
  if (short !== undefined) {
    if (element.name !== 'time' && element.name !== 'a' && !dateName.test(namesOf(element))) return null
    const moment = parseMoment(short, context)
    return moment.at === null ? null : moment
  }
  const text = plainSigns(line)
  const found = findMoment(text, context)
  if (found === null || found.at === null) return null
  if (found.length < text.length * 0.25 && !dateName.test(namesOf(element))) return null
  const { at, precision, index, length } = found
  return { at, precision, raw: line.slice(index, index + length) }
}

/** Themes part date and time by signs: "19 June 2019 / 6:16", "9. April 2019 @ 17:54", "Feb 14, 2026 | 9:07 pm". */
export function plainSigns(text: string): string {
  return text.replace(/(?<=\s)(?:[/|·•](?=\s)|@(?=\s|\d))/g, ' ')
}
