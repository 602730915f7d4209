import { Configuration, HttpCrawler, log, type Request } from '@crawlee/http'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import { type CaptureHead, StoreClosed } from '../store.ts'
import { DoorClient } from './fetch/crawlee-client.ts'
import { failureOfStatus } from './fetch/failure-of-status.ts'
import { PageList } from './page-list.ts'
import { keepAnswer, type KeptAnswer, tellAnswer, type ToldAnswer } from './kept-answer.ts'
import { isSpent, noteFailure, noteGone, type Pass } from './pass.ts'
import { conditionsOf } from './validators.ts'

// Failures are told by us, once each.
log.setLevel(log.LEVELS.OFF)

export type PageKind = 'article' | 'feed' | 'sitemap' | 'listing'

export interface PageRequest {
  readonly kind: PageKind
  readonly url: string
  /** The address was guessed, so that its absence is no failure. */
  readonly isGuess?: boolean
  /** Called in place of a failure that another try does not mend: the page is gone, or not what it was. */
  readonly onLost?: () => void
}

export type PageHandler = (kept: KeptAnswer, request: PageRequest) => Promise<void>

/** Whether an answer says what is held, and is dealt with. */
export type PageConfirmer = (told: ToldAnswer, request: PageRequest) => Promise<boolean>

/**
 * Fetches pages of one site through Crawlee and the door: one at a time unless the site allows more.
 * A page that fails is written down, and the others go on.
 */
export async function crawlPages(
  pass: Pass,
  requests: readonly PageRequest[],
  handle: PageHandler,
  confirm: PageConfirmer = () => Promise.resolve(false),
): Promise<void> {
  if (requests.length === 0 || pass.signal.aborted) return
  const client = new DoorClient(pass.door, pass.signal)
  const pages = new PageList(requests, pass.store)
  const heads = new WeakMap<Request, CaptureHead | null>()
  const watch = new StoreWatch(() => crawler.stop())
  const options = client.crawlerOptions(pass.site.connections)
  const crawler = new HttpCrawler(
    {
      ...options,
      requestList: pages,
      requestHandlerTimeoutSecs: HANDLER_SECONDS,
      preNavigationHooks: [
        ...(options.preNavigationHooks ?? []),
        async ({ request }) => {
          heads.set(request, await prepare(pass, request, pages))
        },
      ],
      requestHandler: async ({ request }) => {
        const page = pages.pageOf(request)
        const take = async (): Promise<void> => {
          const before = heads.get(request) ?? null
          const answer = client.take(request)
          const failure = failureOfStatus(answer)
          if (failure !== null) throw failure
          const hash = urlHash(page.url)
          const told = await tellAnswer(pass, answer, { url: page.url, hash, kind: page.kind, before })
          if (!(await confirm(told, page))) await handle(await keepAnswer(pass, told), page)
        }
        await watch.during(() => settle(pass, page, take))
        if (isSpent(pass)) crawler.stop()
      },
      failedRequestHandler: async ({ request }, error) => {
        await watch.during(() => settle(pass, pages.pageOf(request), () => Promise.reject(error)))
      },
    },
    // Crawlers that share a configuration share their storage, and a stored one grows without end. Measuring the load
    // starts a process each time, and changes nothing where the number of requests at once is fixed.
    new Configuration({ persistStorage: false, systemInfoIntervalMillis: HANDLER_SECONDS * 1000 }),
  )
  const stop = (): void => crawler.stop()
  pass.signal.addEventListener('abort', stop, { once: true })
  try {
    await crawler.run()
  } finally {
    pass.signal.removeEventListener('abort', stop)
  }
  watch.end()
}

/** When the store takes no more, the crawl stops, and ends with what the store said. */
class StoreWatch {
  readonly #stop: () => void
  #closed: StoreClosed | null = null

  constructor(stop: () => void) {
    this.#stop = stop
  }

  async during(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof StoreClosed)) throw error
      this.#closed ??= error
      this.#stop()
    }
  }

  /** @throws StoreClosed */
  end(): void {
    if (this.#closed !== null) throw this.#closed
  }
}

/** Long threads are followed within the handler of their page; each request has its own deadline. */
const HANDLER_SECONDS = 24 * 60 * 60

async function prepare(pass: Pass, request: Request, pages: PageList): Promise<CaptureHead | null> {
  const { kind } = pages.pageOf(request)
  const head = await pages.headOf(request)
  pass.tally.requests++
  // What is held of a page that a browser showed is not what the host sent, so it can't stand in for it.
  const isRendered = pass.site.needsBrowser && kind === 'article'
  const conditions = isRendered ? {} : conditionsOf(head, new Date())
  const { delaySeconds, connections, url } = pass.site
  const pace = { delayMs: delaySeconds * 1000, agreedHost: new URL(url).host, connections }
  request.userData['fetch'] = { purpose: kind, ...pace, ...conditions }
  return head
}

/** Turns whatever goes wrong with a page into a failure of that page alone. */
async function settle(pass: Pass, page: PageRequest, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof StoreClosed) throw error
    if (pass.signal.aborted && !(error instanceof Failure)) return
    const failure = error instanceof Failure ? error : asFailure(error, page.url)
    if (await isForeseen(pass, page, failure)) return
    await noteFailure(pass, failure, page.kind === 'article' ? 'fetch' : 'discover')
  }
}

/** Whether what went wrong with a page is news of another kind, or none. */
async function isForeseen(pass: Pass, page: PageRequest, failure: Failure): Promise<boolean> {
  if (page.isGuess === true && failure.class !== 'robots_unreachable') return true
  if (page.onLost !== undefined && failure.next !== 'retry' && failure.next !== 'wait') {
    page.onLost()
    return true
  }
  return failure.class === 'gone' && page.kind === 'article' && (await noteGone(pass, page.url))
}

function asFailure(error: unknown, url: string): Failure {
  // The store's own words hold the whole query; what the database said is their cause.
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const reason = said instanceof Error ? said.message : String(said)
  return new Failure('store_error', `${url}: ${reason}`, { url, cause: error })
}
