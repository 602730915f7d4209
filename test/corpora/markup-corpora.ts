import { z } from 'zod'
import { readFeed } from '../../src/crawlers/discover/feed.ts'
import { readSitemap } from '../../src/crawlers/discover/sitemap.ts'
import { parseHtml } from '../../src/extractors/page.ts'
import { Failure } from '../../src/failure.ts'
import { decodeBytes } from '../../src/normalise/charset.ts'
import { htmlToText } from '../../src/normalise/html.ts'
import { sanitiseHtml } from '../../src/normalise/sanitise.ts'
import { type CorpusDriver, readFiles, runCases } from './corpus.ts'

const url = 'https://news.example/feed'
/** Longer than this is a hang. */
const patience = 1_000

/** Feeds, well-formed and not: an answer or a `not_a_feed`, in time. */
export const feedsCorpus: CorpusDriver = async (folder) => {
  const files = await readFiles(folder)
  const cases = files.map(({ name, bytes }) => ({
    name,
    run: () =>
      inTime(() => {
        const { text } = decodeBytes(bytes, null, { kind: 'xml' })
        return (
          refusedBy(() => readFeed(text, url, null), ['not_a_feed']) ??
          refusedBy(() => readSitemap(text, url), ['not_a_sitemap', 'not_a_feed'])
        )
      }),
  }))
  return [await runCases('feeds: read or refused', cases)]
}

const tokenizerShape = z.object({
  tests: z.array(z.object({ description: z.string(), input: z.string() })).default([]),
})

/** The inputs of html5lib's tokenizer tests, and its pages in odd charsets: never a fault, never a hang. */
export const htmlCorpus: CorpusDriver = async (folder) => {
  const files = await readFiles(folder)
  const inputs = files
    .filter(({ name }) => name.endsWith('.test'))
    .flatMap(({ name, bytes }) =>
      tokenizerShape
        .parse(JSON.parse(bytes.toString('utf8')))
        .tests.map((test) => ({ name: `${name}: ${test.description}`, html: test.input })),
    )
  const encoded = files
    .filter(({ name }) => /\.(?:dat|txt)$/.test(name))
    .flatMap(({ name, bytes }) =>
      splitCases(bytes).map((body, index) => ({ name: `${name} ${index}`, body })),
    )
  return [
    await runCases(
      'HTML: tokens',
      inputs.map(({ name, html }) => ({ name, run: () => inTime(() => readMarkup(html)) })),
    ),
    await runCases(
      'HTML: charsets',
      encoded.map(({ name, body }) => ({
        name,
        run: () => inTime(() => readMarkup(decodeBytes(body, null).text)),
      })),
    ),
  ]
}

function readMarkup(html: string): null {
  htmlToText(parseHtml(html).children)
  sanitiseHtml(html, url)
  return null
}

function splitCases(bytes: Buffer): Buffer[] {
  return bytes
    .toString('latin1')
    .split(/^#data\n/m)
    .map((part) => Buffer.from(part.split(/\n#encoding\n/)[0] ?? '', 'latin1'))
}

function refusedBy(read: () => unknown, classes: readonly string[]): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof Failure && classes.includes(error.class)) return null
    throw error
  }
}

function inTime(work: () => string | null): string | null {
  const start = performance.now()
  const wrong = work()
  const took = performance.now() - start
  return took > patience ? `took ${Math.round(took)} ms` : wrong
}
