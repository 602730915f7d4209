import { expect, it } from 'vitest'
import { bridge, harbour, news, paperCrawl } from './paper-crawl.ts'
import { articlePage } from './small-paper.ts'

const memo = '/2026/03/memo/'

it('leaves alone what asks not to be stored, keeps no copy of what asks not to be archived, and records all of it', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  const page = (path: typeof bridge | typeof harbour) =>
    articlePage({ url: paper.origin + path, ...news[path] })
  paper.answers.set('/robots.txt', {
    headers: { 'content-type': 'text/plain' },
    body: 'User-agent: *\nAllow: /\nContent-Usage: train-ai=n\nContent-Usage: /2026/ train-ai=y',
  })
  paper.answers.set(bridge, { body: page(bridge), headers: { etag: '"1"', 'x-robots-tag': 'noindex' } })
  paper.answers.set(harbour, {
    headers: { etag: '"2"', 'content-usage': 'search=y' },
    body: page(harbour).replace('<head>', '<head><meta name="robots" content="noarchive">'),
  })
  paper.publish(memo, { title: 'A memo', post: 9, comments: [], published: '2026-02-02T07:30:00Z' })

  const first = await crawl()
  expect(first.site).toMatchObject({ outcome: 'done', articles: { new: 2 }, failures: { use_reserved: 1 } })
  expect(first.summary.failures).toMatchObject([{ class: 'use_reserved' }])
  expect(await rows('select title from articles order by title')).toEqual([
    { title: 'A memo' },
    { title: 'Harbour closes' },
  ])
  const captured = await rows(`
    select replace(url, '${paper.origin}', '') as url, kind, headers - 'content-type' as headers, length(body) > 30 as has_body
    from captures where url like '%/2026/%' order by fetched_at, url`)
  const said = { 'robots.txt:content-usage': 'train-ai=y' }
  expect(captured).toHaveLength(3)
  expect(captured).toEqual(
    expect.arrayContaining([
      {
        url: bridge,
        kind: 'reserved',
        headers: { 'x-robots-tag': 'noindex', ...said },
        has_body: false,
      },
      {
        url: harbour,
        kind: 'article',
        headers: { 'content-usage': 'search=y', 'meta:robots': 'noarchive', ...said },
        has_body: false,
      },
      { url: memo, kind: 'article', headers: said, has_body: true },
    ]),
  )

  const second = await crawl()
  expect(second.site).toMatchObject({ articles: { new: 0, changed: 0, unchanged: 2 }, failures: {} })
  expect(paper.asked.filter((path) => path === bridge)).toHaveLength(1)

  const { origin } = paper
  const body = articlePage({ url: origin + memo, title: 'A memo', post: 9, comments: [] })
  paper.answers.set(memo, { body, headers: { 'tdm-reservation': '1' } })
  const shut = paper.answers.get(harbour) ?? {}
  paper.answers.set(harbour, { body: '' })
  await rows("update article_checks set next_check_at = '2026-03-01'")
  await rows("update threads set article_next_check_at = '2026-03-01'")
  const third = await crawl()
  expect(third.site).toMatchObject({
    articles: { changed: 0, gone: 0 },
    failures: { use_reserved: 1, empty: 1 },
  })
  paper.answers.set(harbour, shut)
  const asked = paper.asked.filter((path) => path === memo).length
  const fourth = await crawl()
  expect([fourth.site?.['failures'], paper.asked.filter((path) => path === memo).length]).toEqual([{}, asked])
  expect(await rows('select title from articles where gone_at is null')).toHaveLength(2)
})
