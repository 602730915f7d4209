import type { AnswerValue } from '../extractors/article/fields/answers.ts'
import type { Comment } from '../extractors/comments/platform.ts'
import { buildTree } from '../extractors/comments/tree.ts'
import { type InspectedField, type Inspection, shownTime } from './inspection.ts'

const COLUMNS = 100
const FIELD = 13
const RULE = 13
const VALUE = COLUMNS - FIELD - RULE
const MOST_LINES = 3

/** The inspection for a person at a terminal: of each field the value and its rule, under it the runners-up. */
export function renderInspection(inspection: Inspection): string {
  const lines = [inspection.url, '']
  for (const [field, found] of Object.entries(inspection.fields)) lines.push(...fieldLines(field, found))
  const { parts } = inspection
  for (const { number, url } of parts?.further ?? []) lines.push(`  part ${number}: ${url}`)
  if (parts !== null && parts.wholeUrl !== null) lines.push(`  all parts: ${parts.wholeUrl}`)
  lines.push('', ...threadLines(inspection.thread))
  for (const warning of inspection.warnings) lines.push(`! ${warning}`)
  return `${lines.join('\n')}\n`
}

function fieldLines(field: string, { value, rule, runnersUp }: InspectedField): string[] {
  const shown = shownValue(field, value)
  const [first = '', ...more] = wrapped(shown)
  return [
    field.padEnd(FIELD) + rule.padEnd(RULE) + first,
    ...more.map((line) => ' '.repeat(FIELD + RULE) + line),
    ...runnersUp.map((other) => {
      const text = shownValue(field, other.value)
      const told = text === shown ? 'the same' : shorten(text, VALUE)
      return `${' '.repeat(FIELD)}· ${other.rule}`.padEnd(FIELD + RULE) + told
    }),
  ]
}

/** A value in one line, of a text its length too. */
export function shownValue(field: string, value: AnswerValue | null): string {
  if (value === null || value.toString() === '') return '—'
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? value.join(', ') : value
  return field === 'body'
    ? `${String(text).length} characters: ${oneLine(String(text))}`
    : oneLine(String(text))
}

/** Broken at spaces, and cut after a few lines. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > VALUE && lines.length < MOST_LINES - 1) {
    const space = rest.lastIndexOf(' ', VALUE)
    const end = space > VALUE / 2 ? space : VALUE
    lines.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return [...lines, shorten(rest, VALUE)]
}

function threadLines(thread: Inspection['thread']): string[] {
  if (thread === null) return []
  const reported = thread.reportedCount === null ? 'no number reported' : `${thread.reportedCount} reported`
  const lines = [
    `${'thread'.padEnd(FIELD)}${thread.platform} ${thread.nativeId}: ${thread.comments.length} on this page, ${reported}`,
  ]
  const tree = buildTree(thread.comments)
  const place = (comment: Comment) => tree.get(comment.nativeId)
  const ordered = thread.comments.toSorted(
    (one, other) => (place(one)?.position ?? 0) - (place(other)?.position ?? 0),
  )
  for (const comment of ordered) {
    const indent = '  '.repeat((place(comment)?.depth ?? 0) + 1)
    const when = shownTime(comment, thread.timezone) ?? comment.publishedRaw ?? 'no time'
    const facts = [comment.authorName ?? '(no name)', when, ...marksOf(comment)].join(' · ')
    lines.push(`${indent}#${comment.nativeId} ${facts}`)
    lines.push(
      `${indent}  ${shorten(comment.notice ?? comment.bodyText, Math.max(40, COLUMNS - 2 - indent.length))}`,
    )
  }
  for (const url of thread.next) lines.push(`  then ${url}`)
  return lines
}

/** What the platform says of a comment beside its words, as far as it says anything. */
function marksOf(comment: Comment): string[] {
  const { state, isEdited, editedAt, isPinned, isPicked, authorBadges, isPing, score } = comment
  return [
    ...authorBadges,
    ...(isPinned ? ['pinned'] : []),
    ...(isPicked ? ['picked'] : []),
    ...(isEdited ? [editedAt === null ? 'edited' : `edited ${editedAt.toISOString()}`] : []),
    ...(state === 'visible' ? [] : [state]),
    ...(isPing ? ['ping'] : []),
    ...(score === null ? [] : [`score ${score}`]),
  ]
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

function shorten(text: string, length: number): string {
  const line = oneLine(text)
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
