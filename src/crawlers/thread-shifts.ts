import type { Ask, Batch } from '../extractors/comments/platform.ts'

/** What one reading of a thread's pages told about whether comments moved between them meanwhile. */
export class ThreadShifts {
  readonly #totals = new Map<string, number>()
  readonly #lastIds = new Map<string, string>()
  #hasShrunk = false
  #hasGrown = false
  #hasRepeats = false

  /** @param hasNews whether the answer held a comment that no earlier one of this reading did. */
  note(ask: Ask, { comments, reportedCount }: Batch, hasNews: boolean): void {
    const pages = pagesOf(ask)
    if (reportedCount !== undefined) {
      const before = this.#totals.get(pages) ?? reportedCount
      this.#totals.set(pages, reportedCount)
      this.#hasShrunk ||= reportedCount < before
      this.#hasGrown ||= reportedCount > before
    }
    const last = this.#lastIds.get(pages)
    this.#hasRepeats ||= hasNews && comments.some(({ nativeId }) => nativeId === last)
    const own = comments.at(-1)
    if (own !== undefined) this.#lastIds.set(pages, own.nativeId)
  }

  /**
   * Whether a comment may have moved to a page that was read already. One that is removed draws those after it a place
   * forward, and the number that the site reports falls. Where one is added among those that were read, the last of a
   * page stands on the next one too; what is added at the end is read there, and moves nothing.
   * @param isShort fewer comments were read than the site reports.
   * @param hasNews the reading found a comment that was not known.
   */
  mayHideComments(isShort: boolean, hasNews: boolean): boolean {
    return this.#hasShrunk || (hasNews && (this.#hasRepeats || (this.#hasGrown && isShort)))
  }
}

/** Answers to the same address but for its numbers count the same comments, and follow one another. */
function pagesOf({ url, method = 'GET' }: Ask): string {
  const { origin, pathname } = new URL(url)
  return `${method} ${origin}${pathname.replace(/\d+/g, '#')}`
}
