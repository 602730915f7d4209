import type { Document, Element } from 'domhandler'
import type { Layout, Site } from '../../sites/site.ts'
import { htmlToText } from '../../normalise/html.ts'
import type { Page } from '../page.ts'
import { type Selector, selector as compile } from '../selector.ts'
import { type Claims, noClaims } from './fields/claims.ts'

/**
 * The design that the site had when the page was fetched: the first whose last day has not passed, else the
 * last without one. A page older than every layout gets the oldest.
 */
export function layoutOn(layouts: Site['layouts'], fetchedAt: Date): Layout | null {
  const day = fetchedAt.toISOString().slice(0, 10)
  const dated = layouts
    .filter((layout) => layout.until !== undefined && day <= layout.until)
    .toSorted((a, b) => (a.until ?? '').localeCompare(b.until ?? ''))
  return dated[0] ?? layouts.findLast((layout) => layout.until === undefined) ?? null
}

const compiled = new Map<string, Selector>()

/** What a selector of a layout finds, in page order. Layouts are few, so each selector is compiled once. */
export function elementsOf(document: Document, css: string): Element[] {
  const known = compiled.get(css) ?? compile(css)
  compiled.set(css, known)
  return known.all(document)
}

/** Reads the fields that the site's layout names selectors for. */
export function readLayout({ document }: Page, layout: Layout | null): Claims {
  if (layout === null) return noClaims
  const all = (selector: string | undefined): string[] =>
    selector === undefined ? [] : valuesOf(document, selector)
  const first = (selector: string | undefined): string | null => all(selector)[0] ?? null
  return {
    ...noClaims,
    title: first(layout.title),
    subtitle: first(layout.subtitle),
    authors: all(layout.authors),
    published: first(layout.published),
    modified: first(layout.modified),
    section: first(layout.section),
    tags: all(layout.tags),
    imageUrl: imageOf(document, layout.image),
  }
}

/** Values of `selector` (their text) or `selector@attribute`, in page order, empty ones left out. */
function valuesOf(document: Document, selector: string): string[] {
  const { css, attribute } = parseSelector(selector)
  return elementsOf(document, css)
    .map((node) => (attribute === null ? htmlToText(node) : (node.attribs[attribute] ?? '')))
    .filter((value) => value.trim() !== '')
}

/** A selector for images may leave the attribute out. */
function imageOf(document: Document, selector: string | undefined): string | null {
  if (selector === undefined) return null
  const hasAttribute = parseSelector(selector).attribute !== null
  return valuesOf(document, hasAttribute ? selector : `${selector}@src`)[0] ?? null
}

function parseSelector(selector: string): { css: string; attribute: string | null } {
  const at = selector.lastIndexOf('@')
  const attribute = selector.slice(at + 1)
  return at > 0 && /^[\w:-]+$/.test(attribute)
    ? { css: selector.slice(0, at), attribute }
    : { css: selector, attribute: null }
}
