import { textOf } from './element-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

/** The visible headline: the `h1` that agrees best with the document's title, else the first that is not a logo's. */
export function headlineOf({ headings, titleTag }: PageOutline): Block | null {
  const candidates = headings.filter(({ node }) => node.name === 'h1').slice(0, 20)
  const title = squeeze(titleTag ?? '')
  const agreeing = candidates.filter(({ node }) => {
    const text = squeeze(textOf(node))
    return text.length > 8 && title.startsWith(text.slice(0, 40))
  })
  return (
    agreeing[0] ?? candidates.find(({ node }) => squeeze(textOf(node)).length > 12) ?? candidates[0] ?? null
  )
}

const squeeze = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
