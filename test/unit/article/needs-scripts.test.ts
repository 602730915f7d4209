import { describe, expect, it } from 'vitest'
import { needsScripts } from '../../../src/extractors/article/needs-scripts.ts'
import { parseHtml } from '../../../src/extractors/page.ts'

const script = '<script type="module" src="/assets/index.js"></script>'
const request = '<noscript><p>You need to enable <b>JavaScript</b> to run this app.</p></noscript>'
const words = `<p>${'The ferry to the outer islands left the harbour late. '.repeat(5)}</p>`

describe('a page needs scripts', () => {
  it.each([
    ['an empty root', `<head><title>Paper</title></head><body><div id="root"></div>${script}</body>`],
    [
      'a root with a spinner',
      `<body><div id="app"><div class="spinner">Loading…</div></div>${script}</body>`,
    ],
    ['an element of Angular', `<body><app-root></app-root>${script}</body>`],
    ['a request to switch scripts on', `<body>${request}<div class="page"></div>${script}</body>`],
    [
      'words that are not shown',
      `<body><div id="__next"></div><template>${words}</template>${script}</body>`,
    ],
  ])('that is no more than %s', (_what, html) => {
    expect(needsScripts(parseHtml(html))).toBe(true)
  })

  it.each([
    ['whose text is there', `<body><div id="root">${words}</div>${script}${request}</body>`],
    ['that is short and has no scripts', '<body><div id="root"></div><p>Not found</p></body>'],
    ['that is short and no frame', `<body><h1>Not found</h1>${script}</body>`],
    ['that is empty', ''],
  ])('not: one %s', (_what, html) => {
    expect(needsScripts(parseHtml(html))).toBe(false)
  })
})
