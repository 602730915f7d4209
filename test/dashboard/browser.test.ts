import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findChromium } from '../../src/crawlers/browser/find-chromium.ts'
import { dashboardApp } from '../../src/dashboard/app.ts'
import { readOnly } from '../../src/db/read-only.ts'
import { newDatabase, type NewDatabase } from '../databases/new-database.ts'
import { fillCollection, lookedAt, paths } from './collection.ts'

const executablePath = await findChromium(process.env['CHROMIUM_PATH'] ?? null)

/** Looks of the dashboard that people have: colours, width, and without a script. */
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['on a phone', { colorScheme: 'light', viewport: { width: 360, height: 740 }, hasTouch: true }],
]

// Skipped where no Chromium is installed, as on a machine that crawls no site that needs one.
describe.skipIf(executablePath === null)('the dashboard in a browser', () => {
  let made: NewDatabase | null = null
  let browser: Browser | null = null
  let home = ''
  let filled = { articleId: 0, captureId: 0 }
  const stop: (() => void)[] = []

  beforeAll(async () => {
    made = await newDatabase('embedded')
    const database = await made.open()
    filled = await fillCollection(database)
    const app = dashboardApp({
      database: { read: (work) => readOnly(database, work) },
      password: null,
      now: () => lookedAt,
      onFault: (error) => {
        throw error
      },
    })
    const server = createAdaptorServer({ fetch: (request) => app.fetch(request) })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    home = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    stop.push(() => server.close())
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    for (const end of stop) end()
    await made?.remove()
  })

  /** A tab, and whatever happened in it that must not. */
  async function openTab(look: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const context = await browser!.newContext(look)
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const faults: string[] = []
    const isOurs = (url: string) => url.startsWith(`${home}/`) || url.startsWith('data:')
    page.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('console', (message) => faults.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
    page.on('requestfinished', (request) => {
      if (!isOurs(request.url())) faults.push(`asked ${request.url()}`)
    })
    page.on('requestfailed', (request) => {
      // What the policy of a page forbids is not asked for.
      if (request.failure()?.errorText !== 'csp') faults.push(`asked ${request.url()}`)
    })
    return { page, faults }
  }

  it.each(looks)('is accessible, fits and runs nothing of others: %s', async (_name, look) => {
    const { page, faults } = await openTab(look)
    for (const path of paths(filled)) {
      await page.goto(home + path)
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(`${path} overflows by ${overflow}`).toBe(`${path} overflows by 0`)
      expect({ path, found: await seriousFindings(page) }).toEqual({ path, found: [] })
      // In the frame of a stored page the browser says what it keeps that page from.
      if (!path.startsWith('/pages/')) expect(faults).toEqual([])
    }
  })

  it('breaks no state and no short name on a phone, and shows what to do about a failure', async () => {
    const { page } = await openTab({ viewport: { width: 390, height: 844 } })
    for (const path of ['/', '/comments', '/failures']) {
      await page.goto(home + path)
      await page.evaluate(
        `for (const writer of document.querySelectorAll('tbody th > a[href^="/comments"] bdi')) writer.textContent = 'Константин'`,
      )
      expect({ path, broken: await page.evaluate<string[]>(brokenWords) }).toEqual({ path, broken: [] })
    }
    expect(await page.getByText('it is asked again at the next pass').first().isVisible()).toBe(true)
  })

  it('weighs less than 200 KB at first, style and script included', async () => {
    const { page } = await openTab()
    const sizes: Promise<number>[] = []
    page.on('response', (response) => void sizes.push(response.body().then(({ length }) => length)))
    await page.goto(home, { waitUntil: 'networkidle' })
    const octets = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(sizes).toHaveLength(3)
    expect(octets).toBeLessThan(200_000)
  })

  it('shows a stored page beside what was taken, which can do nothing', async () => {
    const { page, faults } = await openTab()
    await page.goto(`${home}/pages/${filled.captureId}`, { waitUntil: 'networkidle' })
    const frame = page.frames().find((of) => of.url().endsWith('/body'))
    expect(await frame?.locator('h1').textContent()).toBe('Bridge')
    // Where a link leads, the frame does not follow.
    await frame?.locator('a').first().click()
    await frame?.locator('h1').click()
    expect(page.url()).toBe(`${home}/pages/${filled.captureId}`)
    expect(await page.title()).toBe(`Stored page ${filled.captureId} · Commentariat`)
    const forbidden =
      /^console: (?:Applying inline style|Refused to|Loading|Blocked|Running|Unsafe|Executing)/
    expect(faults.filter((fault) => !forbidden.test(fault))).toEqual([])
  })

  it('works without a script', async () => {
    const { page, faults } = await openTab({ javaScriptEnabled: false, colorScheme: 'light' })
    await page.goto(home)
    await page.getByRole('link', { name: 'Articles', exact: true }).click()
    await page.getByLabel('Words').fill('mayor')
    await page.getByLabel('Site').fill('hostile')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.locator('tbody tr th a').first().click()
    expect(new URL(page.url()).pathname).toBe(`/articles/${filled.articleId}`)
    const reply = page.getByText('as it was changed')
    expect(await reply.isVisible()).toBe(true)
    await page.locator('details.replies > summary').first().click()
    expect(await reply.isVisible()).toBe(false)
    await page.getByRole('link', { name: 'dark' }).click()
    expect(new URL(page.url()).pathname).toBe(`/articles/${filled.articleId}`)
    expect(await groundOf(page)).toBe('rgb(22, 24, 27)')
    await page.goto(`${home}/runs`)
    expect(await groundOf(page)).toBe('rgb(22, 24, 27)')
    expect(faults).toEqual([])
  })

  it('is better with one: folds a whole thread, and has new figures without being asked', async () => {
    const { page, faults } = await openTab()
    await page.clock.install({ time: lookedAt })
    await page.goto(`${home}/articles/${filled.articleId}`)
    await page.getByRole('button', { name: 'Fold all replies' }).click()
    expect(await page.getByText('as it was changed').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Unfold all replies' }).click()
    expect(await page.getByText('as it was changed').isVisible()).toBe(true)
    await page.goto(home)
    const asked = page.waitForResponse(
      (response) => response.url() === `${home}/` && response.request().resourceType() === 'fetch',
    )
    await page.clock.runFor(31_000)
    expect((await asked).status()).toBe(200)
    expect(await page.getByRole('heading', { name: 'Sites' }).isVisible()).toBe(true)
    expect(faults).toEqual([])
  })

  it('is usable with the keyboard alone', async () => {
    const { page } = await openTab()
    await page.goto(`${home}/articles`)
    const focused = () => page.evaluate<string>(`document.activeElement.textContent.trim()`)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    expect(
      await page.getByText('Skip to the content').evaluate((link) => link.getBoundingClientRect().left >= 0),
    ).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(`document.activeElement.name`)).toBe('words')
    await page.keyboard.type('courier')
    await page.keyboard.press('Enter')
    await page.waitForURL(/words=courier/)
    await page.keyboard.press('/')
    expect(await page.evaluate(`document.activeElement.name`)).toBe('words')
    for (let presses = 0; presses < 20 && !(await focused()).includes('News of the courier'); presses += 1) {
      await page.keyboard.press('Tab')
      const ring = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)
      expect(ring).not.toBe('none')
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/articles\/\d+$/)
  })
})

const groundOf = (page: Page): Promise<string> =>
  page.evaluate('getComputedStyle(document.documentElement).backgroundColor')

/** Words of states, classes, sites and writers that stand on two lines. */
const brokenWords = `
  [...document.querySelectorAll('td .state, tbody th > a, td > a')].flatMap((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const broken = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      for (const { 0: word, index } of node.data.matchAll(/[\\p{L}_]{2,10}(?![\\p{L}_])/gu)) {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word)
      }
    return broken
  })`

/** What axe finds that keeps people out; `serious` and `critical` by its own measure. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = await page.evaluate<AxeResults>('axe.run(document, { iframes: false })')
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

/** Chromium of its own accord asks its maker for this and that. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
