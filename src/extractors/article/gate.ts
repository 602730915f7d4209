import type { Document, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'
import type { Page } from '../page.ts'

/**
 * What a site shows in place of a page: a form to log in, a riddle, a request for consent, or a challenge by which a
 * guard before the whole host would tell programs from people.
 */
export type Gate = 'login' | 'captcha' | 'consent' | 'challenge'

/** What guards call what they put before a host, as their documentation and their pages have it. */
const challenge = new RegExp(
  [
    '_cf_chl_opt', // Cloudflare
    '/\\.well-known/ddos-guard/',
    '_Incapsula_Resource', // Imperva
    'captcha-delivery\\.com', // DataDome
    'px-captcha', // HUMAN
    '\\.awswaf\\.com/', // Amazon
    'sucuri_cloudproxy_js',
    '/__qrator/',
    'anubis_challenge',
  ].join('|'),
)

const marks: readonly (readonly [Gate, RegExp])[] = [
  ['challenge', challenge],
  ['captcha', /\b(?:g-recaptcha|h-captcha|cf-turnstile|smart-captcha|showcaptcha|checkcaptcha)\b/i],
  ['login', /\btype\s?=\s?["']?password\b/i],
]

/** Hosts that networks of sites send their readers to. */
const consentHost = /^(?:consent|guce|myprivacy)\./

/** A page with a story says more; forms under its comments ask for a login or a riddle too. */
const mostLetters = 1000

/** What stands before a site, where a page says so and little else. @param html as it came. */
export function findGate({ url, document }: Pick<Page, 'url' | 'document'>, html: string): Gate | null {
  if (consentHost.test(new URL(url).hostname)) return 'consent'
  if (!saysFewWords(document, mostLetters)) return null
  return marks.find(([, mark]) => mark.test(html))?.[0] ?? null
}

/** Elements of which no reader sees the words, with scripts or without. */
const unseen: ReadonlySet<string> = new Set(['head', 'script', 'style', 'template', 'svg'])

/** Whether a page shows fewer letters than these, those for readers without scripts among them. */
function saysFewWords(document: Document, most: number): boolean {
  let seen = 0
  const waiting: (Document | Element)[] = [document]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const child of node.children) {
      if (isWords(child)) seen += child.data.trim().length
      else if (isElement(child) && !unseen.has(child.name)) waiting.push(child)
    }
    if (seen >= most) return false
  }
  return true
}
