import { BasicCrawler, Configuration, EventManager, log } from '@crawlee/basic'
import { Failure } from '../failure.ts'
import { urlHash } from '../normalise/url.ts'
import { StoreClosed } from '../store.ts'
import { askForPage } from './fetch-answer.ts'
import { PageList } from './page-list.ts'
import { keepAnswer, type KeptAnswer, tellAnswer, type ToldAnswer } from './kept-answer.ts'
import { isSpent, noteFailure, noteGone, type Pass } from './pass.ts'

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
 * Fetches pages of one site through the door, in Crawlee's turns: one at a time unless the site allows more.
 * A page that fails is written down, and the others go on.
 */
export async function crawlPages(
  pass: Pass,
  requests: readonly PageRequest[],
  handle: PageHandler,
  confirm: PageConfirmer = () => Promise.resolve(false),
): Promise<void> {
  if (requests.length === 0 || pass.signal.aborted) return
  const { connections } = pass.site
  const pages = new PageList(requests, pass.store)
  const watch = new StoreWatch(() => crawler.stop())
  const crawler = new BasicCrawler(
    {
      requestList: pages,
      requestHandler: async ({ request }) => {
        const page = pages.pageOf(request)
        const take = async (): Promise<void> => {
          const before = await pages.headOf(request)
          const { url, kind } = page
          const answer = await askForPage(pass, { url, purpose: kind }, before)
          const told = await tellAnswer(pass, answer, { url, hash: urlHash(url), kind, before })
          if (!(await confirm(told, page))) await handle(await keepAnswer(pass, told), page)
        }
        await watch.during(() => settle(pass, page, take))
        if (isSpent(pass)) crawler.stop()
      },
      // What could not even be written down ends the pass.
      failedRequestHandler: (_context, error) => Promise.reject(error),
      requestHandlerTimeoutSecs: HANDLER_SECONDS,
      minConcurrency: connections,
      maxConcurrency: connections,
      autoscaledPoolOptions: { desiredConcurrency: connections },
      useSessionPool: false,
      maxRequestRetries: 0,
    },
    ownConfiguration(),
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

/**
 * Crawlers that share a configuration share their storage, and a stored one grows without end. To measure the load Crawlee
 * starts processes with each crawl, and the load changes nothing where the number of requests at once is fixed.
 */
function ownConfiguration(): Configuration {
  const configuration = new Configuration({ persistStorage: false, memoryMbytes: UNMEASURED })
  configuration.useEventManager(new LoadUntold(configuration))
  return configuration
}

/** Any limit keeps Crawlee from asking how much memory there is; nothing is compared with it. */
const UNMEASURED = 1

/** Events of a crawl without those that tell of the machine's load. */
class LoadUntold extends EventManager {}

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
