import type { Element } from 'domhandler'

const profileAddress =
  /\/users?\/(?!(?:log[_-]?(?:in|out)|register|password|sign[_-]?(?:in|up|out)|new|edit|me)\b)[^/?#]|[?&]subaction=userinfo/i

/** Folders that pages of authors lie in, in the languages of publishing systems. */
const authorAddress =
  /\/(?:authors?|autor(?:en|es|i|zy)?|auteurs?|autore|avtor[yi]?|contributors?|columnists?|writers?|reporters?|journalists?|journalistes?|producers?|profiles?|people|staff|team|redaktion|yazar(?:lar)?|by|bios?|penulis|experts?)\/[^/?#]/i

/** True for a link to an account's page, such as DataLife Engine puts on a name (`ShowProfile` opens it in place). */
export function isProfileLink({ name, attribs }: Element): boolean {
  if (name !== 'a') return false
  return /\bShowProfile\s*\(/.test(attribs['onclick'] ?? '') || profileAddress.test(attribs['href'] ?? '')
}

/** True for a link to the page of an author. */
export const isAuthorLink = ({ name, attribs }: Element): boolean =>
  name === 'a' && authorAddress.test(attribs['href'] ?? '')
