import type { Block } from '../page-outline.ts'
import type { Measured } from './boilerplate.ts'
import type { MainText } from './main-text.ts'

/** What is known of the article before its text is: its words come back on the page. */
export interface ArticleFacts {
  readonly title: string | null
  /** The standfirst, or what the page says of itself. */
  readonly description: string | null
  readonly authors: readonly string[]
  readonly siteName: string | null
}

/** What the rules say of the page, before each passage is judged. */
export interface Findings extends ArticleFacts {
  /** Index of the headline's block; -1 when there is none. */
  readonly headline: number
  readonly main: MainText
  /** True for blocks in the main text that the rules leave out with all that they hold. */
  readonly isLeftOut: (block: Block) => boolean
  /** What is dropped by tags and marks alone. */
  readonly lenient: Measured
}
