import { withoutSecrets } from './secrets.ts'

/**
 * Everything that can go wrong with one page, thread, feed or site, as a closed set.
 * The name is what is stored in `failures.class`; `next` says what the crawl does about it;
 * `advice` is what a person can do, and ends every message that is shown.
 */
export const failureClasses = {
  timeout: { next: 'retry', advice: 'the host was too slow; it is asked again at the next pass' },
  connection: { next: 'retry', advice: 'the connection broke; it is asked again at the next pass' },
  dns_error: { next: 'retry', advice: 'check that the host name is spelled right' },
  tls_error: { next: 'retry', advice: 'the certificate is not valid for this host; nothing was read' },
  truncated: { next: 'retry', advice: 'the body ended early; nothing of it was stored' },
  decode_error: { next: 'retry', advice: 'the body is not in the encoding that its headers name' },
  too_large: { next: 'skip', advice: 'the body is over the size cap; nothing of it was stored' },
  empty: { next: 'retry', advice: 'the answer had no body; what is stored stays as it was' },
  redirect_loop: { next: 'skip', advice: 'too many redirects; check the address' },
  private_address: {
    next: 'refuse',
    advice: 'loopback and private addresses are fetched only with --allow-private-network',
  },
  bad_url: { next: 'refuse', advice: 'only http and https addresses can be fetched' },
  robots_refused: { next: 'refuse', advice: 'robots.txt of the host does not allow this address' },
  robots_unreachable: {
    next: 'retry',
    advice: 'robots.txt could not be read, which means no (RFC 9309); it is asked again at the next pass',
  },
  throttled: { next: 'wait', advice: 'the host asked us to wait; the rest of it follows at the next pass' },
  blocked: { next: 'wait', advice: 'the host refuses us; write to it, or pause the site' },
  gone: { next: 'gone', advice: 'the page is no longer there' },
  http_error: { next: 'retry', advice: 'the host answered with an error' },
  wrong_type: { next: 'skip', advice: 'the answer is not of a type that can be read here' },
  not_a_feed: { next: 'skip', advice: 'check the address of the feed, or take it out of the site' },
  not_a_sitemap: { next: 'skip', advice: 'check the address of the sitemap, or take it out of the site' },
  not_an_article: { next: 'skip', advice: 'no article was found on the page; see `npm run inspect`' },
  soft404: {
    next: 'skip',
    advice: 'the host shows the same page for addresses that do not exist; what is held stays as it was',
  },
  needs_js: {
    next: 'skip',
    advice: 'declare `needsBrowser: true` for the site, then crawl it once with --refresh',
  },
  use_reserved: {
    next: 'skip',
    advice: 'the page asks not to be stored; `usageWishes: "record"` is for sites whose publisher agrees',
  },
  wall: { next: 'skip', advice: 'the page is behind a login, paywall or captcha, which is never bypassed' },
  layout_changed: {
    next: 'skip',
    advice: 'what is held stays; if the site has a new design, add its layout and run: npm run reextract',
  },
  needs_browser: { next: 'skip', advice: 'install a browser: npx playwright install chromium' },
  article_capped: {
    next: 'skip',
    advice: 'the article does not end within the cap; it is held as far as it was read',
  },
  thread_capped: { next: 'skip', advice: 'the thread did not end within the cap; it is held as incomplete' },
  thread_loop: {
    next: 'skip',
    advice: 'the thread led back to pages already read; it is held as incomplete',
  },
  unreadable_answer: { next: 'retry', advice: 'the comment system answered in a shape that is not known' },
  hostile_html: { next: 'skip', advice: 'the page took too long or too much memory to read; it was let go' },
  extraction_error: {
    next: 'skip',
    advice: 'a fault of ours: please report it with the address of the page',
  },
  store_error: { next: 'retry', advice: 'the database refused the page; see the message' },
} as const satisfies Record<string, { next: FailureOutcome; advice: string }>

/** What the crawl does next: ask again later, wait for the host, give the page up, or never ask. */
export type FailureOutcome = 'retry' | 'wait' | 'skip' | 'refuse' | 'gone'

export type FailureClass = keyof typeof failureClasses

export interface FailureDetails {
  readonly url?: string
  /** Earliest moment at which another try makes sense (Retry-After). */
  readonly retryAt?: Date
  readonly status?: number
  readonly cause?: unknown
}

/** What a host sends may steer a terminal, or look like further lines of a log. */
const controls = /[\p{Cc}\u2028\u2029]+/gu

/** One thing that went wrong, by class, with the address it happened at; told in one line, without keys and passwords. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly class: FailureClass
  readonly url: string | null
  readonly retryAt: Date | null
  readonly status: number | null

  constructor(failureClass: FailureClass, message: string, details: FailureDetails = {}) {
    super(
      withoutSecrets(message.replaceAll(controls, ' ')),
      details.cause === undefined ? {} : { cause: details.cause },
    )
    this.class = failureClass
    this.url = details.url === undefined ? null : withoutSecrets(details.url)
    this.retryAt = details.retryAt ?? null
    this.status = details.status ?? null
  }

  get next(): FailureOutcome {
    return failureClasses[this.class].next
  }
}
