import { lengthOfByline } from './byline.ts'
import { isHelp, writersIn } from './credits.ts'
import { findMoment } from './date.ts'
import { reportersIn, withoutReporter } from './reporters.ts'
import { isBesideName, isRole, withoutAffiliation } from './roles.ts'
import { cleanLine } from './text.ts'

const longestName = 80
const mostNameWords = 6

/** "von" and "di" may also begin a family name: "Von der Leyen" is one, "Von Max Muster" is two words of a byline. */
const nobleBylines = /^(?:[Vv]on|[Dd]i|[Oo]d|[Aa][vf])\s+/u

const address = /(?:(?<![^\s@])[^\s@]{1,64})?@[^\s@]{1,255}|(?:https?:\/\/|www\.)\S+/giu

/** Between names, whatever stands beside. */
const separators = /(?:(?<!\s)\s+)?[;|｜•·\n、，]\s*/u

/** Between names, or between a name and its place or newsroom. */
const dashes = /(?<!\s)\s+[–—-]\s+/u
const slashes = /\s?[/／]\s?/u

/** Between names in any case but "Marks and Spencer". */
const conjunctions = /(?<!\s)\s+(?:and|und|&|en|och|og|oraz|и|та|і|ve|with|mit|avec)\s+/iu

/** Also part of names, as in "Ortega y Gasset"; in Arabic and Hebrew "and" is written with the word after it. */
const nameParts =
  /(?<!\s)\s+(?:(?:y|e|et|i|a|ja|un|ir|dan|și|és|și|και|và|और|एवं|ও|এবং|و)\s+|و(?!ليد|ائل|سام|سيم|فاء|داد|لاء|جدي|حيد|رد|اصف|ضاح|ديع|فيق|هيب)(?=\p{sc=Arabic}{2})|ו(?=\p{sc=Hebrew}{2}))/iu

/** The initials that newsrooms sign with, and notes: "Ann Lee (al)", "Ann Lee (text)". */
const shorthand = /(?:(?<!\s)\s+)?[([（]\s*[\p{L}./ -]{0,16}\s*[)\]）]$/u

const readingTime =
  /(?:(?<!\s)\s+)?\d{1,3}\s?(?:-\s?\d{1,3}\s?)?min(?:ute)?s?\b\.?(?:\s+(?:read|de lecture|lesezeit|чтения))?/giu
const dateWords =
  /(?<![\s,(|•·–—-])[\s,(|•·–—-]*(?:(?:(?:last\s+)?(?:updated|modified|published|posted|veröffentlicht|aktualisiert|publié|publicado|pubblicato|publicerad|publisert|opublikowano|yayınlanma)(?:\s+(?:on|am|le|el|il))?|on|at|in|am|le|el|den|от|обновлено|опубликовано)\s*)?(?::\s*)?$/iu
const datedSince = new Date('2100-01-01T00:00:00Z')

const nobody: ReadonlySet<string> = new Set(
  `admin administrator author authors anonymous unknown null undefined none n/a user webmaster root автор guest-author
  by written-by editor the-author about-the-author staff-writer nan published updated posted veröffentlicht aktualisiert date datum`
    .split(/\s+/)
    .map((word) => word.replaceAll('-', ' ')),
)

/**
 * The persons (or agencies) that a page names as authors, one each: bylines, dates, e-mail and web addresses
 * and roles stripped, "A and B" parted, doubles dropped.
 */
export function cleanAuthors(raw: readonly string[]): string[] {
  const names = new Map<string, string>()
  for (const entry of raw) {
    const line = withoutDate(withoutAddress(cleanLine(entry) ?? ''))
    const found = writersIn(line)
      .flatMap((part) => reportersIn(withoutByline(part)))
      .flatMap((part) => part.split(separators))
      .flatMap(namesIn)
    // "Guardian staff reporter" alone is all that the page tells; beside a name it is a role.
    const persons = found.filter((name) => !isRole(name))
    for (const name of persons.length > 0 ? persons : found) {
      const key = foldName(name)
      if (!names.has(key)) names.set(key, name)
    }
  }
  return [...names.values()]
}

/**
 * True for what may be the name of a person as far as its letters tell: a few words, each with a capital or in a
 * script without them.
 */
export function isLikeName(name: string): boolean {
  const words = name.split(/\s+/)
  if (words.length > mostNameWords || name.length > 60 || /[\d:?!…"„“@#%]|[.,]$/.test(name)) return false
  return words.every((word) => /^[\p{Lu}\p{Lo}\p{Lt}('’]/u.test(word) || particles.test(word))
}

const particles =
  /^(?:de|da|do|dos|das|del|della|di|du|des|la|le|van|von|vom|zu|zur|der|den|ter|ten|bin|bint|ibn|al|el|y|e|und|and|af|av|d[’'].*|al-.*|el-.*|&)$/u

/**
 * Key of a comment's writer within a site family: "user:smirnoff" for an account, "name:ann lee" for a
 * name alone. Give it an account name or a displayed name, never an e-mail address or a hash of one.
 */
export function authorKey(kind: 'user' | 'name', value: string): string {
  return `${kind}:${foldName(value)}`
}

function foldName(name: string): string {
  return cleanLine(name.normalize('NFKC').toLowerCase())?.toLowerCase() ?? ''
}

/** Asks for cheap signs first: the search for addresses is slow on long lines. */
const withoutAddress = (line: string): string =>
  /@|:\/\/|www\./i.test(line) ? line.replace(address, ' ') : line

/** "Ann Lee on May 3, 2024" and "May 3, 2024 · Ann Lee" without the date, and without the time that reading takes. */
function withoutDate(line: string): string {
  if (!/\d/.test(line)) return line
  const timeless = line.replace(readingTime, ' ')
  const date = findMoment(timeless, { timezone: 'UTC', fetchedAt: datedSince })
  if (date?.at == null) return timeless
  const before = timeless.slice(0, date.index).replace(dateWords, '')
  return before.trim() === ''
    ? timeless.slice(date.index + date.length).replace(/^[\s,|•·:–—-]+/u, '')
    : before
}

function withoutByline(line: string): string {
  const trimmed = line.trim()
  const noble = /^von \p{Lu}/u.test(trimmed) ? null : nobleBylines.exec(trimmed)
  if (noble !== null && !/^(?=\p{Lu}\S*\s+\S|\p{Lu}+$)/u.test(trimmed.slice(noble[0].length))) return trimmed
  return trimmed.slice(lengthOfByline(trimmed))
}

function namesIn(piece: string): string[] {
  return splitAt(conjunctions, splitBeside(piece).flatMap(splitCommas), isPairOfNames)
    .flatMap((part) => splitAt(nameParts, [part], (left, right) => isFullName(left) && isFullName(right)))
    .filter((part) => !isHelp(/[([（]([^()[\]（）]{3,30})[)\]）]$/u.exec(part.trim())?.[1]?.trim() ?? ''))
    .map((part) => bareName(withoutByline(part)))
    .filter(isName)
}

const bareName = (part: string): string =>
  withoutAffiliation(
    withoutReporter(part.replace(shorthand, ''))
      .replace(/^[\s,.:()（）–—-]+|[\s,:(（–—-]+$/gu, '')
      .replace(/^([^([（]+)[)\]）]$/u, '$1'),
  )

/** Of "Ann Lee - Berlin" and "Ann Lee/dpa" the person stays, "Ann Lee/Bob Stone" are two. */
function splitBeside(piece: string): string[] {
  const parts = piece.split(dashes).flatMap((part) => {
    const [first = '', ...others] = part.split(slashes)
    const isList = others.some(isRole) || [first, ...others].some(mayBePerson)
    return isList && !/\d/u.test(part) ? [first, ...others] : [part]
  })
  const full = parts.filter(mayBePerson)
  const persons = full.filter((part) => !isBesideName(part))
  return [persons, full, parts].find((some) => some.length > 0) ?? parts
}

const mayBePerson = (part: string): boolean => isFullName(part) && isLikeName(part.trim())

/** "Center for Drug Evaluation and Research" is one. */
function isPairOfNames(left: string, right: string): boolean {
  const counts = [left, right].map((name) => name.trim().split(/\s+/).length)
  return Math.max(...counts) > 1 && (Math.min(...counts) > 1 || Math.max(...counts) <= 3)
}

/** "A. Lee, B. Stone" are two; "Lee, Ann" is one; of "Ann Lee, Berlin" and "Ann Lee, CEO, Big Bank" the person stays. */
function splitCommas(piece: string): string[] {
  const all = piece
    .replace(generation, ' ')
    .split(/(?:(?<!\s)\s+)?[,،]\s*/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(leadingConjunction, ''))
  const role = all.findIndex((part, index) => index > 0 && isRole(part))
  const told = role > 0 && all.length <= role + 2 ? all.slice(0, role) : all
  const parts = isFullName(told[0] ?? '')
    ? told.filter((part, index) => index === 0 || !isBesideName(part))
    : told
  if (parts.length < 2) return parts.length === 0 ? [piece] : parts
  const full = parts.filter((part) => isFullName(part) || conjunctions.test(part))
  if (full.length > 0) return full
  const isAgencies = parts.some((part) => part === part.toUpperCase() || part === part.toLowerCase())
  return isAgencies || parts.length > 2 ? parts : [piece]
}

/** "King, Jr." is one name. */
const generation = /,\s?(?=(?:[JS]r\.?|I{2,3}|IV)(?:$|[,;]|\s(?:and|und|y|et|e)\s))/gu
const leadingConjunction = /^(?:and|und|et|y|e|och|og|en|i|и|та|ve|&)\s+(?=[\p{Lu}\p{Lo}])/u

function splitAt(
  separator: RegExp,
  pieces: readonly string[],
  mayPart: (left: string, right: string) => boolean,
): string[] {
  return pieces.flatMap((piece) => {
    const parts = piece.split(separator)
    const isList = parts.every((part, index) => index === 0 || mayPart(parts[index - 1] ?? '', part))
    return isList ? parts : [piece]
  })
}

function isFullName(text: string): boolean {
  return /\S\s+\S/u.test(text.trim())
}

function isName(name: string): boolean {
  return (
    /\p{L}/u.test(name) &&
    name.length > 1 &&
    name.length <= longestName &&
    !(/\d/.test(name) && name.split(' ').length > 3) &&
    !nobody.has(name.toLowerCase())
  )
}
