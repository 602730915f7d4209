import { Element } from 'domhandler'
import { findMoment, type Moment, type MomentContext, parseMoment } from '../../../normalise/date.ts'
import { htmlToText } from '../../../normalise/html.ts'
import { cleanLine } from '../../../normalise/text.ts'
import type { Selector } from '../../selector.ts'
import { readBody } from '../body.ts'
import { commentOf } from '../comment.ts'
import { detach, lineOf } from '../nodes.ts'
import type { Comment } from '../platform.ts'
import type { PrintedForm } from './form.ts'
import { markQuotes } from './quotes.ts'

export interface PrintedReading extends MomentContext {
  readonly pageUrl: string
}

/** Reads one comment from its box, which must hold nothing of its replies. Changes the box. */
export function readPrinted(
  place: Pick<Comment, 'nativeId' | 'parentNativeId'>,
  box: Element,
  form: PrintedForm,
  reading: PrintedReading,
): Comment {
  const isEdited = form.edited?.first(box) !== null && form.edited !== undefined
  const isRemoved = form.removed?.first(box) !== null && form.removed !== undefined
  const body = takeBody(box, form)
  const moment = momentOf(box, form, reading)
  return commentOf({
    ...place,
    authorName: authorOf(box, form),
    publishedAt: moment?.at ?? null,
    publishedPrecision: moment?.precision ?? null,
    publishedRaw: moment?.raw ?? null,
    ...readBody(body, reading.pageUrl),
    likes: countIn(form.likes, box),
    score: countIn(form.score, box),
    state: isRemoved ? 'removed' : 'visible',
    isEdited,
    authorBadges: badgesOf(box, form),
    permalink: `${reading.pageUrl}#${form.anchor}${place.nativeId}`,
  })
}

function takeBody(box: Element, form: PrintedForm): Element {
  const body = firstOf(form.body, box) ?? new Element('div', {})
  detach([body])
  if (form.apart !== undefined) detach(form.apart.all(body))
  if (form.quotes !== undefined) markQuotes(body, form.quotes)
  return body
}

function firstOf(selectors: readonly Selector[], box: Element): Element | null {
  for (const candidates of selectors) {
    const found = candidates.first(box)
    if (found !== null) return found
  }
  return null
}

function authorOf(box: Element, form: PrintedForm): string | null {
  const name = shownName(box, form) ?? cleanLine(form.authorOf?.(box))
  return name === null || form.nameEnding === undefined ? name : cleanLine(name.replace(form.nameEnding, ''))
}

function shownName(box: Element, form: PrintedForm): string | null {
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

function momentOf(box: Element, form: PrintedForm, reading: PrintedReading): Moment | null {
  const exact = parseMoment(form.timeOf?.(box), reading)
  return exact.at === null
    ? momentIn(form.times, box, reading)
    : { ...exact, raw: shownTime(box, form) ?? exact.raw }
}

function momentIn(times: readonly Selector[], box: Element, reading: PrintedReading): Moment | null {
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

function stampOf({ attribs }: Element, reading: PrintedReading): Moment | null {
  const { datetime, content, title } = attribs
  for (const stamp of [datetime, content, title]) {
    const moment = stamp === undefined ? null : parseMoment(stamp, reading)
    if (moment !== null && moment.at !== null) return moment
  }
  return null
}

/** Engines part day and time by signs: "Feb 14, 2026 | 9:07 pm", "03-05-2024 – 07:02". A space takes the place of each. */
const parting = /(?<=\s)[/|@»«•·—–-](?=\s)/g

function wordsOf(element: Element, reading: PrintedReading): Moment | null {
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
