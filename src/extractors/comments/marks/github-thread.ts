import { lineOf } from '../nodes.ts'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { canonicalUrl } from '../../../normalise/url.ts'

const titles = selector('title')
const openGraphTitles = selector('meta[property="og:title"], meta[name="og:title"]')
const canonicals = selector('link[rel="canonical"]')

/**
 * The words by which Giscus and Utterances look for an article's thread on GitHub. `mapping` says what of the page they
 * are; a mapping of another name is itself the words, which is what Utterances means by it.
 */
export function threadTerm(page: IndexedPage, mapping: string): string | null {
  switch (mapping) {
    case 'pathname':
      return pathTerm(page.url)
    case 'url':
      return canonicalUrl(canonicals.first(page.elements)?.attribs['href'] ?? page.url, page.url)
    case 'title':
      return lineOf(titles.first(page.elements)?.children)
    case 'og:title':
      return cleanLine(openGraphTitles.first(page.elements)?.attribs['content'])
    default:
      return cleanLine(mapping)
  }
}

/** The path without its first slash and without an extension; "index" for a front page. */
function pathTerm(url: string): string {
  const { pathname } = new URL(url)
  return pathname.length < 2 ? 'index' : pathname.slice(1).replace(/\.\w+$/, '')
}

/** What GitHub says of a writer's part in the repository; nothing of those who have none. */
export function associationBadges(association: string): string[] {
  const words = association.toLowerCase().replaceAll('_', ' ')
  return ['owner', 'member', 'collaborator', 'contributor'].includes(words) ? [words] : []
}
