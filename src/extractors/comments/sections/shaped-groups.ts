import type { Element } from 'domhandler'
import type { ElementIndex } from '../../element-index.ts'
import { elementsBelow, isElement } from '../../elements.ts'
import { type Group, isBeside } from './groups.ts'
import { commentHeadings, elementsAfter, holderOf } from './headings.ts'
import { commentName, tokensOf, wordsOf } from './names.ts'

const sectionWords: ReadonlySet<string> = new Set(
  `comments kommentare comentarios comentários commentaires commenti komentarze reacties yorumlar discussion responses replies
  guestbook gaestebuch gastbuch opinie`.split(/\s+/),
)
const lists = /list|section|area|thread|holder|container|wrap|box/i
const wholePage = /^(?:body|main)$/
const notInside = /^(?:body|html|main|a|nav|aside|form|ul|script)$/
const boxTags: ReadonlySet<string> = new Set('li div article section dt dd tr'.split(' '))
const mostElements = 4000
const mostShapes = 12

/**
 * Groups of boxes without names that tell what they are: elements of one shape within an element that is named after
 * comments, or beside a heading that is. Looked for where names gave nothing.
 */
export function shapedGroups(index: ElementIndex): Group[] {
  const groups: Group[] = []
  for (const elements of sectionsIn(index)) {
    const shapes = new Map<string, Element[]>()
    for (const element of elements.slice(0, mostElements)) {
      if (!boxTags.has(element.name) || isBeside(element) || element.children.length === 0) continue
      const key = shapeOf(element)
      const group = shapes.get(key)
      if (group === undefined) shapes.set(key, [element])
      else group.push(element)
    }
    for (const [key, elements] of shapes) {
      if (elements.length > 1)
        groups.push({ key, elements, isOfComments: true, isNumbered: false, isMarked: false })
    }
  }
  return groups.slice(0, mostShapes)
}

function shapeOf(element: Element): string {
  const tokens = tokensOf(element)
  if (tokens.length > 0) return `${element.name}.${tokens.toSorted().join('.')}`
  const { parent } = element
  return parent !== null && isElement(parent)
    ? `${element.name}@${parent.name}.${tokensOf(parent).join('.')}`
    : element.name
}

/** The elements of each place for comments: a named one, what a heading stands in, or what follows it on the bare page. */
function sectionsIn(index: ElementIndex): Element[][] {
  const headings = commentHeadings(index).filter((heading) => !isBeside(heading))
  const holders = headings.map((heading) => holderOf(heading)).filter((holder) => holder !== null)
  const found = new Set([...namedSections(index), ...holders.filter(({ name }) => !notInside.test(name))])
  const sections = [...found].filter((element) => !isBeside(element) && !isInside(element, found))
  const bare = headings.filter(
    (heading) => wholePage.test(holderOf(heading)?.name ?? '') && !isInside(heading, found),
  )
  return [
    ...sections.map((section) => elementsBelow(section)),
    ...bare.map((heading) => elementsAfter(heading)),
  ]
}

function namedSections(index: ElementIndex): Element[] {
  const found: Element[] = []
  for (const { names, places } of index.names()) {
    if (!sectionStem.test(names) || !names.split(/\s+/).some(isSectionName)) continue
    for (const place of places) {
      const element = index.elements[place]
      if (element !== undefined && !notInside.test(element.name)) found.push(element)
    }
  }
  return found
}

const sectionStem = new RegExp(`${commentName.source}|respon|repl`, 'i')

function isSectionName(name: string): boolean {
  const words = wordsOf(name)
  return words.some((word) => sectionWords.has(word)) || (words.includes('comment') && lists.test(name))
}

function isInside({ parent }: Element, sections: ReadonlySet<Element>): boolean {
  for (let outer = parent; outer !== null && isElement(outer); outer = outer.parent) {
    if (sections.has(outer)) return true
  }
  return false
}
