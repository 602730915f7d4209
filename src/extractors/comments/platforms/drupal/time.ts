import type { Element } from 'domhandler'
import { weekdayNamed } from '../../../../normalise/calendar-words.ts'
import { selector } from '../../../selector.ts'
import { lineOf } from '../../nodes.ts'

/** Where a comment's writer and time are told in words. */
export const submissions = selector(
  '.submitted, .comment__submitted, .comment-submitted, .comment-time, .comment__time, .comment-date, .comment-meta, .comment__meta, footer, header',
)

const stamps = selector(
  '[property~="dc:created"][content], [property~="schema:dateCreated"][content], time[datetime]',
)

/** The time of a comment as RDFa or `<time>` give it, else in Drupal's usual words, as ISO 8601 on the site's clock. */
export function timeOf(box: Element): string | null {
  const { attribs } = stamps.first(box) ?? {}
  if (attribs !== undefined) return attribs['content'] ?? attribs['datetime'] ?? null
  for (const submission of submissions.all(box)) {
    const time = usualTime(lineOf(submission) ?? '')
    if (time !== null) return time
  }
  return usualTime(lineOf(box) ?? '')
}

const usualWords =
  /(?<!\p{L})(?<weekday>\p{L}{2,12})[.,]{0,2}\s(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})\s-\s(?<clock>\d{1,2}:\d{2})(?!\d)/u

/**
 * Drupal writes "Wed, 12/03/2025 - 02:42" unless a site sets another form: month before day. The weekday tells
 * when a site has turned them round.
 */
function usualTime(line: string): string | null {
  const { weekday = '', first = '', second = '', year = '', clock = '' } = usualWords.exec(line)?.groups ?? {}
  if (year === '') return null
  const usual = `${year}-${first.padStart(2, '0')}-${second.padStart(2, '0')}`
  const turned = `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`
  const isTurned = Number(first) > 12 || (!fallsOn(weekday, usual) && fallsOn(weekday, turned))
  return `${isTurned ? turned : usual} ${clock}`
}

function fallsOn(weekday: string, date: string): boolean {
  const named = weekdayNamed(weekday)
  return named !== null && named % 7 === new Date(`${date}T00:00:00Z`).getUTCDay()
}
