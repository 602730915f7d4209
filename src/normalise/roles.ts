const adjectives =
  'senior|sr\\.?|chief|deputy|staff|political|foreign|news|sports?|business|science|technology|managing|executive|contributing|associate|assistant|guest|vice|co-|special|diplomatic|economics?|health|environment|education|crime|royal'
const nouns = 'editors?|reporters?|writers?|correspondents?|journalists?|columnists?|contributors?'

const roles = new RegExp(
  `^(?:(?:${adjectives})[\\s-]*)*(?:${nouns}|producers?|directors?|managers?|officers?|presidents?|founders?|ceo|cto|cmo|cfo|coo|head\\s+of|professor|lecturer|analyst|specialist|strategist|consultant|attorney|lawyer|redakteur(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|journaliste?|redacteur|periodista|giornalista|корреспондент|журналист(?:ка)?|редактор|обозреватель|(?:news\\s+)?agencies|agenturen|agences|agencias|agências|agenzie|агентства|special\\s+to)(?![\\p{L}])|(?:editor|reporter|correspondent|writer|journalist|columnist|contributor|संवाददाता)$`,
  'iu',
)

/** True for what says what somebody is: "Senior Editor", "agencies". */
export const isRole = (name: string): boolean => roles.test(name)

/** What stands behind a person's name: "New Delhi" is a place by its first word, "BBC News" a newsroom by its last. */
const place =
  /^(?:in|à|aus|en|из|new|north|south|east|west|central|san|santa|santo|saint|st\.?|los|las|fort|port|mount|hong|kuala|buenos|rio|são|abu|tel|addis|phnom|hà|hồ|đà|thành|नई|нижний|великий)\s/iu
const newsroom =
  /^the\s|(?<!\p{L})(?:news|press|media|agency|network|newsroom|times|journal|herald|tribune|gazette|magazine|radio|television|tv|university|institute|inc\.?|llc|ltd\.?|gmbh)$/iu
const particle = /^(?:de|da|do|dos|del|della|di|du|des|van|von|vom|zu|zur|der|den|ter|ten|bin|ibn|al|el)\s/u

/** True for a part of a line after a person's name that is no other person: a place, a newsroom, "with help". */
export const isBesideName = (part: string): boolean =>
  place.test(part) || newsroom.test(part) || (/^\p{Ll}/u.test(part) && !particle.test(part))

const organisation =
  /(?<!\p{L})(?:society|committee|cent(?:er|re)|council|institute|association|foundation|department|campaign|office|alliance|coalition|union|group|initiative|fund|project|partnership|league|board|agency|commission|ministry|school|college|university|team|staff|citizens|physicians|reporters|friends|women|mothers|students)(?!\p{L})/iu
const affiliation =
  /^(?<name>\p{Lu}\S{0,40}(?:\s\S{1,40}){1,3}?)\s(?:[Ss]pecial\s(?:to|for)|for|in|at|aus|à|из|desde)\s(?:the\s)?[\p{Lu}«"“]/u
const trailingRole = new RegExp(`\\s(?:(?:${adjectives})[\\s-]){1,3}(?:${nouns})$`, 'iu')
const degrees = /(?:,?\s(?:M\.?D|Ph\.?\s?D)\.?){1,3}$/u

/** "Ann Lee for The Guardian", "Ann Lee in Berlin", "Ann Lee Political Correspondent", "Ann Lee PhD": the name alone. */
export function withoutAffiliation(name: string): string {
  const person = organisation.test(name) ? undefined : affiliation.exec(name)?.groups?.['name']
  const bare = person ?? name
  for (const pattern of [trailingRole, degrees]) {
    const rest = bare.replace(pattern, '')
    if (rest !== bare && /\S\s+\S/u.test(rest)) return rest
  }
  return bare
}
