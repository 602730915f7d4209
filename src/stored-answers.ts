import type { CaptureKind } from './store.ts'

/*
 * The contract of a replay: what the database gives of the answers that it holds.
 */

/** A stored page that a replay reads again, with what to read when it turns out to be no article. */
export interface StoredPage {
  /** Address that was asked for. */
  readonly url: string
  /** Address of the article that is held under it, or the same. */
  readonly articleUrl: string
  /** Captures, newest first. */
  readonly captureIds: readonly number[]
}

/** An answer as it was stored. */
export interface StoredAnswer {
  readonly url: string
  readonly requestHash: string
  readonly kind: CaptureKind
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly bodyHash: string
  readonly fetchedAt: Date
}

/** What is stored of a site, for a replay. */
export interface StoredAnswers {
  /** Pages that were articles, or might have been, oldest first. @param since only those stored since. */
  pages(since: Date | null): Promise<readonly StoredPage[]>
  /** Null when it has expired meanwhile. */
  byId(id: number): Promise<StoredAnswer | null>
  /** The newest answer to a request, or null. */
  newest(requestHash: string): Promise<StoredAnswer | null>
}
