import { describe, expect, it } from 'vitest'
import type { PartExtraction } from '../../../src/crawlers/extract/extraction.ts'
import { followParts } from '../../../src/crawlers/parts.ts'
import type { KeptAnswer } from '../../../src/crawlers/kept-answer.ts'
import type { ArticleParts } from '../../../src/extractors/article/parts.ts'
import { Failure } from '../../../src/failure.ts'
import { captureOf, pageOf } from '../../databases/page-to-save.ts'

const begin = 'The ferry to the outer islands left the harbour late.'
const article = { ...pageOf().article, bodyText: begin, bodyHtml: `<p>${begin}</p>` }
const part = (number: number): string => `${article.canonicalUrl}/${number}`
const named = (...numbers: number[]) => numbers.map((number) => ({ number, url: part(number) }))

const says = (text: string, ...further: number[]): PartExtraction => ({
  body: { text, html: text === '' ? '' : `<p>${text}</p>` },
  further: named(...further),
})

interface Site {
  /** What the page of an address says; a failure is thrown, null is no part. */
  readonly pages: Readonly<Record<string, PartExtraction | Failure | null>>
  readonly parts?: Partial<ArticleParts>
  readonly mostRequests?: number
  readonly signal?: AbortSignal
}

async function follow({ pages, parts, mostRequests = Infinity, signal }: Site) {
  const asked: string[] = []
  const failures: Failure[] = []
  const joined = await followParts(
    article,
    { number: 1, firstUrl: null, further: named(2), wholeUrl: null, ...parts },
    {
      fetch: async (url): Promise<KeptAnswer | null> => {
        if (asked.length >= mostRequests) return null
        asked.push(url)
        const page = pages[url]
        if (page instanceof Failure) throw page
        const capture = captureOf(url, url, { kind: 'part' })
        return { answer: capture, capture }
      },
      read: async ({ capture }) => {
        const page = pages[capture.url] ?? null
        return page instanceof Failure ? null : page
      },
      noteFailure: async (failure) => void failures.push(failure),
      signal: signal ?? new AbortController().signal,
    },
  )
  const { captures, ...ending } = joined.parts
  return {
    text: joined.article.bodyText,
    html: joined.article.bodyHtml,
    kept: captures.map(({ url }) => url),
    ...ending,
    asked,
    failures: failures.map((failure) => [failure.class, failure.url]),
  }
}

const whole = { isComplete: true, isDueAgain: false, failures: [] }

describe('the parts of an article are followed', () => {
  it('one after the other, as each names the next', async () => {
    const pages = { [part(2)]: says('two', 3), [part(3)]: says('three', 4), [part(4)]: says('four') }
    expect(await follow({ pages })).toEqual({
      ...whole,
      text: `${begin}\n\ntwo\n\nthree\n\nfour`,
      html: `<p>${begin}</p><p>two</p><p>three</p><p>four</p>`,
      count: 4,
      asked: [part(2), part(3), part(4)],
      kept: [part(2), part(3), part(4)],
    })
  })

  it('by number, without those that nobody names', async () => {
    const pages = { [part(2)]: says('two', 9) }
    expect(await follow({ pages, parts: { further: named(2, 9) } })).toMatchObject({ ...whole, count: 2 })
  })

  it('until one says nothing new, which is kept so that it can be told unchanged', async () => {
    const found = await follow({ pages: { [part(2)]: says('', 3), [part(3)]: says('three') } })
    expect(found).toMatchObject({ ...whole, text: begin, asked: [part(2)], kept: [part(2)] })
  })

  it('never twice, nor back to the article', async () => {
    const back = { number: 3, url: `${article.canonicalUrl}#top` }
    const pages = { [part(2)]: { ...says('two'), further: [back] } }
    expect(await follow({ pages })).toMatchObject({ ...whole, asked: [part(2)] })
    const again = { [part(2)]: { ...says('two'), further: [{ number: 3, url: part(2) }] } }
    expect(await follow({ pages: again })).toMatchObject({ ...whole, asked: [part(2)] })
  })

  it('up to a cap', async () => {
    const numbers = Array.from({ length: 80 }, (_, index) => index + 2)
    const pages = Object.fromEntries(numbers.map((number) => [part(number), says(`${number}`, number + 1)]))
    const found = await follow({ pages })
    expect(found.asked).toHaveLength(49)
    expect(found).toMatchObject({ count: 50, isComplete: true, isDueAgain: false })
    expect(found.failures).toEqual([['article_capped', article.canonicalUrl]])
  })
})

describe('a part that is not to be had', () => {
  it.each([
    ['http_error', true],
    ['throttled', true],
    ['gone', false],
    ['robots_refused', false],
  ] as const)('for %s leaves what there is, and is due again: %s', async (name, isDueAgain) => {
    const pages = {
      [part(2)]: says('two', 3, 4),
      [part(3)]: new Failure(name, 'no'),
      [part(4)]: says('four'),
    }
    expect(await follow({ pages })).toMatchObject({
      text: `${begin}\n\ntwo`,
      asked: [part(2), part(3)],
      isComplete: false,
      isDueAgain,
      // Told of the article, which is what is looked at again.
      failures: [[name, article.canonicalUrl]],
    })
  })

  it('because it leads elsewhere counts as missing', async () => {
    expect(await follow({ pages: { [part(2)]: null } })).toMatchObject({
      text: begin,
      isComplete: false,
      failures: [['not_an_article', article.canonicalUrl]],
    })
  })

  it('because no more may be asked or the pass is stopped is no failure', async () => {
    const pages = { [part(2)]: says('two', 3) }
    const cut = { text: `${begin}\n\ntwo`, isComplete: false, isDueAgain: true, failures: [] }
    expect(await follow({ pages, mostRequests: 1 })).toMatchObject(cut)
    const signal = AbortSignal.abort()
    expect(await follow({ pages, signal })).toMatchObject({ ...cut, text: begin, asked: [] })
  })
})

describe('a page that shows all parts', () => {
  const wholeUrl = `${article.canonicalUrl}/all`
  const parts = { wholeUrl }

  it('is taken in their place', async () => {
    const pages = { [wholeUrl]: says(`${begin}\n\ntwo\n\nthree`) }
    expect(await follow({ pages, parts })).toMatchObject({
      ...whole,
      text: `${begin}\n\ntwo\n\nthree`,
      asked: [wholeUrl],
      kept: [wholeUrl],
    })
  })

  it('leaves it to the parts when it shows something else', async () => {
    const pages = { [wholeUrl]: says('A list of everything that we have written'), [part(2)]: says('two') }
    expect(await follow({ pages, parts })).toMatchObject({ ...whole, text: `${begin}\n\ntwo` })
  })

  it('leaves it to the parts when it is not there', async () => {
    const pages = { [wholeUrl]: new Failure('gone', 'no'), [part(2)]: says('two') }
    expect(await follow({ pages, parts })).toMatchObject({
      ...whole,
      text: `${begin}\n\ntwo`,
      asked: [wholeUrl, part(2)],
    })
  })

  it('is waited for when it may come back', async () => {
    const pages = { [wholeUrl]: new Failure('timeout', 'no'), [part(2)]: says('two') }
    expect(await follow({ pages, parts })).toMatchObject({
      text: begin,
      asked: [wholeUrl],
      isComplete: false,
      isDueAgain: true,
      failures: [['timeout', article.canonicalUrl]],
    })
  })
})
