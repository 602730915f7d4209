import { expect, it, vi } from 'vitest'
import { bridge, harbour, paperCrawl } from './paper-crawl.ts'

// Each runs several crawls, one after the other.
vi.setConfig({ testTimeout: 240_000 })

const tdmFile = '/.well-known/tdmrep.json'
const json = { 'content-type': 'application/json' }
const notFound = (title: string, more = '') =>
  `<html lang="en"><head><title>${title}</title></head><body><main><h1>${title}</h1>${`<p>The page that you
    look for was moved or taken away by its authors. Try the search, or read what is new on our front page today.
    ${more}</p>`.repeat(8)}</main></body></html>`

it('reads the host’s tdmrep.json once a day, obeys it, and records what it says', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  const rules = [
    { location: bridge, 'tdm-reservation': 1, 'tdm-policy': 'https://paper.example/terms' },
    { location: '/*', 'tdm-reservation': 0 },
  ]
  paper.answers.set(tdmFile, { headers: json, body: JSON.stringify(rules) })
  const first = await crawl()
  expect(first.site).toMatchObject({ articles: { new: 1 }, failures: { use_reserved: 1 } })
  expect(await rows('select title from articles')).toEqual([{ title: 'Harbour closes' }])
  expect(
    await rows(`
      select replace(url, '${paper.origin}', '') as url, kind, headers ->> 'tdmrep.json:tdm-reservation' as reserved,
        headers ->> 'tdmrep.json:tdm-policy' as policy
      from captures where url like '%/2026/%' order by url`),
  ).toEqual([
    { url: bridge, kind: 'reserved', reserved: '1', policy: 'https://paper.example/terms' },
    { url: harbour, kind: 'article', reserved: '0', policy: null },
  ])

  await crawl('--refresh')
  expect(paper.asked.filter((path) => path === tdmFile)).toHaveLength(1)
  await rows("update capture_records set fetched_at = fetched_at - interval '25 hours' where kind = 'tdmrep'")
  paper.answers.set(tdmFile, { status: 503 })
  const third = await crawl('--refresh')
  expect(paper.asked.filter((path) => path === tdmFile)).toHaveLength(2)
  // What the host said before holds while it can't be asked.
  expect(third.site).toMatchObject({ failures: { use_reserved: 1 } })
  expect(await rows("select kind, status from captures where kind = 'tdmrep'")).toEqual([
    { kind: 'tdmrep', status: 200 },
  ])
})

it('tells a page that stands for "not found" from articles, with one probe a day', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  const first = await crawl()
  expect(first.site).toMatchObject({ articles: { new: 2 }, failures: {} })
  const probes = () => paper.asked.filter((path) => path.includes('/page-'))
  expect(probes()).toEqual([])

  const elsewhere = paper.answers
  const get = elsewhere.get.bind(elsewhere)
  // Whatever does not exist is answered with 200 from now on.
  elsewhere.get = (path) =>
    get(path) ?? (path.startsWith('/2026/') ? { body: notFound('Page not found') } : undefined)
  paper.answers.delete(harbour)
  paper.announce('/2026/03/ghost-of-the-old-ferry/')
  const second = await crawl('--refresh')
  expect(second.site).toMatchObject({
    articles: { new: 0, changed: 0, gone: 1 },
    failures: { soft404: 1 },
  })
  expect(second.summary.failures).toMatchObject([{ class: 'soft404' }])
  expect(await rows('select title, gone_at is not null as gone from articles order by title')).toEqual([
    { title: 'Bridge reopens', gone: false },
    { title: 'Harbour closes', gone: true },
  ])
  await crawl('--refresh')
  expect(probes()).toHaveLength(1)
})

it('leaves what is held when a host shows one page without a word of absence for everything', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  await crawl()
  const get = paper.answers.get.bind(paper.answers)
  paper.answers.get = (path) =>
    path.startsWith('/2026/')
      ? { body: notFound('We will be back soon', 'Our staff is at work.') }
      : get(path)
  const second = await crawl('--refresh')
  expect(second.site).toMatchObject({ articles: { changed: 0, gone: 0 }, failures: { soft404: 2 } })
  expect(
    await rows('select count(*)::int as held from articles where gone_at is null and revision = 1'),
  ).toEqual([{ held: 2 }])
})

it('says of a page that scripts fill what to do about it', async () => {
  const { paper, crawl, start } = await paperCrawl()
  paper.answers.set(bridge, {
    body: '<html><head><title>Paper</title><script src="/app.js"></script></head><body><div id="root"></div></body></html>',
  })
  const { site, summary, code } = await crawl()
  expect(site).toMatchObject({ articles: { new: 1 }, failures: { needs_js: 1 } })
  expect(summary.failures).toMatchObject([{ class: 'needs_js' }])
  expect(code).toBe(1)
  const again = await crawl()
  expect(again.site).toMatchObject({ failures: {} })
  const { stdout } = await start('--refresh').result
  expect(stdout).toContain('needsBrowser: true')
})
