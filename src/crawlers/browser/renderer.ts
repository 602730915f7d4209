import type { Browser, BrowserContext, Locator, Page, Route } from 'playwright'
import { Failure } from '../../failure.ts'
import type { RawAnswer } from '../extract/extraction.ts'
import type { DoorAnswer, DoorRequest } from '../fetch/request.ts'
import { findChromium } from './find-chromium.ts'

/** Types of requests that change nothing about text and comments. */
const ignoredTypes: ReadonlySet<string> = new Set([
  'image',
  'media',
  'font',
  'stylesheet',
  'websocket',
  'manifest',
])
const PAGE_SECONDS = 60
const MOST_PRESSES = 200
/** How long a press of a button may take to show something. */
const PRESS_SECONDS = 15
const POLL_MS = 100

/** What readers press to see more of a thread, in the languages of the sites that we have met. */
const moreWords =
  /^\W*((load|show|view|see|read) (more|all|older|further|next)|more (comments|replies)|ещ[её]|показать ещ[её]|загрузить ещ[её]|mehr (kommentare|anzeigen|laden)|weitere|plus de commentaires|voir plus|cargar más|ver más|mostra altri)/i

export interface RenderRequest {
  /** The page itself, which was fetched already. */
  readonly page: RawAnswer
  /** The door, for whatever the page's scripts ask for. */
  readonly fetch: (request: Omit<DoorRequest, 'delayMs' | 'signal'>) => Promise<DoorAnswer>
  readonly signal: AbortSignal
}

/**
 * Shows pages in a real browser whose every request goes through the door, so that robots.txt, pace, size
 * caps and address checks hold for scripts too. Nothing is forged, and nothing is pressed but "load more".
 */
export class Renderer {
  readonly #chromiumPath: string | null
  #context: Promise<BrowserContext> | null = null
  #browser: Browser | null = null

  constructor(chromiumPath: string | null) {
    this.#chromiumPath = chromiumPath
  }

  /** @returns the page's markup after its comments were unfolded. @throws Failure `needs_browser`, `timeout`. */
  async render(request: RenderRequest): Promise<string> {
    const context = await this.#opened()
    const { url } = request.page
    let page: Page | null = null
    try {
      page = await context.newPage()
      await page.route('**/*', (route) => answerRoute(route, request))
      await page.goto(url, { waitUntil: 'networkidle', timeout: PAGE_SECONDS * 1000 })
      await unfold(page, request.signal)
      return await page.content()
    } catch (error) {
      if (error instanceof Failure) throw error
      const message = `${url} did not settle in the browser: ${firstLineOf(error)}`
      throw new Failure('timeout', message, { url, cause: error })
    } finally {
      await page?.close()
    }
  }

  async close(): Promise<void> {
    await this.#browser?.close()
  }

  /** A browser that could not be started, or has died since, is followed by another. */
  #opened(): Promise<BrowserContext> {
    this.#context ??= this.#launch().catch(async (error: unknown) => {
      this.#context = null
      await this.#browser?.close()
      throw error instanceof Failure ? error : notStarted(error)
    })
    return this.#context
  }

  async #launch(): Promise<BrowserContext> {
    const executablePath = await findChromium(this.#chromiumPath)
    if (executablePath === null)
      throw new Failure('needs_browser', 'this site needs a browser, and none was found')
    const { chromium } = await import('playwright')
    // Chromium's own sandbox does not start for root.
    const isRoot = process.getuid?.() === 0
    const args = [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-sync',
      ...(isRoot ? ['--no-sandbox'] : []),
    ]
    this.#browser = await chromium.launch({ executablePath, args })
    this.#browser.once('disconnected', () => {
      this.#context = null
    })
    return this.#browser.newContext({ serviceWorkers: 'block', acceptDownloads: false })
  }
}

const notStarted = (error: unknown): Failure =>
  new Failure('needs_browser', `the browser did not start: ${firstLineOf(error)}`, { cause: error })

function firstLineOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)
}

async function answerRoute(route: Route, { page, fetch }: RenderRequest): Promise<void> {
  const asked = route.request()
  const isPage = asked.isNavigationRequest() && asked.url() === page.url
  if (isPage) return show(route, page)
  if (ignoredTypes.has(asked.resourceType()) || !/^https?:/.test(asked.url()))
    return route.abort('blockedbyclient')
  const body = asked.postData()
  const headers = asked.headers()
  const answer = await fetch({
    url: asked.url(),
    method: asked.method() === 'POST' ? 'POST' : 'GET',
    purpose: 'comments',
    headers: { accept: headers['accept'] ?? '*/*', ...contentType(headers) },
    ...(body === null ? {} : { body }),
    // The page gets to see a failed request, as a reader's browser would; the page itself is what is reported.
  }).catch(() => null)
  return answer === null ? route.abort('failed') : show(route, answer)
}

async function show(
  route: Route,
  { status, headers, body }: Pick<RawAnswer, 'status' | 'headers' | 'body'>,
): Promise<void> {
  await route.fulfill({ status, headers: shownHeaders(headers), body: Buffer.from(body) })
}

function contentType(headers: Readonly<Record<string, string>>): Record<string, string> {
  const type = headers['content-type']
  return type === undefined ? {} : { 'content-type': type }
}

/** The body was decoded from the wire, so what spoke of its coding and length no longer holds. */
function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const {
    'content-encoding': _encoding,
    'content-length': _length,
    'transfer-encoding': _framing,
    ...rest
  } = headers
  return rest
}

/** Presses "load more" until it is gone or brings nothing. */
async function unfold(page: Page, signal: AbortSignal): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES && !signal.aborted; presses++) {
    const button = moreButton(page)
    if ((await button.count()) === 0 || (await button.isDisabled())) return
    const before = await textLength(page)
    await button.click({ timeout: PRESS_SECONDS * 1000 })
    if (!(await hasGrown(page, before))) return
  }
}

/** Many sites use a link that leads nowhere for a button. */
function moreButton(page: Page): Locator {
  const links = page.locator('a:not([href]), a[href^="#"], a[href^="javascript:"]')
  return page
    .getByRole('button', { name: moreWords })
    .or(links.filter({ hasText: moreWords }))
    .filter({ visible: true })
    .first()
}

async function hasGrown(page: Page, before: number): Promise<boolean> {
  for (let waited = 0; waited < PRESS_SECONDS * 1000; waited += POLL_MS) {
    // The last press takes the button's own words away.
    if ((await textLength(page)) > before || (await moreButton(page).count()) === 0) return true
    await page.waitForTimeout(POLL_MS)
  }
  return false
}

async function textLength(page: Page): Promise<number> {
  return (await page.locator('body').innerText()).length
}
