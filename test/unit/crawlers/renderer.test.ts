import { describe, expect, it, onTestFinished } from 'vitest'
import { findChromium } from '../../../src/crawlers/browser/find-chromium.ts'
import { Renderer } from '../../../src/crawlers/browser/renderer.ts'

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

describe.skipIf(chromium === null)('a page in a browser', () => {
  it.each([
    ['a button', '<button class="more" onclick="show()">Load more comments</button>'],
    ['a link that leads nowhere', '<a class="more" href="#" onclick="return show()"> Показать ещё </a>'],
    ['a link without an address', '<a class="more" onclick="show()">Mehr laden</a>'],
  ])('is unfolded by %s, and no other link is followed', async (_name, more) => {
    const renderer = new Renderer(chromium)
    onTestFinished(() => renderer.close())
    const asked: string[] = []
    const markup = await renderer.render({
      page: {
        url: 'http://paper.example/article',
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: pageWith(more),
        fetchedAt: new Date('2026-03-01T10:00:00Z'),
      },
      fetch: ({ url }) => {
        asked.push(url)
        return Promise.reject(new Error('nothing else is to be asked for'))
      },
      signal: new AbortController().signal,
    })
    expect(markup.match(/<li>comment \d/g)).toHaveLength(4)
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([])
  })
})
