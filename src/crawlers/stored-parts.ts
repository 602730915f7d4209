import type { Comment } from '../extractors/comments/platform.ts'

/**
 * Stores the parts of a long thread one after the other, each while the pages of the next one are read: one part at most
 * is in hand, so that neither memory nor what a crash loses grows with the thread.
 */
export class StoredParts {
  readonly #store: (part: readonly Comment[]) => Promise<void>
  #storing: Promise<void> = Promise.resolve()
  #failure: { readonly error: unknown } | null = null

  constructor(store: (part: readonly Comment[]) => Promise<void>) {
    this.#store = store
  }

  /** Begins to store a part, once the one before it is stored. @throws what storing that one threw. */
  async add(part: readonly Comment[]): Promise<void> {
    await this.settled()
    this.#storing = this.#store(part).catch((error: unknown) => {
      this.#failure = { error }
    })
  }

  /** To be asked between requests: none leaves for a thread that can't be stored. @throws what storing threw. */
  check(): void {
    if (this.#failure !== null) throw this.#failure.error
  }

  /** When all parts are stored. @throws what storing threw. */
  async settled(): Promise<void> {
    await this.#storing
    this.check()
  }
}
