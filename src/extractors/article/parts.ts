import { canonicalUrl } from '../../normalise/url.ts'
import type { MainText } from './body/main-text.ts'
import { isFrontPage } from './identity.ts'
import { mayBePart, type PartAddress, partAddresses, stemOf } from './part-address.ts'
import { isLabelOf, isNearText, isWholeAddress, isWholeLabel, type LinkPlace, placeOf } from './part-links.ts'
import type { Block, PageOutline } from './page-outline.ts'

export interface PartLink {
  /** Counted from 1. */
  readonly number: number
  readonly url: string
}

/** The parts of an article that is split over several pages, as one of them shows them. */
export interface ArticleParts {
  /** Which of them this page is. */
  readonly number: number
  /** Address of the first part, which is the article's; null where this page is it. */
  readonly firstUrl: string | null
  /** The later ones that are linked here, in order; not all of them need to be. */
  readonly further: readonly PartLink[]
  /** A page that shows all parts at once. */
  readonly wholeUrl: string | null
}

/** A link to what may be a part of the same article. */
interface Candidate extends PartAddress {
  readonly url: string
  readonly relation: 'next' | 'prev' | null
  /** Null for a link in the head of the page. */
  readonly seen: { readonly block: Block; readonly place: LinkPlace } | null
}

interface ShownPage {
  readonly outline: PageOutline
  readonly pageUrl: string
  readonly main: MainText | null
}

/**
 * The parts of the article that this page is one of; null where it is all on one page. An address counts when it is
 * the article's own with a number put to it, and the page calls it so: in a pager by name, by a link that reads as
 * that number or as "next" in or right under the text, or as the next page in its head. Pages of comments do not.
 */
export function findParts(outline: PageOutline, pageUrl: string, main: MainText | null): ArticleParts | null {
  if (isFrontPage(pageUrl)) return null
  const address = new URL(pageUrl)
  const page = { outline, pageUrl, main }
  const readings: PartAddress[] = [
    ...partAddresses(address).toSorted((one, other) => other.number - one.number),
    { stem: stemOf(address), number: 1, isDoubtful: false },
  ]
  const candidates = candidatesOf(page, readings)
  for (const own of readings) {
    const named = candidates.filter((link) => link.stem === own.stem && isNamed(link, own, page))
    const parts = own.number > 1 ? laterPart(own, named, page) : firstPart(named)
    if (parts !== null) return { ...parts, wholeUrl: wholeUrlOf(page, own) }
  }
  return null
}

type FoundParts = Omit<ArticleParts, 'wholeUrl'>

/** A page that names the first part, by a link or as what it belongs to. */
function laterPart(own: PartAddress, named: readonly Candidate[], page: ShownPage): FoundParts | null {
  const { number } = own
  const firstUrl = named.find((link) => link.number === 1)?.url ?? claimedUrl(own, page)
  return firstUrl === null ? null : { number, firstUrl, further: furtherOf(named, number) }
}

/** The article's address by the page's own word. */
function claimedUrl({ stem }: PartAddress, { outline, pageUrl }: ShownPage): string | null {
  const href = outline.relations.get('canonical')
  const url = href === undefined ? null : canonicalUrl(href.trim(), pageUrl)
  return url !== null && !isFrontPage(url) && stemOf(new URL(url)) === stem ? url : null
}

function firstPart(named: readonly Candidate[]): FoundParts | null {
  const further = furtherOf(named, 1)
  return further[0]?.number === 2 ? { number: 1, firstUrl: null, further } : null
}

function furtherOf(named: readonly Candidate[], own: number): PartLink[] {
  const byNumber = new Map<number, PartLink>()
  for (const { number, url } of named) {
    if (number > own && !byNumber.has(number)) byNumber.set(number, { number, url })
  }
  return [...byNumber.values()].toSorted((one, other) => one.number - other.number)
}

function candidatesOf({ outline, pageUrl }: ShownPage, readings: readonly PartAddress[]): Candidate[] {
  const { blocks, relations } = outline
  const stems = new Set(readings.map(({ stem }) => stem))
  // Only a later part has a use for links without a number: they may lead back to the first.
  const isLater = readings.some(({ number }) => number > 1)
  const names = namesIn(readings)
  const found: Candidate[] = []
  for (const relation of ['next', 'prev'] as const) {
    for (const link of readLink(relations.get(relation), pageUrl, stems))
      found.push({ relation, seen: null, ...link })
  }
  for (const block of blocks) {
    const { attribs, name } = block.node
    if (name !== 'a' || !mayLead(attribs['href'] ?? '', names, isLater)) continue
    const links = readLink(attribs['href'], pageUrl, stems)
    const place = links.length === 0 ? null : placeOf(block, blocks)
    if (place === null) continue
    for (const link of links) found.push({ relation: place.relation, seen: { block, place }, ...link })
  }
  return found
}

/** By what the address of a part is told from most others: the article's own name in it, as it may be written. */
function namesIn(readings: readonly PartAddress[]): string[] {
  const names = readings.map(({ stem }) => /([^/]*?)(?:\.\w+)?(?:\?|$)/.exec(stem)?.[1] ?? '')
  return [...new Set([...names, ...names.map(decoded)])]
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    // Not UTF-8: nobody writes it in another way.
    return name
  }
}

/** Cheap to ask of every link of a page. Only relative addresses lack the article's name. */
function mayLead(href: string, names: readonly string[], isLater: boolean): boolean {
  const isFull = href.startsWith('http') || href.startsWith('/')
  return (!isFull || names.some((name) => href.includes(name))) && (isLater || mayBePart(href))
}

function readLink(
  href: string | undefined,
  pageUrl: string,
  stems: ReadonlySet<string>,
): (PartAddress & { readonly url: string })[] {
  if (href === undefined || /^[^#]*#.*(?:comment|respond)/i.test(href)) return []
  const url = canonicalUrl(href.trim(), pageUrl)
  if (url === null) return []
  const address = new URL(url)
  const readings = [...partAddresses(address), { stem: stemOf(address), number: 1, isDoubtful: false }]
  return readings.filter(({ stem }) => stems.has(stem)).map((reading) => ({ ...reading, url }))
}

/** Whether the page calls what a link leads to a part of its article. */
function isNamed(link: Candidate, own: PartAddress, { outline, main }: ShownPage): boolean {
  const { seen, relation, isDoubtful } = link
  if (link.number === own.number) return false
  if (seen?.place.isPager === true) return true
  if (isDoubtful || own.isDoubtful) return false
  const step = link.number - own.number
  const isNeighbour = (relation === 'next' && step === 1) || (relation === 'prev' && step === -1)
  if (seen === null) return isNeighbour
  const isCalledSo = isNeighbour || isLabelOf(seen.place.label, link.number, step)
  return isCalledSo && isNearText(seen.block, outline, main)
}

/** The page that shows all parts has an address that begins as theirs. */
function wholeUrlOf({ outline, pageUrl }: ShownPage, { stem }: PartAddress): string | null {
  const begin = (stem.split('?')[0] ?? '').replace(/\.\w{3,5}$/, '')
  const accept = (href: string | undefined, isCalledSo: () => boolean): string | null => {
    const url = href === undefined || href.startsWith('#') ? null : canonicalUrl(href.trim(), pageUrl)
    if (url === null || !isBelow(stemOf(new URL(url)), begin, stem)) return null
    return isWholeAddress(url) || isCalledSo() ? url : null
  }
  const claimed = accept(outline.relations.get('canonical'), () => false)
  if (claimed !== null) return claimed
  for (const block of outline.blocks) {
    if (block.node.name !== 'a') continue
    const url = accept(block.node.attribs['href'], () => isWholeLabel(block))
    if (url !== null) return url
  }
  return null
}

const isBelow = (address: string, begin: string, stem: string): boolean =>
  address !== stem && address.startsWith(begin) && /^(?:[^\p{L}\p{N}]|$)/u.test(address.slice(begin.length))
