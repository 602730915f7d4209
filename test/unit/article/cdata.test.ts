import { textContent } from 'domutils'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../src/extractors/page.ts'

const textOf = (html: string): string => textContent(parseHtml(html))

describe('<![CDATA[ in HTML', () => {
  it('is a comment up to the next >, so that the rest of the page stays', () => {
    expect(textOf('<p>one</p><![CDATA[ two ><p>three</p><![CDATA[<p>four</p>]]>')).toBe('onethreefour]]>')
  })

  it('is text in scripts and styles', () => {
    const script = '<script>//<![CDATA[\nlet a = 1\n//]]></script>'
    expect(textOf(`${script}<p>after</p><![CDATA[>`)).toBe('//<![CDATA[\nlet a = 1\n//]]>after')
    expect(textOf('<style><![CDATA[ p {} ]]></style><![CDATA[>x')).toBe('<![CDATA[ p {} ]]>x')
  })

  it('is found at once on a page that begins scripts without end and ends none', () => {
    // Looked for anew at each, the ends would take minutes.
    expect(textOf(`<p>one</p><![CDATA[ two >${'<script '.repeat(300_000)}`)).toMatch(/^one/)
  })
})
