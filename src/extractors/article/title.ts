import { comparable } from './comparable-text.ts'
import { cleanLine } from '../../normalise/text.ts'

const separator = /\s+[|–—•·»:-]+\s+|\s*[|｜]\s*/u

/** What is known of the site and the visible headline when a title is cleaned. */
export interface TitleContext {
  readonly headline: string | null
  readonly siteName: string | null
  readonly pageUrl: string
}

/**
 * A title without what newsrooms glue to it for search engines: the name of the site or of a section, before or
 * after a dash or bar. The visible headline tells where the title proper ends.
 */
export function cleanTitle(raw: string | null, { headline, siteName, pageUrl }: TitleContext): string | null {
  const title = cleanLine(raw)
  if (title === null) return null
  if (headline !== null && comparable(headline).length > 8) {
    if (isCut(title, headline) || isWithGlue(title, headline)) return headline
  }
  const parts = title.split(separator)
  const last = parts.at(-1) ?? ''
  if (parts.length < 2 || !isSiteName(last, siteName, pageUrl)) return title
  return cleanLine(title.slice(0, title.lastIndexOf(last)).replace(/[\s|｜–—•·»:-]+$/u, '')) ?? title
}

/** Search engines show some 60 to 110 letters, and some systems cut the title to that. */
function isCut(title: string, headline: string): boolean {
  const start = title.replace(/\s*(?:…|\.{3})$/u, '')
  return (
    (start.length < title.length || start.length >= 95) &&
    start.length >= 40 &&
    headline.length > start.length &&
    headline.startsWith(start)
  )
}

/** The headline with something before or after a separator. */
function isWithGlue(title: string, headline: string): boolean {
  if (title.length <= headline.length) return false
  const parts = title.split(separator)
  if (parts.length < 2) return false
  const wanted = comparable(headline)
  return (
    parts.some((part) => comparable(part) === wanted) ||
    (comparable(title).startsWith(wanted) && separator.test(title.slice(headline.length - 2)))
  )
}

function isSiteName(part: string, siteName: string | null, pageUrl: string): boolean {
  const name = comparable(part)
  if (name === '') return false
  const host = comparable(new URL(pageUrl).hostname.replace(/^www\./, ''))
  return name === comparable(siteName ?? '') || host === name || (name.length > 2 && host.startsWith(name))
}
