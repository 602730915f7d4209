import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { htmlToText, sanitiseHtml } from '../../../src/normalise/html.ts'

const textOf = (html: string, options = {}): string => htmlToText(parseDocument(html), options)

describe('htmlToText', () => {
  it.each([
    ['<p>a b\n c</p><p>d<br>e</p>', 'a b c\n\nd\ne'],
    ['<div>x<div>y</div><div>z</div></div>', 'x\n\ny\n\nz'],
    ['<h1>T</h1><div><p>a</p></div>b', 'T\n\na\n\nb'],
    ['x<br><br><br>y', 'x\n\ny'],
    ['<p>a<br></p><p>b</p>', 'a\n\nb'],
    ['a<b>b</b> c <i> d</i>', 'ab c d'],
    ['<ul><li>one</li><li><p>two</p><p>three</p></li></ul>tail', 'one\ntwo\nthree\n\ntail'],
    ['<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', 'a\nb\nc'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><td>d</td></tr></table>', 'a b\nc d'],
    ['<pre>\nline 1\n  line 2</pre>after', 'line 1\nline 2\n\nafter'],
    ['<blockquote><p>quoted</p></blockquote>own', 'quoted\n\nown'],
    ['a<script>1</script><style>2</style><noscript>3</noscript><!-- 4 --><button>5</button>b', 'ab'],
    ['<figure><img src="i.png" alt="A"><figcaption>Caption</figcaption></figure>text', 'Caption\n\ntext'],
    ['a &nbsp; &amp; b', 'a & b'],
    ['One.<img src="a.jpg">Two.<img alt="x">Three', 'One. Two. Three'],
    ['<p><img src="a.jpg"></p><p>a<br><img src="b.jpg">b</p>', 'a\nb'],
  ])('%s', (html, expected) => {
    expect(textOf(html)).toBe(expected)
  })

  it('takes the alt of images only when asked', () => {
    expect(textOf('hi <img alt=":)"> there')).toBe('hi there')
    expect(textOf('hi <img alt=":)"> there', { imageAlt: true })).toBe('hi :) there')
  })

  it('takes one node or many', () => {
    const { children } = parseDocument('<p>a</p><p>b</p>')
    expect(htmlToText(children)).toBe('a\n\nb')
    expect(htmlToText(children.slice(1))).toBe('b')
  })

  it('reads a tree 20,000 deep', () => {
    expect(textOf(`${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}`)).toBe('deep')
  })
})

it('htmlToText reads 300,000 siblings', () => {
  expect(textOf('<b>a</b>'.repeat(300_000))).toBe('a'.repeat(300_000))
})

describe('sanitiseHtml', () => {
  const base = 'https://news.example/a/'
  const rel = 'rel="nofollow noopener noreferrer"'

  it.each([
    ['<p onclick="x()" style="color:red" class="c">a</p><script>1</script>', '<p>a</p>'],
    ['<a href="/x?a=1&b=2" onclick="x()">l</a>', `<a href="https://news.example/x?a=1&amp;b=2" ${rel}>l</a>`],
    ['<a href="mailto:ann@news.example">Ann</a> <a href="javascript:alert(1)">j</a> <a>n</a>', 'Ann j n'],
    ['<a href="java\nscript:alert(1)">j</a>', 'j'],
    [
      '<img src="data:image/png;base64,AA" data-src="i.png" alt="A" onerror="x()">',
      '<img src="https://news.example/a/i.png" alt="A" />',
    ],
    ['<img src="data:image/png;base64,AA">a', 'a'],
    [
      '<blockquote data-author="Ann" data-ref="5" cite="x">t</blockquote>',
      '<blockquote data-author="Ann" data-ref="5">t</blockquote>',
    ],
    [
      '<table><tr><td colspan="2" class="x">1</td></tr></table>',
      '<table><tr><td colspan="2">1</td></tr></table>',
    ],
    ['<b>a</b><i>b</i><u>c</u>', '<strong>a</strong><em>b</em>c'],
    ['<div>a</div><div>b</div>', '<p>a</p><p>b</p>'],
    ['<div>a<p>b</p></div>', '<p>a</p><p>b</p>'],
    ['<div><div><ul><li>a</li></ul></div></div>', '<ul><li>a</li></ul>'],
    ['<p></p><p> </p><p><img src="i.png"></p>', '<p><img src="https://news.example/a/i.png" /></p>'],
    ['<svg><script>alert(1)</script></svg><iframe src="x">y</iframe>z', 'z'],
    ['a &lt;script&gt; b\0', 'a &lt;script&gt; b'],
    ['<pre>a\n  b</pre>', '<pre>a\n  b</pre>'],
    ['<p>open <em>x', '<p>open <em>x</em></p>'],
  ])('%s', (html, expected) => {
    const safe = sanitiseHtml(html, base)
    expect(safe).toBe(expected)
    expect(sanitiseHtml(safe, base)).toBe(expected)
  })

  it('drops every address when the base is none', () => {
    expect(sanitiseHtml('<a href="/x">l</a><img src="i.png">', '')).toBe('l')
  })
})
