import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { headlineOf } from '../../../src/extractors/article/headline.ts'
import { lineTextOf } from '../../../src/extractors/article/line-text.ts'
import { outlinePage } from '../../../src/extractors/article/page-outline.ts'

function headline(title: string, body: string): string | null {
  const found = headlineOf(outlinePage(parseDocument(`<title>${title}</title><body>${body}</body>`)))
  return found === null ? null : lineTextOf(found.node)
}

describe('headlineOf', () => {
  it('passes by headings of the site', () => {
    const body =
      '<h1 class="site-title">The Coast</h1><h1 class="breadcrumb_last">Ferry</h1><h1>Ferry is back</h1>'
    expect(headline('Harbour | The Coast', body)).toBe('Ferry is back')
  })

  it('takes a lesser heading where that is most of the title', () => {
    const body = '<h1>Notes by Ann Lee</h1><h2>Ferry sails again at last</h2><h2>Ferry sails</h2>'
    expect(headline('Ferry sails again at last – Ann Lee', body)).toBe('Ferry sails again at last')
    expect(
      headline('Ferry news and how the new boat sails again', `<h1>The boat is back</h1><h2>Ferry news</h2>`),
    ).toBe('The boat is back')
  })

  it('takes a heading that is named as the headline where there is no h1', () => {
    expect(headline('x', '<h2>Menu</h2><h3 class="entry-title">Ferry is back</h3>')).toBe('Ferry is back')
    expect(headline('x', '<p>Ferry</p>')).toBeNull()
  })
})

describe('lineTextOf', () => {
  it.each([
    ['<h1><span>Harbour</span><span>The ferry</span> is back</h1>', 'Harbour The ferry is back'],
    ['<h1>Back<br>again <b>U</b>n<i>sunk</i></h1>', 'Back again Unsunk'],
    ['<div><p>Ann Lee</p><p>May 3</p></div>', 'Ann Lee May 3'],
    ['<div><span>Ann Lee</span><span>May 3</span><script>x</script></div>', 'Ann Lee May 3'],
  ])('of %s', (html, expected) => {
    const [root] = outlinePage(parseDocument(html)).blocks
    expect(root === undefined ? null : lineTextOf(root.node)).toBe(expected)
  })
})

it('reads a line from an element with more children than a call takes arguments', () => {
  const [root] = outlinePage(parseDocument(`<div>Ann Lee${'<b></b>'.repeat(200_000)}</div>`)).blocks
  expect(root === undefined ? null : lineTextOf(root.node)).toBe('Ann Lee')
})
