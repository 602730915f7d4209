import { isComment, type ChildNode, type Document, type Element, type ParentNode } from 'domhandler'
import { prepend, removeElement } from 'domutils'
import { elementsBelow } from './elements.ts'

/** The calls that React writes behind each part that comes later: of a boundary (`$RC`, `$RR`) or a segment (`$RS`). */
const calls = /\$R([CRS])\("([^"\\]{1,100})",\s?"([^"\\]{1,100})"/g
/** What is shown until a part comes is short; a page without the ends of its boundaries is not read over and over. */
const mostShown = 1_000
const reactId = /[BPS]:[0-9a-f]+$/

/**
 * Puts the parts of a streamed page where its readers see them. React sends a page with placeholders ("Loading …") and
 * the parts behind it in hidden elements, each with a script that puts it in its place (`renderToPipeableStream` of
 * React 18 and later; Next.js and others build on it). Where a page was kept without its scripts, equal numbers
 * decide.
 */
export function placeStreamedParts(document: Document, html: string): void {
  if (!html.includes('B:0"') && !html.includes('P:0"')) return
  const byId = new Map<string, Element>()
  for (const element of elementsBelow(document)) {
    const { id } = element.attribs
    if (id !== undefined && reactId.test(id) && !byId.has(id)) byId.set(id, element)
  }
  const moves = [...html.matchAll(calls)].map(([, call, first = '', second = '']) =>
    call === 'S' ? { place: second, part: first } : { place: first, part: second },
  )
  for (const { place, part } of moves.length > 0 ? moves : movesByNumber(byId)) {
    placePart(byId.get(place), byId.get(part), isBoundary(place))
    byId.delete(place)
  }
}

const movesByNumber = (byId: ReadonlyMap<string, Element>): { place: string; part: string }[] =>
  [...byId.keys()]
    .filter((id) => /[BP]:[0-9a-f]+$/.test(id))
    .map((place) => ({ place, part: place.replace(/[BP](:[0-9a-f]+)$/, 'S$1') }))

const isBoundary = (place: string): boolean => /B:[0-9a-f]+$/.test(place)

/** @param isCovered whether something is shown behind the place as long as the part is missing. */
function placePart(place: Element | undefined, part: Element | undefined, isCovered: boolean): void {
  if (place?.name !== 'template' || part === undefined || isWithin(place, part)) return
  const shown = isCovered ? untilEnd(place) : []
  for (const child of part.children.slice()) prepend(place, child)
  for (const node of [place, ...shown, part]) removeElement(node)
}

function isWithin(inner: Element, outer: Element): boolean {
  let around: ParentNode | null = inner
  while (around !== null && around !== outer) around = around.parent
  return around !== null
}

/** What stands between the place and the comment that ends its boundary; nothing is known where that was not kept. */
function untilEnd(place: Element): ChildNode[] {
  const shown: ChildNode[] = []
  let open = 1
  for (let node = place.nextSibling; node !== null && shown.length < mostShown; node = node.nextSibling) {
    if (isComment(node) && node.data === '/$') open -= 1
    else if (isComment(node) && /^\$[?!~]?$/.test(node.data)) open += 1
    if (open === 0) return shown
    shown.push(node)
  }
  return []
}
