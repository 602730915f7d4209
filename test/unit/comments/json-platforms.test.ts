import { array, assert, constantFrom, double, property, stringMatching, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { locateThread, platformNamed } from '../../../src/extractors/comments/detect.ts'
import { jsonOf } from '../../../src/extractors/comments/json/read-json.ts'
import { nodesOf } from '../../../src/extractors/comments/json/tree.ts'
import { asHtml, editedAt, publishedAt } from '../../../src/extractors/comments/json/parts.ts'
import { settingIn, numberIn } from '../../../src/extractors/comments/marks/scripts.ts'
import { readBodyHtml } from '../../../src/extractors/comments/body.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { answerOf, fetchedAt, threadOf } from './thread-fixture.ts'

const address = 'https://paper.example/2026/03/harbour.html'
const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: address }

function locate(body: string, head = '') {
  const html = `<html><head><title>Harbour</title>${head}</head><body>${body}</body></html>`
  return locateThread(parsePage(html, address, fetchedAt), context)?.thread ?? null
}

describe('the marks of a system that a page embeds', () => {
  it.each([
    ['a box named Comments', '<div id="Comments"></div>'],
    ['a box of Waline without settings', '<div id="waline"></div><script>var a = 1</script>'],
    ['settings of Waline without its box', '<script>x({ serverURL: "https://talk.example" })</script>'],
    ['a box of Remark42 without settings', '<div id="remark42"></div>'],
    [
      'settings of Remark42 without its box',
      '<script>remark_config = { host: "https://t.example", site_id: "a" }</script>',
    ],
    ['a box of Commento without its script', '<div id="commento"></div>'],
    ['a box of Cusdis without its key', '<div id="cusdis_thread" data-host="https://cusdis.example"></div>'],
    ['a script of Giscus without a repository', '<script src="https://giscus.app/client.js"></script>'],
    [
      'a repository of Giscus that is none',
      '<script src="https://giscus.app/client.js" data-repo="a b" data-term="x"></script>',
    ],
    [
      'counters of Ghost',
      '<script data-ghost-comments-counts-api="https://paper.example/members/api/comments/counts/"></script>',
    ],
    ['a box of Discourse without settings', '<div id="discourse-comments"></div>'],
    [
      'a script of Substack on another page',
      '<script src="https://substackcdn.com/bundle/main.js"></script>',
    ],
    [
      'a broken state of Substack',
      '<script src="https://substackcdn.com/a.js"></script><script>window._preloads = JSON.parse("{\\"post\\":")</script>',
    ],
    [
      'a server that is no web address',
      '<div id="waline"></div><script>init({ serverURL: "javascript:alert(1)" })</script>',
    ],
  ])('%s is none', (_, body) => {
    expect(locate(body)).toBeNull()
  })

  it('names the thread as its script would', () => {
    expect(
      locate('<script src="https://utteranc.es/client.js" repo="paper/talk" issue-term="pathname"></script>'),
    ).toMatchObject({ platform: 'utterances', nativeId: '2026/03/harbour' })
    expect(
      locate(
        '<script src="https://utteranc.es/client.js" repo="paper/talk" issue-term="url"></script>',
        '<link rel="canonical" href="/2026/03/harbour">',
      ),
    ).toMatchObject({ nativeId: 'https://paper.example/2026/03/harbour' })
    expect(
      locate(
        '<div id="remark42"></div><script>var remark_config={site_id:"s"}</script><script src="https://t.example/web/embed.js"></script>',
      ),
    ).toMatchObject({ platform: 'remark42', nativeId: address, data: { server: 'https://t.example/' } })
  })

  it('takes no computed value for a setting', () => {
    const settings =
      "init({ path: window.location.pathname, pageKey: `${location.href}`, el: '#c', 'site': 'A\\/b' })"
    expect(settingIn(settings, 'path')).toBeNull()
    expect(settingIn(settings, 'pageKey')).toBeNull()
    expect(settingIn(settings, 'el')).toBe('#c')
    expect(settingIn(settings, 'site')).toBe('A/b')
    expect(settingIn('{ mySite: "x" }', 'Site')).toBeNull()
    expect(numberIn('{ topicId: 42 }', 'topicId')).toBe('42')
    expect(numberIn('{ topicId: map[path] }', 'topicId')).toBeNull()
  })
})

describe('hostile answers', () => {
  const deepest = 10_000

  it('a tree of 10,000 levels is read, each comment below the one before', () => {
    const opened = Array.from({ length: deepest }, (_, level) => {
      const comment = {
        id: `c${level}`,
        pid: level === 0 ? '' : `c${level - 1}`,
        text: 'x',
        user: { id: 'u', name: 'U' },
      }
      return `[{"comment":${JSON.stringify(comment)},"replies":`
    })
    // Made of text, because writing JSON takes a call for every level.
    const tree = `${opened.join('')}[]${'}]'.repeat(deepest)}`
    const remark42 = platformNamed('remark42')
    const thread = threadOf('remark42', { server: 'https://t.example/', site: 's' })
    const answer = answerOf(`{"comments":${tree},"info":{"count":${deepest}}}`)
    const { comments } = remark42.read(answer, remark42.open(thread), thread)
    expect(comments).toHaveLength(deepest)
    expect(comments.at(-1)).toMatchObject({ nativeId: `c${deepest - 1}`, parentNativeId: `c${deepest - 2}` })
  })

  const shape = z.object({ id: z.number(), below: z.array(z.unknown()) })
  const from = { platform: 'a server', answer: answerOf('') }

  it('a node of another shape is left out with what is below it, said to be lost, and its neighbours are read', () => {
    const { placed, lost } = nodesOf(
      [{ id: 1, below: [null, { id: 2, below: [] }] }, 'what', { id: 3, below: [] }],
      shape,
      ({ below }) => below,
      from,
    )
    expect(placed.map(({ node, parent }) => [node.id, parent?.id ?? null])).toEqual([
      [1, null],
      [2, 1],
      [3, null],
    ])
    expect(lost).toEqual({ incomplete: 'page_failed' })
    expect(nodesOf([{ id: 1, below: [null] }], shape, ({ below }) => below, from).lost).toEqual({})
    expect(() => nodesOf(['what'], shape, ({ below }) => below, from)).toThrow(/a server/)
  })

  it('whole numbers that doubles can not hold are read as text, and nothing else is', () => {
    const json =
      '{"id": 90071992547409931, "in": [ -90071992547409931,1234567890123456, 1.2345678901234567890], "e": 1e-0000000000000000001, "say \\"12345678901234567890": ": 12345678901234567890, \\\\"}'
    expect(jsonOf(answerOf(json))).toEqual({
      id: '90071992547409931',
      in: ['-90071992547409931', 1234567890123456, 1.2345678901234567],
      e: 0.1,
      'say "12345678901234567890': ': 12345678901234567890, \\',
    })
    expect(jsonOf(answerOf('{"id": 90071992547409931, "open'))).toBeUndefined()
  })

  it('any text and any other number survive beside a long one', () => {
    const words = array(constantFrom('"', '\\', ':', '12345678901234567', ' ', '[', 'é')).map((parts) =>
      parts.join(''),
    )
    assert(
      property(
        array(tuple(words, double({ noNaN: true, noDefaultInfinity: true, max: 1e15, min: -1e15 }))),
        (pairs) => {
          const json = `{"id":90071992547409931,"pairs":${JSON.stringify(pairs)}}`
          const expected: unknown = JSON.parse(JSON.stringify(pairs))
          expect(jsonOf(answerOf(json))).toEqual({ id: '90071992547409931', pairs: expected })
        },
      ),
    )
  })

  it('markup in a name stays text, and no time is made up', () => {
    const waline = platformNamed('waline')
    const thread = threadOf('waline', { server: 'https://t.example/' })
    const given = {
      objectId: 1,
      nick: '<img src=x onerror=a()>',
      comment: '<p onclick="a()">x<script>a()</script></p>',
    }
    const answer = answerOf(
      JSON.stringify({
        errno: 0,
        data: { totalPages: 1, count: 2, data: [given, { ...given, time: 'soon' }] },
      }),
    )
    const { comments } = waline.read(answer, waline.open(thread), thread)
    expect(comments[0]).toMatchObject({
      authorName: '<img src=x onerror=a()>',
      publishedAt: null,
      bodyText: 'x',
    })
    expect(comments[0]?.bodyHtml).not.toMatch(/onclick|script/)
    expect(comments[1]).toMatchObject({ publishedAt: null, publishedRaw: 'soon' })
  })
})

describe('times and words of the wire', () => {
  it('reads seconds, milliseconds and nanoseconds', () => {
    const at = (raw: string | number) => publishedAt(raw, { fetchedAt }).publishedAt?.toISOString()
    expect(at(1715250005)).toBe('2024-05-09T10:20:05.000Z')
    expect(at(1715250005.25)).toBe('2024-05-09T10:20:05.250Z')
    expect(at(1715250005250)).toBe('2024-05-09T10:20:05.250Z')
    expect(at('2024-05-09T12:20:05.250999999+02:00')).toBe('2024-05-09T10:20:05.250Z')
    expect(editedAt('0001-01-01T00:00:00Z', { fetchedAt })).toEqual({ isEdited: false, editedAt: null })
  })

  it('gives back plain words as they were', () => {
    const words = stringMatching(/^[a-z<>&"';# ]{1,40}$/)
    assert(
      property(words, (text) => {
        const { bodyText } = readBodyHtml(asHtml(text), address)
        expect(bodyText).toBe(text.replace(/ +/g, ' ').trim())
      }),
    )
  })
})
