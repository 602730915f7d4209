import type { Element } from 'domhandler'
import type { IndexedPage } from '../../../element-index.ts'
import { selector } from '../../../selector.ts'
import { firstOf, scriptAddress, scriptsWith, settingIn } from '../../marks/scripts.ts'

/** What a page tells of its Disqus thread. */
export interface DisqusMarks {
  /** The forum's short name, which is the key of a site at Disqus. */
  readonly forum: string
  readonly identifier: string | null
  readonly url: string | null
}

const box = selector('#disqus_thread, .disqus-thread')
const metas = selector('meta[name^="disqus:"]')
/** Where applications keep the state of a page, settings of the whole site among it. */
const states = selector('script#fusion-metadata, script#__NEXT_DATA__')
const links = selector('a[href*=".disqus.com"]')
const consent = selector('[data-id-lazyload-code]')

const forumAddress = /\/\/([a-z0-9][a-z0-9-]{0,80})\.disqus\.com\//i
const embedAddress = /\/\/([a-z0-9][a-z0-9-]{0,80})\.disqus\.com\/(?:embed|blogger_item)\.js/i

/** Hosts of Disqus that are no forum's; and what a name may look like. */
const ownHosts = /^(?:www|help|docs|blog|about|referrer|links|media|a|c|unused|example)$/i
const forumName = /^[a-z0-9][a-z0-9_-]{0,80}$/i

/**
 * The thread by the forum's short name and by its box or its script; a box without a name is another's: a newspaper's
 * own button bears the id `disqus_thread` too.
 */
export function disqusMarks(page: IndexedPage): DisqusMarks | null {
  const found = box.first(page.elements)
  const named = metas.all(page.elements)
  const hasMark =
    found !== null ||
    named.length > 0 ||
    scriptAddress(page, embedAddress) !== null ||
    states.first(page.elements) !== null
  if (!hasMark) return null
  const settings = settingsOf(page, found)
  const forum = forumsOf(page, found, named, settings).find(isForum)
  if (forum === undefined || forum === null) return null
  const drupal = drupalSettings(settings)
  return {
    forum: forum.toLowerCase(),
    identifier: firstOf(
      found?.attribs['data-disqus-identifier'],
      contentOf(named, 'disqus:identifier'),
      valueIn(settings, identifierSetting),
      settingIn(drupal, 'identifier'),
    ),
    url: webAddress(
      firstOf(
        found?.attribs['data-disqus-url'],
        contentOf(named, 'disqus:url'),
        valueIn(settings, urlSetting),
        settingIn(drupal, 'url'),
      ),
    ),
  }
}

function contentOf(named: readonly Element[], name: string): string | null {
  return named.find(({ attribs }) => attribs['name'] === name)?.attribs['content'] ?? null
}

function isForum(name: string | null | undefined): name is string {
  return name !== null && name !== undefined && forumName.test(name) && !ownHosts.test(name)
}

/** Everything that scripts say of Disqus, and what a consent tool keeps of them in Base64. */
function settingsOf(page: IndexedPage, found: Element | null): string {
  const kept = consent
    .all(page.elements)
    .map(({ attribs }) => Buffer.from(attribs['data-id-lazyload-code'] ?? '', 'base64').toString('utf8'))
    .filter((code) => code.includes('disqus'))
  const inside = found === null ? '' : Object.values(found.attribs).join('\n')
  return [scriptsWith(page, 'disqus', 'Disqus'), ...kept, inside].join('\n')
}

/** A page without the box must name the script of the embedded thread, for counts name the forum too. */
function forumsOf(
  page: IndexedPage,
  found: Element | null,
  named: readonly Element[],
  settings: string,
): (string | null | undefined)[] {
  const plain = settings.replaceAll('\\/', '/')
  const certain = [
    found?.attribs['data-disqus-shortname'],
    contentOf(named, 'disqus:shortname'),
    scriptAddress(page, embedAddress)?.[1],
    embedAddress.exec(plain)?.[1],
  ]
  if (found === null) return certain
  return [
    ...certain,
    settingIn(settings, 'disqus_shortname'),
    settingIn(settings, 'disqusShortname'),
    settingIn(drupalSettings(settings), 'domain'),
    forumAddress.exec(plain)?.[1],
    settingIn(settings, 'shortname'),
    linkedForum(page),
  ]
}

function linkedForum({ elements }: IndexedPage): string | null {
  const link = links.first(elements)
  return link === null ? null : (forumAddress.exec(`${link.attribs['href'] ?? ''}/`)?.[1] ?? null)
}

/** Drupal keeps its settings as JSON under the module's name. */
function drupalSettings(settings: string): string {
  return /"disqus"\s{0,9}:\s{0,9}\{([^{}]{0,3000})/.exec(settings)?.[1] ?? ''
}

const identifierSetting =
  /(?:disqus_identifier|disqusIdentifier|page\.identifier)["']?\s{0,9}[:=]\s{0,9}(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')/
const urlSetting =
  /(?:disqus_url|disqusUrl|page\.url)["']?\s{0,9}[:=]\s{0,9}(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})')/

function valueIn(settings: string, setting: RegExp): string | null {
  const [, double, single] = setting.exec(settings) ?? []
  return (double ?? single)?.replaceAll('\\/', '/') ?? null
}

/** Templates that nobody filled in are no address. */
function webAddress(raw: string | null): string | null {
  return raw !== null && /^(?:https?:)?\/\//i.test(raw) && !raw.includes('{') ? raw : null
}
