import type { Element } from 'domhandler'
import type { IndexedPage } from '../../element-index.ts'
import type { Selector } from '../../selector.ts'
import type { Ask } from '../platform.ts'

/**
 * How one engine prints the comments of a thread into its pages. All selectors but `count` and those of
 * `pages` look below a comment's box, after the boxes of its replies were taken out of it.
 */
export interface PrintedForm {
  readonly name: string
  readonly usualTimezone?: string
  /** Whether the page is the engine's, by a mark beside the boxes of comments; cheap, for it is asked of every page. */
  readonly isHere: (page: IndexedPage) => boolean
  /** Where comments would stand: a page that has it has a thread, be it empty. */
  readonly place?: Selector
  /** The box of one comment. */
  readonly boxes: Selector
  /** The box holds no more than the header; the element behind it is the rest of the comment. */
  readonly isHeader?: boolean
  /** The comment's number within the site; null leaves the box out. */
  readonly idOf: (box: Element) => string | null
  /** How deep a comment stands, for engines that print replies below one another. Left out: no replies. */
  readonly levelOf?: 'nesting' | ((box: Element) => number)
  /** The comment that the box itself names as the one it answers. */
  readonly parentOf?: (box: Element) => string | null
  /** Where the writer's name stands, the surest place first. */
  readonly author: readonly Selector[]
  /** What the engine prints after a name: "(not verified)", "said…". */
  readonly nameEnding?: RegExp
  /** What else says the name, when no element does. */
  readonly authorOf?: (box: Element) => string | null
  /** Where the time stands, the surest place first: in an attribute, else in words. */
  readonly times: readonly Selector[]
  /** The time as a machine reads it, in an engine's own place. */
  readonly timeOf?: (box: Element) => string | null
  /** Where the words stand, the surest place first. */
  readonly body: readonly Selector[]
  /** What the engine prints among the words: signatures, notes of editing, buttons. */
  readonly apart?: Selector
  /** Boxes of quotes, and within them the line that names the quoted writer. */
  readonly quotes?: { readonly boxes: Selector; readonly heads: Selector }
  /** Marks of a comment that was changed, or whose words moderators took out. */
  readonly edited?: Selector
  readonly removed?: Selector
  /** What the engine says of the writer in a badge. */
  readonly badges?: Selector
  /** Number of votes for the comment. */
  readonly likes?: Selector
  /** Votes for it less votes against it. */
  readonly score?: Selector
  /** What stands before a comment's number in the fragment of its address. */
  readonly anchor: string
  /** Number of comments of the thread, as the page states it. */
  readonly count?: Selector
  /** Says that the thread takes no more comments. */
  readonly closed?: Selector
  readonly pages?: NumberedPages
  /** Its pages are whole discussions, opened by the first box, or by one of its own. */
  readonly opening?: 'first-box' | OpeningBox
  /** Whether the page is a topic, for engines that print comments on other things in the same boxes. */
  readonly isTopic?: (page: IndexedPage) => boolean
  /** Whether a post opens its topic, for engines that count the posts of each: their pages may begin with any post. */
  readonly isOpening?: (box: Element) => boolean
  /** What stands for comments that the page leaves out. */
  readonly folded?: Selector
  /** The requests that bring what a fold leaves out; none where only a browser could ask. Left out: none of any fold. */
  readonly unfold?: (fold: Element, pageUrl: string) => readonly Ask[]
}

/** The post that opens a topic, where it is printed otherwise than the answers to it. */
export interface OpeningBox extends Pick<
  PrintedForm,
  'author' | 'nameEnding' | 'authorOf' | 'times' | 'timeOf' | 'body' | 'apart'
> {
  readonly box: Selector
}

/** How an engine numbers the pages of a thread in their addresses. */
export interface NumberedPages {
  /** Links to other pages of the thread. */
  readonly links: Selector
  /** Finds the number in a path with its query: what stands before it, the number. */
  readonly number: RegExp
  /** The number of the first page: 0 or 1. */
  readonly first: 0 | 1
  /** The number counts comments, not pages. */
  readonly countsComments?: boolean
  /** The number of the page that is shown, where it has no link. */
  readonly current?: Selector
}
