import { createHash } from 'node:crypto'

/** Parameters that name a campaign, click, visitor or session and never change the page. */
const trackingParameters: ReadonlySet<string> = new Set(
  `_ga _gac _gl _hsenc _hsmi _openstat at_campaign at_medium dclid epik fb_action_ids fb_action_types
  fb_ref fb_source fbclid gad_source gbraid gclid gclsrc igsh igshid jsessionid li_fat_id mc_cid mc_eid
  mkt_tok msclkid oly_anon_id oly_enc_id phpsessid piwik_campaign piwik_kwd ref_src ref_url rb_clickid
  s_cid srsltid sr_share ttclid twclid vero_conv vero_id wbraid wickedid yadclid yclid ymclid ysclid`.split(
    /\s+/,
  ),
)

const trackingPrefixes = ['utm_', 'mtm_', 'pk_', 'hsa_', '__hs', 'stm_']

/** A Java servlet container writes the session into the path when it has no cookie. */
const pathSession = /;jsessionid=[^/?#]*/gi

/**
 * The address under which a page is stored: WHATWG-normalised, http or https, without fragment,
 * credentials, default port, tracking parameters and session ids; other parameters keep their order.
 * Null for everything that is not such an address. Idempotent; never throws.
 */
export function canonicalUrl(raw: string, base?: string): string | null {
  const url = parseWebUrl(raw, base)
  if (url === null) return null
  url.hash = ''
  url.username = ''
  url.password = ''
  url.pathname = url.pathname.replace(pathSession, '')
  url.search = withoutTracking(url.search)
  return url.href
}

/** SHA-256 (hex) of an address, short enough for a unique index whatever the address is. */
export function urlHash(url: string): string {
  return createHash('sha256').update(url).digest('hex')
}

/** Whether two addresses are on the same host; a leading "www." and the port do not count. */
export function isSameHost(a: string, b: string): boolean {
  const first = parseWebUrl(a)
  const second = parseWebUrl(b)
  if (first === null || second === null) return false
  return bareHost(first) === bareHost(second)
}

/** Whether two addresses name the same page once both are canonical. */
export function isSamePage(a: string, b: string): boolean {
  const first = canonicalUrl(a)
  return first !== null && first === canonicalUrl(b)
}

function parseWebUrl(raw: string, base?: string): URL | null {
  if (!URL.canParse(raw, base)) return null
  const url = new URL(raw, base)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^www\./, '').replace(/\.$/, '')
}

/** Works on the raw query, because `URLSearchParams` would re-encode the parameters that stay. */
function withoutTracking(search: string): string {
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => !isTracking(parameter))
    .join('&')
  return kept === '' ? '' : `?${kept}`
}

function isTracking(parameter: string): boolean {
  const name = (parameter.split('=', 1)[0] ?? '').toLowerCase()
  return trackingParameters.has(name) || trackingPrefixes.some((prefix) => name.startsWith(prefix))
}
