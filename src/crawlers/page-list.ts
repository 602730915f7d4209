import { type IRequestList, Request } from '@crawlee/core'
import { urlHash } from '../normalise/url.ts'
import type { CaptureHead, SiteStore } from '../store.ts'
import type { PageRequest } from './site-crawler.ts'

/** Pages of which it is asked at once what is held. */
const BATCH = 100

interface Batch {
  readonly pages: readonly PageRequest[]
  heads: Promise<ReadonlyMap<string, CaptureHead>> | null
}

/**
 * The pages of a crawl, as Crawlee takes them. They are all known ahead, and what is due later is in the database, so
 * Crawlee's own queue would only copy them about.
 */
export class PageList implements IRequestList {
  readonly inProgress = new Set<string>()
  readonly #pages: readonly PageRequest[]
  readonly #store: SiteStore
  readonly #places = new WeakMap<Request, { readonly page: PageRequest; readonly batch: Batch }>()
  #batch: Batch = { pages: [], heads: null }
  #next = 0

  constructor(pages: readonly PageRequest[], store: SiteStore) {
    this.#pages = [...new Map(pages.map((page) => [keyOf(page), page])).values()]
    this.#store = store
  }

  pageOf(request: Request): PageRequest {
    return this.#place(request).page
  }

  /** What is held of a page that is asked for. */
  async headOf(request: Request): Promise<CaptureHead | null> {
    const { page, batch } = this.#place(request)
    batch.heads ??= this.#store.captureHeads(batch.pages.map(({ url }) => urlHash(url)))
    return (await batch.heads).get(urlHash(page.url)) ?? null
  }

  length(): number {
    return this.#pages.length
  }

  handledCount(): number {
    return this.#next - this.inProgress.size
  }

  async isEmpty(): Promise<boolean> {
    return this.#next >= this.#pages.length
  }

  async isFinished(): Promise<boolean> {
    return this.handledCount() === this.#pages.length
  }

  async fetchNextRequest(): Promise<Request | null> {
    const page = this.#pages[this.#next]
    if (page === undefined) return null
    if (this.#next % BATCH === 0) {
      this.#batch = { pages: this.#pages.slice(this.#next, this.#next + BATCH), heads: null }
    }
    this.#next++
    const request = new Request({ url: page.url, uniqueKey: keyOf(page) })
    this.#places.set(request, { page, batch: this.#batch })
    this.inProgress.add(request.uniqueKey)
    return request
  }

  async markRequestHandled({ uniqueKey }: Request): Promise<void> {
    this.inProgress.delete(uniqueKey)
  }

  /** Retries are ours, at another pass. */
  async reclaimRequest(request: Request): Promise<void> {
    await this.markRequestHandled(request)
  }

  async persistState(): Promise<void> {
    // The database is what remembers.
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next !== null; next = await this.fetchNextRequest())
      yield next
  }

  #place(request: Request) {
    const place = this.#places.get(request)
    if (place === undefined) throw new Error(`${request.url} was never asked for`)
    return place
  }
}

const keyOf = (page: PageRequest): string => `${page.kind} ${page.url}`
