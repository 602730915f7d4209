import { BATCH } from '../../src/db/group-copies.ts'

/**
 * Puts new articles into clusters while a pass goes on, a batch at a time: the database has room for it then, and at the
 * end of the pass little is left to do.
 */
export class GroupBeside {
  readonly #group: () => Promise<void>
  #pages = 0
  #batch: Promise<void> | null = null

  /** @param group does a batch. */
  constructor(group: () => Promise<void>) {
    this.#group = group
  }

  /** A page was stored whose text is new. */
  notePage(): void {
    this.#pages += 1
    if (this.#pages < BATCH || this.#batch !== null) return
    this.#pages = 0
    // What fails is left to the end of the pass, where the database is waited for and faults are told.
    this.#batch = this.#group()
      .catch(() => undefined)
      .finally(() => {
        this.#batch = null
      })
  }

  async settled(): Promise<void> {
    await this.#batch
  }
}
