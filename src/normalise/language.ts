/** Codes that publishers write for a language though they mean a country or an older code. */
const mistakenCodes: Readonly<Record<string, string>> = {
  ua: 'uk',
  cz: 'cs',
  jp: 'ja',
  gr: 'el',
  dk: 'da',
  kr: 'ko',
  cn: 'zh',
  vn: 'vi',
  by: 'be',
  english: 'en',
  russian: 'ru',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
}

/** Shorter texts hold too few letter groups to tell Spanish from Portuguese. */
const shortestText = 40

/** More text takes time and changes nothing. */
const longestText = 2_000

/**
 * A language tag as in `Article.language`: lower-case language with an optional region ("en", "pt-BR").
 * Reads what pages write ("EN_us", "ru-RU.UTF-8", "zh-Hant-TW", "de, en"); null for anything else.
 */
export function normaliseLanguage(tag: string | null | undefined): string | null {
  const first = /^\s{0,16}(?<tag>[a-z]{2,8}(?:[-_][a-z0-9]{1,8}){0,4})(?=$|[\s,;.@])/i.exec(tag ?? '')
  const written = first?.groups?.['tag']?.toLowerCase().replaceAll('_', '-')
  if (written === undefined) return null
  const locale = localeOf(mistakenCodes[written] ?? written)
  // Engines without a language in the tag disagree: undefined or "und".
  if (locale === null || !/^(?!und)[a-z]{2,3}$/.test(locale.language)) return null
  const language = mistakenCodes[locale.language] ?? locale.language
  return locale.region === undefined ? language : `${language}-${locale.region}`
}

/**
 * ISO 639-1 code of the language that a text is written in, or null when it is short or unclear.
 * The detector is loaded at the first use: its tables take 0.25 s and 90 MB, where they are not packed as in extraction
 * threads (`packed-ngrams.ts`), and most pages name their language.
 */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = text.slice(0, longestText)
  if (sample.replace(/[^\p{L}]+/gu, '').length < shortestText) return null
  const { eld } = await import('eld/extrasmall')
  const result = eld.detect(sample)
  return result.isReliable() && result.language !== '' ? result.language : null
}

/** Tags come back on every page, and reading one takes as long as parsing some kilobytes of markup. */
const known = new Map<string, Intl.Locale | null>()
const mostKnown = 500

function localeOf(tag: string): Intl.Locale | null {
  let locale = known.get(tag)
  if (locale !== undefined) return locale
  locale = readLocale(tag)
  if (known.size >= mostKnown) known.clear()
  known.set(tag, locale)
  return locale
}

function readLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
