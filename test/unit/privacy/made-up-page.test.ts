import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpName, madeUpPage } from '../../../src/privacy/made-up-page.ts'

const url = 'https://gazette.example/2026/bridge/'
const made = (html: string, names: readonly string[] = [], withScripts = false): string =>
  madeUpPage(html, { names, url, withScripts })

describe('a made-up page', () => {
  it('gives a name the same other one wherever it stands', () => {
    const html = `<head><script type="application/ld+json">{"author":{"name":"Ada Quill","email":"ada@quill.example"}}</script></head>
      <p class="comment byuser comment-author-ada-quill"><a href="/author/ada-quill/">Ada Quill</a> says, ADA QUILL.</p>
      <img alt="Ada Quill" src="/p.jpg"><a href="https://ada.example/me">Ada Quill</a>`
    const page = made(html, ['Ada Quill'])
    const name = madeUpName(0)
    expect(page.toLowerCase()).not.toMatch(/ada|quill/)
    expect(page).toContain(`"name":"${name}"`)
    expect(page).toContain('"email":"someone@example.org"')
    expect(page).toContain(`comment-author-${name.toLowerCase().replace(' ', '-')}`)
    expect(page).toContain(`>${name}</a> says, ${name}.`)
    expect(page).toContain('href="https://someone.example/"')
  })

  it('finds those whom only the markup calls writers', () => {
    expect(made('<a rel="author" href="/x">Bo Tern</a><p>Bo Tern was there</p>')).not.toContain('Tern')
  })

  it('holds no script, handler, style, portrait, token or number of a reader', () => {
    const page = made(
      `<!-- who --><script>track(1)</script><style>a{}</style><svg></svg><meta name="csrf-token" content="t0k3n">
       <input type="hidden" name="_wpnonce" value="n0nce"><p onclick="x()" data-user-id="77">Text</p>
       <img src="https://gravatar.com/avatar/abc?s=40">`,
    )
    expect(page).not.toMatch(/script|style|svg|t0k3n|n0nce|onclick|77|gravatar|who/)
    expect(page).toContain('<p>Text</p>')
  })

  it('keeps scripts only where it is told to', () => {
    const html = '<script>var disqus_shortname = "gazette"</script>'
    expect(made(html, [], false)).not.toContain('disqus')
    expect(made(html, [], true)).toContain('disqus_shortname')
  })

  it('leaves its own address and other letters alone', () => {
    const html = `<link rel="canonical" href="${url}"><p>Мост открыт, café — 1 < 2 &amp; 3</p>`
    const page = made(html, ['bridge'])
    expect(page).toContain(`href="${url}"`)
    expect(page).toContain('Мост открыт, café — 1 &lt; 2 &amp; 3')
  })

  it('holds none of the names, whatever they are', () => {
    const names = fc.array(fc.stringMatching(/^Zq[a-z]{3,9}( Zq[a-z]{3,9})?$/), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(names, (all) => {
        const html = all
          .map((name) => `<b class="fn">${name}</b><p title="${name}">and ${name}!</p>`)
          .join('')
        expect(made(html, all)).not.toContain('Zq')
      }),
      { numRuns: 50 },
    )
  })

  it('has a name for everyone', () => {
    const names = Array.from({ length: 1_000 }, (_, number) => madeUpName(number))
    expect(new Set(names).size).toBe(names.length)
  })
})
