import type { Element } from 'domhandler'

const profileAddress =
  /\/users?\/(?!(?:login|logout|register|password|signin|signup|me)\b)[^/?#]|[?&]subaction=userinfo/i

/** True for a link to an account's page, such as DataLife Engine puts on a name (`ShowProfile` opens it in place). */
export function isProfileLink({ name, attribs }: Element): boolean {
  if (name !== 'a') return false
  return /\bShowProfile\s*\(/.test(attribs['onclick'] ?? '') || profileAddress.test(attribs['href'] ?? '')
}
