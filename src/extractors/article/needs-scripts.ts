import type { Document, Element } from 'domhandler'
import { isElement, isWords } from '../elements.ts'

/** A page that says less than a paragraph has yet to be filled. */
const enoughWords = 200
const unseen: ReadonlySet<string> = new Set(['head', 'script', 'style', 'noscript', 'template', 'svg'])
/** Where the usual frameworks put what they make. */
const rootId = /^(?:root|app|main-app|react-root|__next|__nuxt|___gatsby|svelte|application)$/i
const rootTag = /^[a-z]+-root$|^(?:ember|polymer)-app$/
const asksForScripts = /java\s?script/i

interface Place {
  readonly node: Document | Element
  readonly isSeen: boolean
  readonly isWithoutScripts: boolean
}

/**
 * Whether a page is only a frame that its scripts fill: next to no words to be seen, and an element where frameworks
 * put theirs, or a request to switch scripts on.
 */
export function needsScripts(document: Document): boolean {
  let seen = 0
  let hasScript = false
  let isFrame = false
  const waiting: Place[] = [{ node: document, isSeen: true, isWithoutScripts: false }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const child of place.node.children) {
      if (isWords(child)) {
        if (place.isSeen) seen += child.data.trim().length
        isFrame ||= place.isWithoutScripts && asksForScripts.test(child.data)
      } else if (isElement(child)) {
        hasScript ||= child.name === 'script'
        isFrame ||= isRoot(child)
        waiting.push(placeOf(child, place))
      }
    }
    if (seen >= enoughWords) return false
  }
  return hasScript && isFrame
}

const isRoot = ({ name, attribs }: Element): boolean => rootTag.test(name) || rootId.test(attribs['id'] ?? '')

const placeOf = (node: Element, { isSeen, isWithoutScripts }: Place): Place => ({
  node,
  isSeen: isSeen && !unseen.has(node.name),
  isWithoutScripts: isWithoutScripts || node.name === 'noscript',
})
