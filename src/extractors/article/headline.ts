import { comparable } from './comparable-text.ts'
import { textOf } from './element-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

/** The visible headline: the `h1` that agrees best with the document's title, else the first that is not a logo's. */
export function headlineOf({ headings, titleTag }: PageOutline): Block | null {
  const candidates = headings.filter(({ node }) => node.name === 'h1').slice(0, 20)
  const title = comparable(titleTag ?? '')
  const agreeing = candidates.find(({ node }) => {
    const text = comparable(textOf(node))
    return text.length > 8 && title.startsWith(text.slice(0, 40))
  })
  return (
    agreeing ?? candidates.find(({ node }) => comparable(textOf(node)).length > 12) ?? candidates[0] ?? null
  )
}
