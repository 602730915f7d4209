import { Parser } from 'htmlparser2'
import { Failure } from '../../failure.ts'

/** One `url` or `sitemap` element, as its text stands; an absent field is an empty string. */
export interface SitemapEntry {
  readonly loc: string
  readonly lastmod: string
  readonly newsDate: string
  readonly newsTitle: string
}

export interface SitemapEntries {
  /** Local name of the root element. */
  readonly root: string
  readonly entries: readonly SitemapEntry[]
}

/** The protocol's own limit for one file. */
export const maxEntries = 50_000

/** Longest text of a field that is kept, so that a field that never ends costs nothing. */
const maxFieldLength = 4_096

/** Sitemaps nest four deep; the parser's time grows with the square of the depth. */
const maxDepth = 50

/** Which text belongs to which field: by the element and the one around it, prefixes aside. */
const fields: Readonly<Record<string, keyof SitemapEntry>> = {
  'url>loc': 'loc',
  'sitemap>loc': 'loc',
  'url>lastmod': 'lastmod',
  'sitemap>lastmod': 'lastmod',
  'news>publication_date': 'newsDate',
  'news>title': 'newsTitle',
}

/**
 * Reads the entries of a sitemap in one pass, however broken it is; what was cut off is left out.
 * @throws Failure `not_a_sitemap` when elements nest too deep.
 */
export function readSitemapEntries(xml: string, url: string): SitemapEntries {
  const open: string[] = []
  const entries: SitemapEntry[] = []
  let entry = emptyEntry()
  let field: keyof SitemapEntry | undefined
  let root = ''

  const parser = new Parser(
    {
      onopentag(name) {
        const local = localName(name)
        if (root === '') root = local
        field = fields[`${open.at(-1) ?? ''}>${local}`]
        open.push(local)
        if (open.length > maxDepth) throw tooDeep(url)
      },
      ontext(text) {
        if (field !== undefined && entry[field].length < maxFieldLength) entry[field] += text
      },
      onclosetag(_name, isImplied) {
        field = undefined
        const local = open.pop()
        if (local !== 'url' && local !== 'sitemap') return
        if (!isImplied && entry.loc.trim() !== '' && entries.length < maxEntries) entries.push(trimmed(entry))
        entry = emptyEntry()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  return { root, entries }
}

function tooDeep(url: string): Failure {
  const message = `${url} was to be a sitemap, but nests elements more than ${maxDepth} deep`
  return new Failure('not_a_sitemap', message, { url })
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

function emptyEntry(): Writable<SitemapEntry> {
  return { loc: '', lastmod: '', newsDate: '', newsTitle: '' }
}

function trimmed(entry: SitemapEntry): SitemapEntry {
  return {
    loc: entry.loc.trim(),
    lastmod: entry.lastmod.trim(),
    newsDate: entry.newsDate.trim(),
    newsTitle: entry.newsTitle.trim(),
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
