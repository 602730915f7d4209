import type { Element } from 'domhandler'
import type { Searchable } from '../../selector.ts'
import { labelOf } from '../nodes.ts'
import { linkAddress, type Pager, templateOf } from '../pager.ts'
import type { NumberedPages } from './form.ts'

interface NumberedAddress {
  readonly number: number
  readonly template: string
}

/** What a visit adds to an address and a page of the thread does not need. */
const ofTheVisit = /[?&](?:sid|s|PHPSESSID|highlight|hilit|utm_(?:source|medium|campaign))=[^&]*/gi

/** As text, for a query written anew has its slashes escaped, and those of vBulletin and Invision hold paths. */
function withoutVisit(query: string): string {
  return query.replace(ofTheVisit, '').replace(/^&/, '?')
}

/**
 * The pages of a thread by the links to them; null when there is one. A page whose address has no number is the first,
 * unless it links to that one: some sites show the newest comments first.
 */
export function numberedPager(page: Searchable, pages: NumberedPages, pageUrl: string): Pager | null {
  const own = new URL(pageUrl)
  const links = pages.links
    .all(page)
    .map(({ attribs }) => linkAddress(attribs['href'], pageUrl))
    .filter((url) => url !== null)
    .map((url) => numberedAddress(url, pages))
    .filter((link) => link !== null && isSameThread(link.template, own, pages))
    .filter((link) => link !== null)
  const [first] = links
  if (first === undefined) return null
  const shown = numberedAddress(own, pages)?.number
  const numbers = links.map(({ number }) => number).concat(shown ?? [])
  const step = pages.countsComments === true ? stepOf(numbers) : 1
  const pageOf = (number: number): number => Math.floor((number - pages.first) / step) + 1
  const isFirst = shown === undefined && !numbers.includes(pages.first)
  const named = shown ?? (isFirst ? pages.first : null)
  const current = currentPage(page, pages) ?? (named === null ? null : pageOf(named))
  const last = numbers.reduce((highest, number) => Math.max(highest, pageOf(number)), current ?? 0)
  return { current, last, template: first.template, first: pages.first, step }
}

/** The page that an address names. @returns null when it names none. */
export function numberedAddress(url: URL, { number }: NumberedPages): NumberedAddress | null {
  const address = new URL(url)
  address.hash = ''
  address.search = withoutVisit(address.search)
  const place = address.pathname + address.search
  const [, before = '', digits] = number.exec(place) ?? []
  if (digits === undefined || digits.length > 9) return null
  const template =
    address.origin + place.replace(number, (found) => found.replace(before + digits, `${before}{page}`))
  return { number: Number(digits), template: templateOf(new URL(template)) }
}

/** Every number is a multiple of the number of comments on a page; only the last page may be short. */
function stepOf(numbers: readonly number[]): number {
  const positive = numbers.filter((number) => number > 0)
  return Math.max(1, positive.reduce(commonDivisor, 0))
}

function commonDivisor(a: number, b: number): number {
  let [greater, less] = [a, b]
  while (less > 0) [greater, less] = [less, greater % less]
  return greater
}

function currentPage(page: Searchable, { current }: NumberedPages): number | null {
  const boxes: readonly Element[] = current?.all(page) ?? []
  for (const box of boxes) {
    const digits = /^\D{0,40}(\d{1,7})$/.exec(labelOf(box) ?? '')?.[1]
    if (digits !== undefined) return Number(digits)
  }
  return null
}

/** A pager's link leads to the thread's own path, and contradicts its address in no parameter. */
function isSameThread(template: string, own: URL, { number }: NumberedPages): boolean {
  const link = new URL(template.replaceAll('{page}', '1'))
  const bare = ({ pathname, search }: URL): URL =>
    new URL(
      (pathname + search).replace(number, ([first]) => (first === '?' ? '?' : '')),
      own,
    )
  const [one, other] = [bare(link), bare(own)]
  if (one.pathname.replace(/(?<!\/)\/+$/, '') !== other.pathname.replace(/(?<!\/)\/+$/, '')) return false
  return [...one.searchParams].every(([name, value]) => (other.searchParams.get(name) ?? value) === value)
}
