import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findChromium } from '../../../src/crawlers/browser/find-chromium.ts'
import { Renderer } from '../../../src/crawlers/browser/renderer.ts'
import { Failure } from '../../../src/failure.ts'

const chromium = await findChromium(process.env['CHROMIUM_PATH'] ?? null)

/** A page whose script adds a comment at each press, until there are no more. */
const pageWith = (more: string): Uint8Array =>
  new TextEncoder().encode(`<!DOCTYPE html><html><body><ol></ol>${more}
    <a href="/archive">Read more in the archive</a>
    <script>
      let shown = 0
      function show() {
        document.querySelector('ol').insertAdjacentHTML('beforeend', '<li>comment ' + ++shown + '</li>')
        if (shown === 4) document.querySelector('.more').remove()
        return false
      }
      show()
    </script></body></html>`)

/** What a script that stands in for Chromium does before it. */
function chromiumAfter(does: (folder: string) => string): { path: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'chromium')
  writeFileSync(path, `#!/bin/sh\n${does(folder)}\nexec '${chromium ?? ''}' "$@"\n`, { mode: 0o755 })
  return { path, folder }
}

const words = new TextEncoder().encode('<!DOCTYPE html><html><body><p>Comments are closed.</p></body></html>')

const render = (renderer: Renderer, body: Uint8Array = words, asked: string[] = []): Promise<string> =>
  renderer.render({
    page: {
      url: 'http://paper.example/article',
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body,
      fetchedAt: new Date('2026-03-01T10:00:00Z'),
    },
    fetch: ({ url }) => {
      asked.push(url)
      return Promise.reject(new Error('nothing else is to be asked for'))
    },
    signal: new AbortController().signal,
  })

describe.skipIf(chromium === null)('a page in a browser', () => {
  it.each([
    ['a button', '<button class="more" onclick="show()">Load more comments</button>'],
    ['a link that leads nowhere', '<a class="more" href="#" onclick="return show()"> Показать ещё </a>'],
    ['a link without an address', '<a class="more" onclick="show()">Mehr laden</a>'],
  ])('is unfolded by %s, and no other link is followed', async (_name, more) => {
    const renderer = new Renderer(chromium)
    onTestFinished(() => renderer.close())
    const asked: string[] = []
    const markup = await render(renderer, pageWith(more), asked)
    expect(markup.match(/<li>comment \d/g)).toHaveLength(4)
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([])
  })

  it('is shown by another browser once the first has died', async () => {
    const { path, folder } = chromiumAfter((at) => `echo $$ > '${at}/pid'`)
    const renderer = new Renderer(path)
    onTestFinished(() => renderer.close())
    await render(renderer)
    const first = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    process.kill(first, 'SIGKILL')
    const errors: unknown[] = []
    // That it died is told a moment later; until then a page fails, by a class that is tried again.
    const markup = await vi.waitUntil(
      () => render(renderer).catch((error: unknown) => void errors.push(error)),
      {
        timeout: 60_000,
      },
    )
    expect(markup).toContain('Comments are closed.')
    expect(errors.every((error) => error instanceof Failure && error.class === 'timeout')).toBe(true)
    expect(Number(readFileSync(join(folder, 'pid'), 'utf8'))).not.toBe(first)
  })

  it('is shown at the next try where the browser did not start', async () => {
    const { path } = chromiumAfter((at) => `mkdir '${at}/tried' 2>/dev/null && exit 1`)
    const renderer = new Renderer(path)
    onTestFinished(() => renderer.close())
    await expect(render(renderer)).rejects.toMatchObject({ name: 'Failure', class: 'needs_browser' })
    expect(await render(renderer)).toContain('Comments are closed.')
  })
})
