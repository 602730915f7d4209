import { lengthOfByline } from './byline.ts'
import { findMoment } from './date.ts'
import { cleanLine } from './text.ts'

const longestName = 80
const mostNameWords = 6

/** "von" and "di" may also begin a family name: "Von der Leyen" is one, "Von Max Muster" is two words of a byline. */
const nobleBylines = /^(?:[Vv]on|[Dd]i|[Oo]d|[Aa][vf])\s+/u

const address = /(?:(?<![^\s@])[^\s@]{1,64})?@[^\s@]{1,255}|(?:https?:\/\/|www\.)\S+/giu

/** Between names, whatever stands beside. */
const separators = /(?:(?<!\s)\s+)?[;|•·\n、，]\s*|(?<!\s)\s+[–—-]\s+/u

/** Between names in any case but "Marks and Spencer". */
const conjunctions = /(?<!\s)\s+(?:and|und|&|en|och|og|oraz|и|та|і|ve|with|mit|avec)\s+/iu

/** Also part of names, as in "Ortega y Gasset". */
const nameParts = /(?<!\s)\s+(?:y|e|et|i)\s+|\s?\/\s?/iu

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

const roles =
  /^(?:(?:senior|sr\.?|chief|deputy|staff|political|foreign|news|sports?|business|science|technology|managing|executive|contributing|associate|assistant|guest|vice|co-)[\s-]*)*(?:editors?|reporters?|writers?|correspondents?|journalists?|columnists?|contributors?|producers?|directors?|managers?|officers?|presidents?|founders?|ceo|cto|cmo|cfo|coo|head\s+of|professor|lecturer|analyst|specialist|strategist|consultant|attorney|lawyer|redakteur(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|journaliste?|redacteur|periodista|giornalista|корреспондент|журналист(?:ка)?|редактор|обозреватель)(?![\p{L}])|(?:editor|reporter|correspondent|writer|journalist|columnist|contributor)$/iu

/** Who only helped: "edited by Ann Lee". */
const helpers =
  /^(?:(?:updated|edited|reviewed|medically reviewed|fact[ -]checked|translated|photo(?:graph)?s?|photography|illustrations?|video|graphics?)\s+by|foto(?:s|grafie)?\s*[:：]|фото\s*[:：])/iu

/**
 * The persons (or agencies) that a page names as authors, one each: bylines, dates, e-mail and web addresses
 * and roles stripped, "A and B" parted, doubles dropped.
 */
export function cleanAuthors(raw: readonly string[]): string[] {
  const names = new Map<string, string>()
  for (const entry of raw) {
    const line = withoutDate(withoutAddress(cleanLine(entry) ?? ''))
    const found = withoutByline(line).split(separators).flatMap(namesIn)
    // "Guardian staff reporter" alone is all that the page tells; beside a name it is a role.
    const persons = found.filter((name) => !roles.test(name))
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
  return splitAt(conjunctions, splitCommas(piece), isPairOfNames)
    .flatMap((part) => splitAt(nameParts, [part], (left, right) => isFullName(left) && isFullName(right)))
    .filter((part) => !helpers.test(part))
    .map((part) =>
      withoutByline(part)
        .replace(shorthand, '')
        .replace(/^[\s,.:()（）–—-]+|[\s,:(（–—-]+$/gu, '')
        .replace(/^([^([（]+)[)\]）]$/u, '$1'),
    )
    .filter(isName)
}

/** "Center for Drug Evaluation and Research" is one. */
function isPairOfNames(left: string, right: string): boolean {
  const counts = [left, right].map((name) => name.trim().split(/\s+/).length)
  return Math.max(...counts) > 1 && (Math.min(...counts) > 1 || Math.max(...counts) <= 3)
}

/** "A. Lee, B. Stone" are two; "Lee, Ann" is one; of "Ann Lee, Berlin" and "Ann Lee, CEO, Big Bank" the person stays. */
function splitCommas(piece: string): string[] {
  const all = piece.split(/(?:(?<!\s)\s+)?,\s*/u).filter((part) => part !== '')
  const role = all.findIndex((part, index) => index > 0 && roles.test(part))
  const parts = role > 0 && all.length <= role + 2 ? all.slice(0, role) : all
  if (parts.length < 2) return parts.length === 0 ? [piece] : parts
  const full = parts.filter((part) => isFullName(part) || conjunctions.test(part))
  if (full.length > 0) return full
  const isAgencies = parts.some((part) => part === part.toUpperCase() || part === part.toLowerCase())
  return isAgencies || parts.length > 2 ? parts : [piece]
}

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
