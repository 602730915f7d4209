import { comparable } from './comparable-text.ts'
import { textOf } from './element-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

/**
 * The visible headline: the `h1` that agrees best with the document's title, else the first that is not a logo's.
 * On a page without any it is the heading with which the document's title begins.
 */
export function headlineOf({ headings, titleTag }: PageOutline): Block | null {
  const candidates = headings.filter(({ node }) => node.name === 'h1').slice(0, 20)
  const title = comparable(titleTag ?? '')
  const agreeing = candidates.find(({ node }) => {
    const text = comparable(textOf(node))
    return text.length > 8 && title.startsWith(text.slice(0, 40))
  })
  if (candidates.length === 0) return titleHeading(headings, title)
  return (
    agreeing ?? candidates.find(({ node }) => comparable(textOf(node)).length > 12) ?? candidates[0] ?? null
  )
}

function titleHeading(headings: readonly Block[], title: string): Block | null {
  const begins = ({ node }: Block): boolean => {
    const text = comparable(textOf(node))
    return text.length > 12 && title.startsWith(text)
  }
  return headings.slice(0, 20).find(begins) ?? null
}
