import { readdirSync, readFileSync } from 'node:fs'
import { articlePage } from '../jobs/small-paper.ts'
import type { Recording } from '../unit/platforms/recording.ts'

/** A page as it was fetched then. */
export interface PageSeed {
  readonly url: string
  readonly fetchedAt: Date
  readonly html: string
}

/** A thread's page by which its platform is known, with the answers that its server gives. */
export interface AnswerSeed {
  readonly page: PageSeed
  readonly answers: readonly string[]
}

const fixtures = new URL('../fixtures/', import.meta.url)
const recordings = new URL('../unit/platforms/recordings/', import.meta.url)
const recordedAt = new Date('2026-04-01T12:00:00Z')
const firstLine = /^<!-- url: (\S+) fetched: (\S+)/

/** The pages of the fixtures, with the address and moment of their first lines where they have one. */
export function pageSeeds(): PageSeed[] {
  return ['articles', 'comments', 'news'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, fixtures))
      .filter((name) => name.endsWith('.html'))
      .toSorted()
      .map((name) => {
        const html = readFileSync(new URL(`${folder}/${name}`, fixtures), 'utf8')
        const [, url = `https://paper.example/2026/03/${name}`, fetched] = firstLine.exec(html) ?? []
        return { url, fetchedAt: fetched === undefined ? recordedAt : new Date(fetched), html }
      }),
  )
}

/** The recorded threads of every comment platform. */
export async function answerSeeds(): Promise<AnswerSeed[]> {
  const seeds: AnswerSeed[] = []
  for (const file of readdirSync(recordings).toSorted()) {
    const { recording }: { recording: Recording } = await import(new URL(file, recordings).href)
    const origin = recording.site ?? 'https://paper.example'
    for (const thread of recording.threads) {
      const filled = (text: string) =>
        text.replaceAll('{origin}', origin).replaceAll('{host}', new URL(origin).host)
      const answers = Object.values(thread.answers)
        .flat()
        .map(({ body }) => filled(typeof body === 'string' ? body : JSON.stringify(body)))
      const html = `<html lang="en"><head><title>Harbour</title></head><body><h1>Harbour</h1>${filled(thread.page)}</body></html>`
      const url = `${origin}${thread.path ?? '/2026/03/harbour'}`
      seeds.push({
        page: { url, fetchedAt: recordedAt, html },
        answers: answers.length === 0 ? [html] : answers,
      })
    }
  }
  return seeds
}

const items = Array.from(
  { length: 4 },
  (
    _,
    index,
  ) => `<item><title>News &amp; more ${index}</title><link>https://paper.example/${index}?utm_source=rss</link>
    <guid isPermaLink="false">id-${index}</guid><pubDate>Sun, 0${index + 1} Mar 2026 07:30:00 +0300</pubDate>
    <slash:comments>${index}</slash:comments><content:encoded><![CDATA[<p>Words</p>]]></content:encoded></item>`,
).join('')

export const feedSeeds: readonly string[] = [
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Paper</title><link>https://paper.example/</link>${items}</channel></rss>`,
  `<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "x">]><feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/"><title type="html">P &lt;b&gt;</title>
    <entry><title>One</title><link rel="alternate" href="one.html"/><updated>2026-03-01T07:30:00Z</updated><id>tag:1</id></entry>
    <entry xml:base="deep/"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Two</div></title><link href="two"/><published>2026-03-02T07:30:00+03:00</published><id>tag:2</id></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://paper.example/"><title>P</title></channel><item rdf:about="https://paper.example/1"><title>One</title>
    <link>https://paper.example/1</link><dc:date>2026-03-01</dc:date></item></rdf:RDF>`,
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'P',
    items: [
      { id: '1', url: 'https://paper.example/1', title: 'One', date_published: '2026-03-01T07:30:00Z' },
    ],
  }),
]

export const sitemapSeeds: readonly string[] = [
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://paper.example/1</loc><lastmod>2026-03-01</lastmod></url>
    <url><loc>https://paper.example/2?a=1&amp;b=2</loc><news:news><news:publication_date>2026-03-01T07:30+03:00</news:publication_date><news:title>Two</news:title></news:news></url></urlset>`,
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://paper.example/sitemap-news.xml</loc><lastmod>2026-03-01T07:30:00Z</lastmod></sitemap>
    <sitemap><loc>https://paper.example/sitemap.xml</loc></sitemap></sitemapindex>`,
  'https://paper.example/1\nhttps://paper.example/2\n',
]

export const robotsSeeds: readonly string[] = [
  'User-agent: *\nDisallow: /private/*.html$\nAllow: /private/open\nCrawl-delay: 2\nSitemap: https://paper.example/sitemap.xml\nContent-Usage: /a train-ai=n',
  '\uFEFFUser-Agent: commentariat/1.0\r\nuser-agent: other\rDisallow: /%D0%BD*\nDisalow: /x # comment\nNoindex: /y',
]

export const tdmSeeds: readonly string[] = [
  '[{"location":"/news/*","tdm-reservation":1,"tdm-policy":"https://paper.example/terms"},{"location":"/*.pdf$","tdm-reservation":0}]',
]

export const dateSeeds: readonly string[] = [
  '11 December 2022 07: 47',
  '2022-12-11T07:47:00+03:00',
  'Sun, 11 Dec 2022 07:47:00 GMT',
  'Sunday, 11-Dec-22 07:47:00 GMT',
  'Sun Dec 11 07:47:00 2022',
  'вчера, 14:32',
  'vor 2 Stunden',
  'il y a 3 jours',
  'В понедельник в 14:32',
  '2022年12月11日 7時47分',
  '١١ ديسمبر ٢٠٢٢',
  '1670744820',
  '5h',
  '03/04/2024 10:00 PM',
]

export const urlSeeds: readonly string[] = [
  'https://paper.example/2026/03/ferry.html?id=7&utm_source=x#comments',
  'http://user:pass@paper.example:80/a/../b/;jsessionid=AB12?x=%D0%BD&PHPSESSID=1',
  'https://пример.рф/новости/1',
  '//paper.example/a',
  '../b?c#d',
  'https://[2001:db8::1]/a',
]

/** A header, its name before the first colon. */
export const headerSeeds: readonly string[] = [
  'x-robots-tag: googlebot: noindex, nofollow\nunavailable_after: Sunday, 01-Mar-26 10:00:00 GMT',
  'content-usage: train-ai=n, search=y;exp=1',
  'tdm-reservation: 1',
  'content-type: text/html; charset="windows-1251"',
  'retry-after: 120',
  'retry-after: Sun, 01 Mar 2026 12:05:00 GMT',
]

export const textSeeds: readonly string[] = [
  'Words  of a\u00A0reader\r\n\r\n\r\nwith “quotes”, e\u0301, 👩‍👩‍👧 and \u200Fשלום',
  articlePage({ url: 'https://paper.example/1', title: 'T', post: 7, comments: ['one', 'two <b>x</b>'] }),
]
