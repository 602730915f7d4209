import { Element } from 'domhandler'
import { findMoment, type Moment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { htmlToText } from '../../../normalise/html.ts'
import { cleanLine } from '../../../normalise/text.ts'
import type { Selector } from '../../selector.ts'
import { readBody } from '../body.ts'
import { commentOf } from '../comment.ts'
import { detach, lineOf } from '../nodes.ts'
import type { Comment } from '../platform.ts'
import { bodyOf } from '../sections/read-section.ts'
import { type Entry, entriesOf } from '../sections/section.ts'
import type { PrintedForm } from './form.ts'
import { markQuotes } from './quotes.ts'

export interface PrintedReading extends MomentContext {
  readonly pageUrl: string
}

/**
 * Where writer, date and words of each comment are by the look of all of them, for a theme that keeps none of the
 * engine's names for one of the three.
 */
export function unnamedParts(
  boxes: readonly Element[],
  form: PrintedForm,
  reading: PrintedReading,
): ReadonlyMap<Element, Entry> {
  const isNamed =
    boxes.some((box) => authorOf(box, form) !== null) &&
    boxes.some((box) => momentOf(box, form, reading) !== null) &&
    boxes.some((box) => firstOf(form.body, box) !== null)
  const entries = isNamed ? [] : entriesOf(boxes, boxes, reading)
  return new Map(entries.map((entry) => [entry.box.element, entry]))
}

/**
 * Reads one comment from its box, which must hold nothing of its replies. Changes the box.
 * @param entry where its parts are, when the engine's names for them are not there.
 */
export function readPrinted(
  place: Pick<Comment, 'nativeId' | 'parentNativeId'>,
  box: Element,
  form: PrintedForm,
  reading: PrintedReading,
  entry?: Entry,
): Comment {
  const isEdited = isThere(form.edited, box)
  const isRemoved = isThere(form.removed, box)
  const body = takeBody(box, form, entry)
  const moment = momentOf(box, form, reading) ?? entry?.date?.moment ?? null
  return commentOf({
    authorName: authorOf(box, form) ?? entry?.author?.name ?? null,
    ...publishedAt(moment),
    ...readBody(body, reading.pageUrl),
    likes: countIn(form.likes, box),
    score: countIn(form.score, box),
    state: isRemoved ? 'removed' : 'visible',
    isEdited,
    authorBadges: badgesOf(box, form),
    permalink: `${reading.pageUrl}#${form.anchor}${place.nativeId}`,
    ...place,
  })
}

function isThere(mark: Selector | undefined, box: Element): boolean {
  return mark !== undefined && mark.first(box) !== null
}

function publishedAt(
  moment: Moment | null,
): Pick<Comment, 'publishedAt' | 'publishedPrecision' | 'publishedRaw'> {
  return {
    publishedAt: moment?.at ?? null,
    publishedPrecision: moment?.precision ?? null,
    publishedRaw: moment?.raw ?? null,
  }
}

function takeBody(box: Element, form: PrintedForm, entry: Entry | undefined): Element {
  const body = firstOf(form.body, box) ?? (entry === undefined ? new Element('div', {}) : bodyOf(entry))
  detach([body])
  if (form.apart !== undefined) detach(form.apart.all(body))
  if (form.quotes !== undefined) markQuotes(body, form.quotes)
  return body
}

export function firstOf(selectors: readonly Selector[], box: Element): Element | null {
  for (const candidates of selectors) {
    const found = candidates.first(box)
    if (found !== null) return found
  }
  return null
}

type NameForm = Pick<PrintedForm, 'author' | 'authorOf' | 'nameEnding'>

export function authorOf(box: Element, form: NameForm): string | null {
  const name = shownName(box, form) ?? cleanLine(form.authorOf?.(box))
  return name === null || form.nameEnding === undefined ? name : cleanLine(name.replace(form.nameEnding, ''))
}

function shownName(box: Element, form: NameForm): string | null {
  for (const names of form.author) {
    for (const element of names.all(box)) {
      const line = (element.attribs['content'] ?? htmlToText(element))
        .split('\n')
        .find((words) => words.trim() !== '')
      const name = cleanLine(line?.replace(/(?<![\s,:|•·])[\s,:|•·]+$/u, ''))
      if (name !== null) return name
    }
  }
  return null
}

function momentOf(box: Element, form: PrintedForm, reading: MomentContext): Moment | null {
  const exact = parseMoment(form.timeOf?.(box), reading)
  return exact.at === null
    ? momentIn(form.times, box, reading)
    : { ...exact, raw: shownTime(box, form) ?? exact.raw }
}

export function momentIn(times: readonly Selector[], box: Element, reading: MomentContext): Moment | null {
  let unread: Moment | null = null
  for (const places of times) {
    for (const element of places.all(box)) {
      const moment = stampOf(element, reading) ?? wordsOf(element, reading)
      if (moment?.at != null) return moment
      unread ??= moment
    }
  }
  return unread
}

function shownTime(box: Element, form: PrintedForm): string | null {
  const shown = firstOf(form.times, box)
  return shown === null ? null : lineOf(shown)
}

function stampOf({ attribs }: Element, reading: MomentContext): Moment | null {
  const { datetime, content, title } = attribs
  for (const stamp of [datetime, content, title]) {
    const moment = stamp === undefined ? null : parseMoment(stamp, reading)
    if (moment !== null && moment.at !== null) return moment
  }
  return null
}

/** Engines part day and time by signs: "Feb 14, 2026 | 9:07 pm", "03-05-2024 – 07:02". A space takes the place of each. */
export const parting = /(?<=\s)[/|@»«•·—–-](?=\s)/g

function wordsOf(element: Element, reading: MomentContext): Moment | null {
  const words = lineOf(element)
  if (words === null) return null
  const found = findMoment(words.replace(parting, ' '), reading)
  return found === null ? null : { ...found, raw: words.slice(found.index, found.index + found.length) }
}

function badgesOf(box: Element, form: PrintedForm): string[] {
  const badges = form.badges?.all(box).map((badge) => lineOf(badge)) ?? []
  return [...new Set(badges.filter((badge) => badge !== null))]
}

/** "12", "1 234", "1,234"; of "12k" and "1.2" nobody knows the rest. */
const wholeNumber =
  /^\D{0,12}?(?<sign>-?)(?<digits>\d{1,3}(?:[ \u00A0\u202F.,'’]\d{3}){1,3}|\d{1,9})(?!\d|[.,]\d|[ \u00A0\u202F'’]\d{3}(?!\d)|\s?(?:[kmкм](?!\p{L})|тыс|tsd|mil(?!\p{L})|[万萬만천千亿億억]))/iu

function countIn(counters: Selector | undefined, box: Element): number | null {
  const counter = counters?.first(box) ?? null
  const words =
    counter === null ? '' : (counter.attribs['content'] ?? counter.attribs['title'] ?? lineOf(counter) ?? '')
  const { sign = '', digits } = wholeNumber.exec(words)?.groups ?? {}
  return digits === undefined ? null : Number(sign + digits.replace(/\D/g, ''))
}
