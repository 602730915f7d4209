/** One way to read an address as that of a part of an article that is split over several pages. */
export interface PartAddress {
  /** What the addresses of all parts have in common (`stemOf`). */
  readonly stem: string
  readonly number: number
  /** The address is a comment page's just as well, so that only a pager of text tells what it is. */
  readonly isDoubtful: boolean
}

/** "Page" in the addresses of publishers: https://www.zeit.de/…/seite-2, `/page/2`, `-page-2.html`. */
const word = 'page|seite|part|teil|pagina|strana|strona|stranica|side|sida|sivu|sayfa|oldal|pg'

/** Parameters that count pages; `p` is the number of a post on WordPress' front page. */
const parameters: ReadonlySet<string> = new Set(
  `${word}|p|pageno|page_no|page_number|pagenumber|pagenum|currentpage`.split('|'),
)

/** Forms of paths. What stands before and after the number makes the stem. */
const forms: readonly { readonly pattern: RegExp; readonly isDoubtful: boolean }[] = [
  new RegExp(`^(?<head>.*?[^/])/(?:(?:${word})[-_,/]?|p)?(?<number>\\d{1,2})(?:/|\\.html?|\\.php)?$`, 'i'),
  new RegExp(`^(?<head>.*[^/_,-])[-_,](?:${word})[-_]?(?<number>\\d{1,2})(?<tail>/|\\.\\w{3,5})?$`, 'i'),
  // WordPress numbers articles of the same title in this way, so only before an extension.
  /^(?<head>.*[^/_-])[-_](?<number>\d{1,2})(?<tail>\.(?:s?html?|php|aspx?))$/i,
]
  .map((pattern) => ({ pattern, isDoubtful: false }))
  // DataLife Engine's pages of a text; its pages of comments have two numbers.
  .concat([{ pattern: /^(?<head>.*\/)page,(?<number>\d{1,2}),(?<tail>[^/,]+)$/, isDoubtful: true }])

/** Cheap to ask of every link of a page: most end in no such number. */
export const mayBePart = (href: string): boolean => endsInNumber.test(href)

const endsInNumber = /\d(?:\/|\.\w{3,5})?(?:[?#]|$)|[?&]\w+=\d{1,2}(?:[&#]|$)|\/page,\d/

/** Every way in which an address may be that of a part, by its parameters and its path. */
export function partAddresses(url: URL): PartAddress[] {
  const byPath = forms.flatMap(({ pattern, isDoubtful }) => {
    const { head = '', number, tail = '' } = pattern.exec(url.pathname)?.groups ?? {}
    return number === undefined ? [] : [{ stem: stem(url, head + tail), number: Number(number), isDoubtful }]
  })
  return [...byPath, ...byParameter(url)].filter((part) => part.number > 0)
}

function byParameter(url: URL): PartAddress[] {
  if (url.search === '') return []
  return [...url.searchParams].flatMap(([name, value]) => {
    const isPage = parameters.has(name.toLowerCase()) && !(name === 'p' && url.pathname === '/')
    if (!isPage || !/^\d{1,2}$/.test(value)) return []
    const rest = new URL(url)
    rest.searchParams.delete(name)
    return [{ stem: stemOf(rest), number: Number(value), isDoubtful: false }]
  })
}

/** What stays the same from part to part: host, path and query, whatever stands at the end of the path. */
export const stemOf = (url: URL): string => stem(url, url.pathname)

function stem({ host, search }: URL, path: string): string {
  const bare = path.replace(/\/(?:index\.(?:html?|php|aspx?))?$/i, '')
  return `${host.replace(/^www\./, '')}${bare}${search}`
}

/** Whether an address that was redirected to still is a part of the article. */
export function isPartOf(address: string, firstUrl: string): boolean {
  const url = new URL(address)
  const own = stemOf(new URL(firstUrl))
  return stemOf(url) === own || partAddresses(url).some((part) => part.stem === own)
}
