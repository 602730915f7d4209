import { cleanLine } from './text.ts'

const longestName = 80

/** What stands before a name in a byline. "von" and "di" may also begin a family name: see `withoutByline`. */
const bylines =
  /^(?:(?:written|posted|reported|published|story|words|text|texte|text)\s+(?:by|von|par|av)|by|par|por|door|автор(?:ы|и)?(?:\s+(?:статьи|текста|материала))?|текст|авторка|authors?|autor(?:en|in|e|es|a)?|auteurs?|autori|author\s+name)\s*[:：–—-]?\s+/iu
const nobleBylines = /^(?:[Vv]on|[Dd]i|[Oo]d|[Aa][vf])\s+(?=\p{Lu}\S*\s+\S)/u
const bareByline = /^(?:by|text|texte|words|автор|текст|author|autor|auteur)\s*[:：]\s*/iu

const address = /[^\s@]{0,64}@[^\s@]{1,255}|(?:https?:\/\/|www\.)\S+/giu

/** Between names, whatever stands beside. */
const separators = /\s*[;|•·\n]\s*|\s+[–—]\s+|\s+-\s+/u

/** Between names in any case but "Marks and Spencer". */
const conjunctions = /\s+(?:and|und|&|en|och|og|oraz|и|та|і|ve|with|mit|avec)\s+/iu

/** Also part of names, as in "Ortega y Gasset". */
const nameParts = /\s+(?:y|e|et|i)\s+/iu

const nobody: ReadonlySet<string> = new Set(
  'admin administrator author anonymous unknown null undefined none n/a user webmaster root автор'.split(' '),
)

const roles =
  /^(?:(?:senior|chief|deputy|staff|political|foreign|news|sports?|business|science|technology|managing|executive|contributing|associate)\s+)*(?:editors?|reporters?|writers?|correspondents?|journalists?|columnists?|contributors?|producers?|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|redacteur|periodista|giornalista|корреспондент|журналист(?:ка)?|редактор|обозреватель)\b|(?:editor|reporter|correspondent|writer)$/iu

/**
 * The persons (or agencies) that a page names as authors, one each: bylines, e-mail and web addresses
 * and roles stripped, "A and B" parted, doubles dropped.
 */
export function cleanAuthors(raw: readonly string[]): string[] {
  const names = new Map<string, string>()
  for (const entry of raw) {
    for (const piece of withoutByline((cleanLine(entry) ?? '').replace(address, ' ')).split(separators)) {
      for (const name of namesIn(piece)) {
        const key = foldName(name)
        if (!names.has(key)) names.set(key, name)
      }
    }
  }
  return [...names.values()]
}

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

function withoutByline(line: string): string {
  const trimmed = line.trim()
  return trimmed.replace(bareByline, '').replace(bylines, '').replace(nobleBylines, '')
}

function namesIn(piece: string): string[] {
  const names = splitAt(
    conjunctions,
    splitCommas(piece),
    (left, right) => isFullName(left) || isFullName(right),
  )
    .flatMap((part) => splitAt(nameParts, [part], (left, right) => isFullName(left) && isFullName(right)))
    .map((part) => withoutByline(part).replace(/^[\s,.:()–—-]+|[\s,:()–—-]+$/gu, ''))
    .filter(isName)
  // "Guardian staff reporter" alone is all that the page tells; beside a name it is a role.
  const persons = names.filter((name) => !roles.test(name))
  return persons.length > 0 ? persons : names
}

/** "A. Lee, B. Stone" are two; "Lee, Ann" is one; of "Ann Lee, Berlin" the person stays. */
function splitCommas(piece: string): string[] {
  const parts = piece.split(/\s*,\s*/u).filter((part) => part !== '')
  if (parts.length < 2) return [piece]
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
    /\p{L}/u.test(name) && name.length > 1 && name.length <= longestName && !nobody.has(name.toLowerCase())
  )
}
