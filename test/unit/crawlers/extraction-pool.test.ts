import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RawAnswer } from '../../../src/crawlers/extract/extraction.ts'
import { ExtractionPool } from '../../../src/crawlers/extract/extraction-pool.ts'
import { defineSite } from '../../../src/sites/site.ts'

const site = defineSite({ id: 'gazette', name: 'Gazette', url: 'https://gazette.example/' })
/** No test here is of the limit of time unless it says so: on a machine that is busy it would come before all others. */
const pool = new ExtractionPool(1, 120)
afterAll(() => pool.close())

function answer(body: string | Uint8Array, contentType = 'text/html; charset=utf-8'): RawAnswer {
  return {
    url: 'https://gazette.example/2026/03/old-bridge-closes-until-spring',
    status: 200,
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    fetchedAt: new Date('2026-03-02T12:00:00Z'),
  }
}

const story = (html: string) => `<html><head>${html}
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-01T10:00:00+03:00">
</head><body><article><h1>Старый мост закрыли до весны</h1><p>Совет в понедельник решил закрыть старый мост до весны
следующего года. Жители просили об этом давно и много раз писали в газету.</p></article></body></html>`

describe('extraction in threads of their own', () => {
  it('finds out the language where the page does not name it', async () => {
    const { article } = await pool.extract({
      kind: 'article',
      answer: answer(story('')),
      site,
      zoneHint: null,
    })
    expect(article.title).toBe('Старый мост закрыли до весны')
    expect(article.language).toBe('ru')
    expect(article.rules.language).toBe('heuristic')
    expect(article.publishedAt).toEqual(new Date('2026-03-01T07:00:00Z'))
  })

  it('reads a page by the charset that only its own markup names', async () => {
    const bytes = Array.from(story('<meta charset="windows-1251">'), (letter) => {
      const code = letter.codePointAt(0) ?? 0
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
    })
    const page = answer(Uint8Array.from(bytes), 'text/html')
    const { article } = await pool.extract({ kind: 'article', answer: page, site, zoneHint: null })
    expect(article.title).toBe('Старый мост закрыли до весны')
  })

  it('knows nothing of the environment of the process', async () => {
    // The loader of TypeScript would end a thread that saw it.
    vi.stubEnv('TSX_TSCONFIG_PATH', '/no/such/file.json')
    const another = new ExtractionPool(1)
    onTestFinished(async () => {
      vi.unstubAllEnvs()
      await another.close()
    })
    const { article } = await another.extract({
      kind: 'article',
      answer: answer(story('')),
      site,
      zoneHint: null,
    })
    expect(article.title).toBe('Старый мост закрыли до весны')
  })

  it('tells of a fault of ours where in the source it is', async () => {
    const broken = { ...site, timezone: 'Nowhere/At-All', layouts: [null] }
    const reading = pool.extract({
      kind: 'article',
      answer: answer(story('')),
      // @ts-expect-error No site is like that.
      site: broken,
      zoneHint: null,
    })
    await expect(reading).rejects.toMatchObject({
      class: 'extraction_error',
      message: expect.stringMatching(/TypeError: .* at .*\/src\/extractors\/article\/layout\.ts:\d+:\d+/),
    })
  })

  it('names the class of what is no feed', async () => {
    await expect(pool.extract({ kind: 'feed', answer: answer(story('')) })).rejects.toMatchObject({
      class: 'not_a_feed',
      url: 'https://gazette.example/2026/03/old-bridge-closes-until-spring',
    })
  })

  it('lives on after a page that nests without end', async () => {
    const deep = answer(`<html lang="en"><body><h1>Deep</h1>${'<div>'.repeat(100_000)}x`)
    const { article } = await pool.extract({ kind: 'article', answer: deep, site, zoneHint: null })
    expect(article.isArticle).toBe(false)
    const { article: next } = await pool.extract({
      kind: 'article',
      answer: answer(story('')),
      site,
      zoneHint: null,
    })
    expect(next.isArticle).toBe(true)
  })

  it('lets go of a page that needs more memory than its thread has, and lives on', async () => {
    const small = new ExtractionPool(1, 60, 128)
    try {
      const wide = answer(`<html><body>${'<p class="a b">x'.repeat(250_000)}`)
      await expect(
        small.extract({ kind: 'article', answer: wide, site, zoneHint: null }),
      ).rejects.toMatchObject({ class: 'hostile_html', message: expect.stringContaining('memory') })
      const next = await small.extract({ kind: 'article', answer: answer(story('')), site, zoneHint: null })
      expect(next.article.isArticle).toBe(true)
    } finally {
      await small.close()
    }
  })

  it('does not lay it on the pages behind that a page took their thread with it', async () => {
    const small = new ExtractionPool(1, 60, 128)
    onTestFinished(() => small.close())
    const wide = answer(`<html><body>${'<p class="a b">x'.repeat(250_000)}`)
    const [lost, ...others] = await Promise.allSettled(
      [wide, answer(story('')), answer(story(''))].map((page) =>
        small.extract({ kind: 'article', answer: page, site, zoneHint: null }),
      ),
    )
    expect(lost?.status).toBe('rejected')
    expect(others).toMatchObject([
      { value: { article: { isArticle: true } } },
      { value: { article: { isArticle: true } } },
    ])
  })

  it('tells what is not read when it is closed, and does not begin anew', async () => {
    const closing = new ExtractionPool(1)
    const reading = Array.from({ length: 4 }, () =>
      closing.extract({ kind: 'article', answer: answer(story('')), site, zoneHint: null }),
    )
    const ended = Promise.allSettled(reading)
    await closing.close()
    expect((await ended).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  })

  it('refuses a tree of more nodes than fit into a thread, by its size alone', async () => {
    const page = answer(`<html><body>${'<br>'.repeat(700_000)}`)
    await expect(pool.extract({ kind: 'article', answer: page, site, zoneHint: null })).rejects.toMatchObject(
      {
        class: 'hostile_html',
        message: expect.stringContaining('more than 600000 elements'),
      },
    )
  })

  it('has its next page at hand while the main thread is busy', async () => {
    const read = (page: RawAnswer) => pool.extract({ kind: 'article', answer: page, site, zoneHint: null })
    const big = answer(`<html><body>${'<p>Words, and more of them, in a paragraph.'.repeat(2_000)}`)
    await read(big)
    const first = read(answer(story('')))
    const second = read(big)
    await new Promise(setImmediate)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000)
    await first
    let turns = 0
    const count = (): void => {
      turns++
      counting = setImmediate(count)
    }
    let counting = setImmediate(count)
    await second
    clearImmediate(counting)
    // It was read meanwhile. To read it now would take thousands.
    expect(turns).toBeLessThan(100)
  })

  it('leaves the main thread to others while it reads', async () => {
    const big = answer(`<html><body>${'<p>Words, and more of them, in a paragraph.'.repeat(3_000)}`)
    let turns = 0
    let isReading = true
    const turn = (): void => {
      turns++
      if (isReading) setImmediate(turn)
    }
    const reading = pool.extract({ kind: 'article', answer: big, site, zoneHint: null })
    setImmediate(turn)
    await reading
    isReading = false
    // Read on the main thread, it would have had one or two.
    expect(turns).toBeGreaterThan(20)
  })

  it('stops a page that takes too long, but counts neither the wait for a thread nor its start', async () => {
    const hasty = new ExtractionPool(1, 3)
    const page = answer(story('').replace('<html>', '<html lang="ru">'))
    const read = () => hasty.extract({ kind: 'article', answer: page, site, zoneHint: null })
    // Each of these comments lies within all before it, and each is looked for in all of them.
    const nested = Array.from(
      { length: 20_000 },
      (_, id) =>
        `<div id="comment-id-${id}"><a href="/user/ann/">ann</a> 1 March 2026 10:00<div id="comm-id-${id}">words`,
    )
    const endless = answer(story('<meta name="generator" content="DataLife Engine">') + nested.join(''))
    try {
      const [stopped, ...others] = await Promise.allSettled([
        hasty.extract({ kind: 'article', answer: endless, site, zoneHint: null }),
        ...Array.from({ length: 5 }, read),
      ])
      expect(stopped).toMatchObject({
        status: 'rejected',
        reason: { class: 'hostile_html', message: expect.stringContaining('took more than 3 s') },
      })
      expect(others.filter(({ status }) => status === 'rejected')).toEqual([])
    } finally {
      await hasty.close()
    }
  })
})
